"""The real page in a browser: what the guard recorded reaches the office, once."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .guard_page import GuardPageCase


@tagged("post_install", "-at_install")
class TestGuardPage(GuardPageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.make_user("paged_too", "base.group_portal")
        cls.other_guard.user_id = cls.colleague

    def test_recorded_offline_and_sent_through_every_fault_once(self):
        self.drive(
            f"""
            await of("device").enrol(null);
            await of("sync").flushNow();
            window.fetch = cut;
            await of("outbox").record("no_such_kind", {{text: "one"}});
            await of("outbox").record("rota_read", {{publication: {self.version.id}}});
            await Promise.all(["a", "b", "c"].map((text) =>
                of("outbox").record("no_such_kind", {{text}})));
            for (const fault of [cut, proxy, dropped]) {{
                await sendWith(fault);
                const left = (await items()).filter((item) => item.waiting);
                check(left.length === 5, fault.name + ": " + left.length + " wait");
                check(!of("sync").syncState.get().online, fault.name + " is offline");
            }}
            await sendWith(real);
            const rows = await items();
            check(rows.every((row) => !row.waiting), "all is answered");
            check(rows[3].state === "accepted", "read: " + rows[3].state);
            check(rows[0].state === "quarantined", "unknown: " + rows[0].state);
            check(of("sync").syncState.get().online, "online again");
            check(of("bundle").bundleStore.get().shifts.length === 1, "the bundle");
            """
        )
        rows = self.rows(self.guard)
        self.assertEqual(rows.mapped("number"), [1, 2, 3, 4, 5])
        self.assertEqual([row.payload.get("text") for row in rows][2:], ["a", "b", "c"])
        self.assertEqual(self.version.acknowledged_by_id, self.guard_user)

    def test_a_busy_office_is_asked_again_when_it_says(self):
        """Half a second to one and a half; waits of its own begin at an eighth."""
        self.drive(
            f"""
            await of("device").enrol(null);
            await of("outbox").record("rota_read", {{publication: {self.version.id}}});
            await sendWith(real);
            const times = [];
            let answers = 0;
            window.fetch = async (path, options) => {{
                times.push(performance.now());
                if (answers++ < 3) {{
                    return Response.json({{error: "busy"}},
                        {{status: 503, headers: {{"Retry-After": "1"}}}});
                }}
                return real(path, options);
            }};
            await of("outbox").record("no_such_kind", {{text: "held"}});
            while ((await items()).some((item) => item.waiting)) {{
                check(times.length < 20, "asked too often");
                check(of("sync").syncState.get().online, "the office is there");
                check(!of("sync").syncState.get().problem, "and nothing is wrong");
                await new Promise((resolve) => setTimeout(resolve, 50));
            }}
            const waits = [1, 2, 3].map((n) => times[n] - times[n - 1]);
            check(waits.every((wait) => wait > 490 && wait < 3000), waits.join());
            """
        )
        self.assertEqual(len(self.rows(self.guard)), 2)

    def test_another_guard_on_the_phone_neither_mixes_nor_loses(self):
        action = self.env["security.device.code"]._open_for(self.other_guard)
        code = action["context"]["security_device_code"].partition(":")[2]
        self.drive(
            f"""
            await of("device").enrol(null);
            window.fetch = cut;
            await of("outbox").record("rota_read", {{publication: {self.version.id}}});
            await of("device").logOut();
            check(!(await items()).length, "nothing of the first is shown");
            window.fetch = real;
            await of("device").enrol("{code}");
            await of("outbox").record("no_such_kind", {{text: "of the second"}});
            await sendWith(real);
            const rows = await items();
            check(rows.length === 1, "the second sees his own only: " + rows.length);
            check((await of("device").allDevices()).length === 1, "the first is gone");
            """
        )
        self.assertEqual(self.rows(self.guard).mapped("kind"), ["rota_read"])
        self.assertEqual(self.rows(self.other_guard).mapped("kind"), ["no_such_kind"])

    def test_revoked_phone_says_so_and_keeps_its_queue(self):
        self.drive(
            """
            await of("device").enrol(null);
            window.fetch = cut;
            await of("outbox").record("no_such_kind", {});
            await sendWith(
                async () => Response.json({error: "revoked"}, {status: 403}));
            check(of("device").currentDevice.get().state === "revoked", "it says so");
            check((await items())[0].waiting, "the queue is kept");
            const file = await of("sync").exportQueue(
                of("device").currentDevice.get().device);
            check(file.events.length === 1, "and can be handed over");
            """
        )
        self.assertFalse(self.rows(self.guard))

    def test_full_memory_is_told_in_words(self):
        self.drive(
            """
            await of("device").enrol(null);
            IDBObjectStore.prototype.add = () => {
                throw new DOMException("full", "QuotaExceededError");
            };
            const words = await of("outbox").record("no_such_kind", {}).then(
                () => "kept", (error) => error.message);
            check(words.includes("NOTHING was recorded"), words);
            check(!(await items()).length, "nothing is shown as kept");
            """
        )
        self.assertFalse(self.rows(self.guard))

    def test_clock_a_day_ahead_is_put_right(self):
        self.drive(
            f"""
            const clock = Date.now;
            Date.now = () => clock.call(Date) + 24 * 3600 * 1000;
            await of("device").enrol(null);
            await of("outbox").record("rota_read", {{publication: {self.version.id}}});
            await sendWith(real);
            const [row] = await items();
            check(row.state === "flagged", row.state + " " + row.message);
            const now = of("clock").correctedNow();
            check(Math.abs(now - clock.call(Date)) < 5000, "now");
            """
        )
        (row,) = self.rows(self.guard)
        self.assertLess(
            abs(row.happened_at - fields.Datetime.now()), timedelta(minutes=2)
        )
