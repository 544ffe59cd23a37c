// The worker of the guard's page, and of nothing else: it answers for /guard/ and for the
// files of that page. `SHELL` = {version, files} is written above by the server.
/* global SHELL */

const CACHE = `guard-${SHELL.version}`;
const ICON = "/security_missions/static/src/img/guard-192.png";
const KINDS = {
    html: "text/html",
    js: "javascript",
    css: "text/css",
    json: "application/json",
    webmanifest: "manifest+json",
    svg: "image/svg",
    png: "image/png",
};

function kindOf(address) {
    const path = new URL(address, location.origin).pathname;
    return path.endsWith("/") ? "html" : path.split(".").pop();
}

/** Whether this is the file that was asked for, and not a page of a proxy or a login. */
function isTrue(response, address) {
    const kind = response.headers.get("Content-Type") || "";
    const wanted = KINDS[kindOf(address)];
    return response.ok && !response.redirected && wanted && kind.includes(wanted);
}

async function fill() {
    const cache = await caches.open(CACHE);
    // All of it or nothing: a version is never half there.
    await Promise.all(
        SHELL.files.map(async (address) => {
            const response = await fetch(address, {
                // The address of an asset changes with its content.
                cache: address.startsWith("/guard") ? "reload" : "default",
                credentials: "omit",
            });
            if (!isTrue(response, address)) {
                throw new Error(`Not the file expected: ${address}`);
            }
            await cache.put(address, response);
        })
    );
}

async function clean() {
    for (const name of await caches.keys()) {
        if (name.startsWith("guard-") && name !== CACHE) {
            await caches.delete(name);
        }
    }
    await self.clients.claim();
}

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(clean()));
self.addEventListener("message", (event) => {
    if (event.data === "change") {
        self.skipWaiting();
    }
});

// A browser that is woken must show something.
function shown(event) {
    let said = {};
    try {
        said = event.data.json();
    } catch {
        // Nothing that we know: there is news all the same.
    }
    const {tag = "", data = {}, body = ""} = said.options || {};
    return self.registration.showNotification(String(said.title || "Security"), {
        body: String(body),
        tag: String(tag),
        data: {screen: /^[a-z_]+$/.test(data.screen || "") ? data.screen : "home"},
        icon: ICON,
        badge: ICON,
    });
}

/** The page on that screen: the one that is open, else a new one. */
async function open(screen) {
    const address = `/guard/#${screen}`;
    const [page] = await self.clients.matchAll({type: "window"});
    if (!page) {
        return self.clients.openWindow(address);
    }
    page.postMessage({screen});
    return page.focus();
}

self.addEventListener("push", (event) => {
    event.waitUntil(shown(event));
});
self.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(open(event.notification.data?.screen || "home"));
});

async function answer(request, address) {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(address);
    return kept || fetch(request);
}

self.addEventListener("fetch", (event) => {
    const {request} = event;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== location.origin) {
        return;
    }
    const address = url.pathname.startsWith("/guard")
        ? url.pathname
        : url.pathname + url.search;
    // Never what belongs to a person: only the files that are the page.
    if (!url.pathname.startsWith("/guard/api") && SHELL.files.includes(address)) {
        event.respondWith(answer(request, address));
    }
});
