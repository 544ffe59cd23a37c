"""What the scenario needs: people who log in over HTTP, and a clock that moves.

The tests live outside an addon, hence two things the addons' own get for free: they
are tagged by hand, and they name what they import in full.
"""

import re
from contextlib import contextmanager

import odoo.http
from odoo import fields
from odoo.tests import HttpCase, freeze_time, get_db_name, tagged
from odoo.tests.common import Opener

from odoo.addons.security_missions.tests.common import SecurityMissionsMixin, utc


class Refused(Exception):
    """The server said no: ``kind`` is the exception's name, the text is for people."""

    def __init__(self, error):
        super().__init__(error["data"]["message"])
        self.kind = error["data"]["name"].rpartition(".")[2]


@tagged("standard", "post_install", "-at_install")
class RoadCase(SecurityMissionsMixin, HttpCase):
    """The firm of the missions' tests, seen from outside: each with his own login."""

    test_module = "scenario"

    # ------------------------------------------------------------
    # Who and when
    # ------------------------------------------------------------

    @contextmanager
    def at(self, wall):
        """Move the clock of the server to a wall time in Paris."""
        with freeze_time(fields.Datetime.to_string(utc(wall))):
            yield

    def login(self, login):
        """A new session of that user, by his password."""
        self.opener = Opener(self)
        # new_test_user pads short logins to the shortest password allowed.
        password = login.ljust(8, "x")
        info = self.rpc(
            "/web/session/authenticate",
            db=get_db_name(),
            login=login,
            password=password,
        )
        self.assertTrue(info["uid"], login)

    def want_real_pdf(self):
        """Tests are given web pages in place of PDFs, unless their session asks."""
        store = odoo.http.root.session_store
        session = store.get(self.opener.cookies["session_id"])
        session.context = {**session.context, "force_report_rendering": True}
        store.save(session)

    # ------------------------------------------------------------
    # The web client
    # ------------------------------------------------------------

    def rpc(self, route, **params):
        """Result of a JSON-RPC route, or :class:`Refused`."""
        payload = self.build_rpc_payload(params)
        response = self.url_open(route, json=payload, timeout=60).json()
        if "error" in response:
            raise Refused(response["error"])
        return response.get("result")

    def call(self, model, method, *args, **kwargs):
        """Call a model's method with the rights of who is logged in."""
        return self.rpc(
            f"/web/dataset/call_kw/{model}/{method}",
            model=model,
            method=method,
            args=list(args),
            kwargs=kwargs,
        )

    def press(self, model, method, ids, **context):
        """Press a button of a form or a list."""
        return self.rpc(
            f"/web/dataset/call_button/{model}/{method}",
            model=model,
            method=method,
            args=[ids],
            kwargs={"context": context},
        )

    def assert_refused(self, words, model, method, *args, **kwargs):
        """The call is refused with a sentence that says ``words``."""
        with self.assertRaises(Refused) as caught:
            self.call(model, method, *args, **kwargs)
        self.assertIn(words, str(caught.exception))

    def assert_no_right(self, logins, model, method, *args, **kwargs):
        """None of these users has the right to make the call."""
        for login in logins:
            with self.subTest(login=login, call=f"{model}.{method}"):
                self.login(login)
                with self.assertRaises(Refused) as caught:
                    self.call(model, method, *args, **kwargs)
                self.assertEqual(caught.exception.kind, "AccessError")

    # ------------------------------------------------------------
    # The portal
    # ------------------------------------------------------------

    def page(self, url):
        """Text of a page."""
        response = self.url_open(url, timeout=60)
        self.assertEqual(response.status_code, 200, url)
        # Reports name their encoding in the page only.
        return response.content.decode()

    def clock(self, shift_id, act, token=True):
        """Press the button of the guard's page; the answer of the server."""
        data = {}
        if token:
            html = self.url_open("/my/shifts", timeout=60).text
            found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', html)
            # The page of a guard without a button has the token of its layout.
            found = found or re.search(r'csrf_token: "([^"]+)"', html)
            data["csrf_token"] = found.group(1)
        return self.url_open(
            f"/my/shifts/{shift_id}/{act}", data=data, method="POST", timeout=60
        )
