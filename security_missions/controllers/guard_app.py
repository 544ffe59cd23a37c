"""The page of the guard's phone: what it is made of, never anything of a person."""

import gzip
import json
from functools import lru_cache
from hashlib import sha256

from odoo import http
from odoo.http import request
from odoo.tools import file_open
from odoo.tools.translate import code_translations

BUNDLE = "security_missions.assets_guard"
WORKER = "security_missions/static/src/guard_worker/sw.js"
IMAGES = "/security_missions/static/src/img"
ICONS = [
    {"src": IMAGES + "/guard.svg", "sizes": "any", "type": "image/svg+xml"},
    *(
        {
            "src": f"{IMAGES}/guard-{size}.png",
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "any maskable",
        }
        for size in (192, 512)
    ),
]
READER = "/security_missions/static/lib/jsqr/jsQR.js"
# Languages of the page beside English, by what Odoo calls them.
LANGUAGES = {"fr": "fr_FR"}

# Nothing from elsewhere, nothing written inside the page, nothing evaluated.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob: data:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = [
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", "camera=(self), geolocation=(self), microphone=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
]
KEPT_A_YEAR = "public, max-age=31536000, immutable"

# The joined scripts of the version served, by database and version.
SCRIPTS = {}

FILE = {
    "type": "http",
    "auth": "public",
    "methods": ["GET"],
    "readonly": True,
    "save_session": False,
}


@lru_cache(maxsize=4)
def _compressed(content):
    return gzip.compress(content, mtime=0)


class GuardApp(http.Controller):
    """The static side of ``/guard/``."""

    @http.route(["/guard", "/guard/"], **FILE)
    def guard_page(self, **kwargs):
        """The page itself, the same for everybody."""
        if not request.httprequest.path.endswith("/"):
            return request.redirect("/guard/")
        return request.make_response(
            self._page(),
            [
                *HEADERS,
                ("Content-Type", "text/html; charset=utf-8"),
                ("Cache-Control", "no-store"),
            ],
        )

    @http.route("/guard/sw.js", **FILE)
    def guard_worker(self, **kwargs):
        """The worker that keeps the page on the phone, with the list of its files."""
        with file_open(WORKER) as file:
            content = f"const SHELL = {json.dumps(self._shell())};\n{file.read()}"
        return request.make_response(
            content,
            [
                ("Content-Type", "text/javascript; charset=utf-8"),
                ("Service-Worker-Allowed", "/guard/"),
                ("Cache-Control", "no-cache"),
                ("Content-Security-Policy", "default-src 'self'"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    @http.route("/guard/app/<string:version>.js", **FILE)
    def guard_script(self, version, **kwargs):
        """The scripts of the page as one file, whose address changes with it."""
        if f"/guard/app/{version}.js" not in self._links():
            raise request.not_found()
        content = self._script(version)
        headers = [
            ("Content-Type", "text/javascript; charset=utf-8"),
            ("Cache-Control", KEPT_A_YEAR),
            ("Vary", "Accept-Encoding"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        if "gzip" in request.httprequest.headers.get("Accept-Encoding", ""):
            content = _compressed(content)
            headers.append(("Content-Encoding", "gzip"))
        return request.make_response(content, headers)

    @http.route("/guard/manifest.webmanifest", **FILE)
    def guard_manifest(self, **kwargs):
        """What the phone needs to know to install the page."""
        return request.make_json_response(
            self._manifest(),
            [
                ("Content-Type", "application/manifest+json"),
                ("Cache-Control", "no-cache"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    @http.route("/guard/terms/<string:stamp>/<any(fr):code>.json", **FILE)
    def guard_terms(self, stamp, code, **kwargs):
        """``{English: words of that language}``; the address changes with the words."""
        current = stamp == self._stamp(self._terms(code))
        return request.make_json_response(
            self._terms(code),
            [
                ("Cache-Control", KEPT_A_YEAR if current else "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    # ------------------------------------------------------------
    # What it is made of
    # ------------------------------------------------------------

    def _links(self):
        """The addresses of the scripts and styles; they change with their content."""
        qweb = request.env["ir.qweb"]
        styles = qweb._get_asset_links(BUNDLE, js=False)
        (script,) = qweb._get_asset_links(BUNDLE, css=False)
        version = script.split("/")[3]
        return [*styles, f"/guard/app/{version}.js"]

    def _script(self, version):
        """Odoo's own minifier does not know templates inside templates: the modules
        are joined as they are, once for each version, and sent compressed."""
        key = (request.db, version)
        if key not in SCRIPTS:
            SCRIPTS.clear()
            bundle = request.env["ir.qweb"]._get_asset_bundle(BUNDLE, css=False)
            parts = [asset.with_header() for asset in bundle.javascripts]
            SCRIPTS[key] = ";\n".join(parts).encode()
        return SCRIPTS[key]

    def _modules(self):
        """The modules that have files in the bundle."""
        files, __ = request.env["ir.qweb"]._get_asset_content(BUNDLE)
        return sorted({file["url"].split("/")[1] for file in files} - {"web"})

    def _terms(self, code):
        terms = {}
        for module in self._modules():
            found = code_translations.get_web_translations(module, LANGUAGES[code])
            terms.update({row["id"]: row["string"] for row in found["messages"]})
        return terms

    def _terms_links(self):
        return {
            code: f"/guard/terms/{self._stamp(self._terms(code))}/{code}.json"
            for code in LANGUAGES
        }

    def _stamp(self, content):
        """A short name for a content."""
        text = content if isinstance(content, str) else json.dumps(content)
        return sha256(text.encode()).hexdigest()[:16]

    def _page(self):
        lang = request.httprequest.accept_languages.best_match(["en", *LANGUAGES])
        return self._render(lang)

    def _render(self, lang):
        values = {"links": self._links(), "terms": self._terms_links()}
        values["page_lang"] = lang
        page = request.env["ir.qweb"]._render("security_missions.guard_app", values)
        return f"<!DOCTYPE html>\n{page}"

    def _manifest(self):
        return {
            "id": "/guard/",
            "name": request.env._("Guard's page"),
            "short_name": request.env._("Guard"),
            "start_url": "/guard/",
            "scope": "/guard/",
            "display": "standalone",
            "background_color": "#0d1b1e",
            "theme_color": "#0d1b1e",
            "icons": ICONS,
        }

    def _shell(self):
        """All that the phone keeps; another version when any of it differs."""
        files = [
            "/guard/",
            *self._links(),
            *self._terms_links().values(),
            f"{IMAGES}/guard.svg",
            READER,
        ]
        with file_open(WORKER) as file:
            version = self._stamp(file.read() + self._render("en") + READER)
        return {"version": version, "files": files}
