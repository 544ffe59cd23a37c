"""The page of a guard in a browser, driven from inside by its own modules."""

from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase

from .common import SecurityMissionsMixin

# Names of the page's modules, and what the faults of a network look like to it.
TOOLS = """
const of = (name) => odoo.loader.modules.get("@security_missions/guard/core/" + name);
const browserFetch = window.fetch;
// The page sends no cookie with what it signs; a server under test asks for its own.
const real = (path, options) =>
    browserFetch(path, {...options, credentials: "same-origin"});
window.fetch = real;
const cut = () => Promise.reject(new TypeError("cut"));
const proxy = async () =>
    new Response("<html>Bad gateway</html>", {
        status: 502,
        headers: {"Content-Type": "text/html"},
    });
const dropped = async (...args) => {
    await real(...args);
    throw new TypeError("the answer was lost");
};
const check = (fact, words) => {
    if (!fact) {
        throw new Error(words);
    }
};
const items = async () => {
    await of("outbox").refreshOutbox();
    return of("outbox").outboxItems.get();
};
const sendWith = async (fetcher) => {
    window.fetch = fetcher;
    await new Promise((resolve) => setTimeout(resolve, 100));
    // Whatever the page was sending by itself ends first, before and after.
    for (let time = 0; time < 2; time++) {
        await navigator.locks.request("guard-flush", () => null);
        await of("sync").flushNow();
    }
    await navigator.locks.request("guard-flush", () => null);
    window.fetch = real;
};
const run = async (work) => {
    try {
        await work();
        console.log("test successful");
    } catch (error) {
        console.error(error.stack);
    }
};
"""
READY = "!!document.querySelector('#app .card')"


class GuardPageCase(SecurityMissionsMixin, HttpCase):
    """A guard with a published shift, who opens his page."""

    more_tools = ""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_firm()
        cls.guard_user = cls.make_user("paged", "base.group_portal")
        cls.guard.user_id = cls.guard_user
        start = fields.Datetime.now().replace(microsecond=0) + timedelta(days=2)
        cls.shift = cls.env["security.shift"].create(
            {
                "post_id": cls.make_post().id,
                "employee_id": cls.guard.id,
                "date_start": start,
                "date_stop": start + timedelta(hours=8),
            }
        )
        cls.shift.action_publish()
        cls.version = cls.env["security.publication"].search(
            [("employee_id", "=", cls.guard.id)]
        )

    def drive(self, code):
        """Run JavaScript in the page; it fails when that throws."""
        self.browser_js(
            "/guard/",
            f"{TOOLS} {self.more_tools} run(async () => {{ {code} }});",
            ready=READY,
            login="paged",
            timeout=90,
        )
        self.env.invalidate_all()

    def rows(self, guard=None):
        """What a guard has told, in his order."""
        return self.env["security.inbox"].search(
            [("employee_id", "=", (guard or self.guard).id)], order="number"
        )
