"""What happens to the page of a guard over months: revoked by the office, without its
session, under a newer version of itself. What waits in it is never lost."""

from odoo.tests import tagged

from .guard_page import GuardPageCase

MORE_TOOLS = """
const rpc = async (path, params) => {
    const response = await real(path, {
        method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify({jsonrpc: "2.0", id: 1, method: "call", params}),
    });
    const {result, error} = await response.json();
    check(!error, path + ": " + JSON.stringify(error || ""));
    return result;
};
"""


@tagged("post_install", "-at_install")
class TestGuardPageLife(GuardPageCase):
    more_tools = MORE_TOOLS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.planner = cls.make_user(
            "revoking_planner", "security_workforce.group_security_planner"
        )

    def test_revoked_by_the_office_from_the_next_request_on(self):
        """The planner presses the button of the form; the phone keeps what it has."""
        self.drive(
            f"""
            await of("device").enrol(null);
            await of("outbox").record("no_such_kind", {{text: "before"}});
            await sendWith(real);
            check(!(await items())[0].waiting, "it is heard before");
            window.fetch = cut;
            await of("outbox").record("no_such_kind", {{text: "after"}});
            await rpc("/web/session/authenticate", {{
                db: "{self.env.cr.dbname}", login: "revoking_planner",
                password: "revoking_planner",
            }});
            const call = (method, args) => ({{
                model: "security.device", method, args, kwargs: {{}},
            }});
            const ids = await rpc("/web/dataset/call_kw/security.device/search",
                call("search", [[["employee_id", "=", {self.guard.id}]]]));
            check(ids.length === 1, "the office sees one phone");
            await rpc("/web/dataset/call_button/security.device/action_revoke",
                call("action_revoke", [ids]));
            await sendWith(real);
            const device = of("device").currentDevice.get();
            check(device.state === "revoked", "it is told: " + device.state);
            check(of("sync").syncState.get().problem.code === "revoked", "and shown");
            const [last] = (await items()).filter((item) => item.waiting);
            check(last.data.text === "after", "what waits is kept");
            const file = await of("sync").exportQueue(device.device);
            check(file.events.some((row) => row.data.text === "after"), "handed over");
            """
        )
        self.assertEqual([row.payload["text"] for row in self.rows()], ["before"])
        device = self.env["security.device"].search(
            [("employee_id", "=", self.guard.id)]
        )
        self.assertEqual((device.state, device.revoked_by), ("revoked", self.planner))

    def test_the_session_is_gone_and_the_phone_still_speaks(self):
        self.drive(
            f"""
            await of("device").enrol(null);
            await rpc("/web/session/destroy", {{}});
            const page = await real("/my", {{redirect: "manual"}});
            check(page.type === "opaqueredirect", "nobody is logged in: " + page.type);
            await of("outbox").record("rota_read", {{publication: {self.version.id}}});
            await sendWith(real);
            const [row] = await items();
            check(row.state === "accepted", row.state + " " + row.message);
            check(of("bundle").bundleStore.get().shifts.length === 1, "the bundle");
            """
        )
        self.assertEqual(self.version.acknowledged_by_id, self.guard_user)

    def test_a_newer_version_takes_over_a_full_queue(self):
        """The next version opens the same memory in another tab and adds a store: this
        one lets go, nothing is lost, and what it can no longer keep it says."""
        self.drive(
            """
            await of("device").enrol(null);
            window.fetch = cut;
            for (let n = 0; n < 120; n++) {
                await of("outbox").record("no_such_kind", {n});
            }
            const before = (await items()).length;
            check(before > 0, "there is a queue");
            const db = await new Promise((resolve, reject) => {
                const request = indexedDB.open("guard", 2);
                request.onupgradeneeded = () =>
                    request.result.createObjectStore("more", {keyPath: "key"});
                request.onblocked = () => reject(new Error("the old page holds on"));
                request.onerror = () => reject(request.error);
                request.onsuccess = () => resolve(request.result);
            });
            // This page's own timers find that they are too old, and stop.
            window.addEventListener("unhandledrejection", (e) => e.preventDefault());
            const all = (store) => new Promise((resolve, reject) => {
                const request = db.transaction(store).objectStore(store).getAll();
                request.onsuccess = () => resolve(request.result);
                request.onerror = () => reject(request.error);
            });
            const rows = await all("outbox");
            check(rows.length === 120, "all are there: " + rows.length);
            check(rows.every((row, at) => row.n === at + 1 && row.waiting), "in order");
            const follows = (row, at) => !at || row.prev === rows[at - 1].h;
            check(rows.every(follows), "chained");
            check((await all("devices")).length === 1, "the key is there");
            const words = await of("outbox").record("no_such_kind", {}).then(
                () => "kept", (error) => error.message);
            check(words !== "kept" && words.length > 5, "it says so: " + words);
            check((await all("outbox")).length === 120, "nothing half kept");
            """
        )
        self.assertFalse(self.rows())
