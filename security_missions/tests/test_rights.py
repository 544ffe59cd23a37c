"""Who may do what: each group on each model, each firm on its own side."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, JsonRpcException, freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, SecurityMissionsCase, SecurityMissionsMixin

OPERATIONS = ("read", "write", "create", "unlink")
SITE, POST, NEED, MISSION = (
    "security.site",
    "security.post",
    "security.post.need",
    "security.mission",
)
SHIFT, WORK = "security.shift", "security.work.line"
GENERATE, CLOCK = "security.shift.generate", "security.shift.clock"
ON_SHIFT, OFF_SHIFT = "attendance of a shift", "attendance without shift"
ROTA = (SITE, POST, NEED, MISSION, SHIFT)
TRADE = "security_workforce.group_security_"
WATCHING = [(name, f"{TRADE}{name}") for name in ("planner", "operator", "manager")]
ELSEWHERE = [
    ("nobody", "base.group_user"),
    ("reader", f"{TRADE}user"),
    ("credentials", f"{TRADE}credential_officer"),
    ("access", f"{TRADE}access_officer"),
    ("compliance", f"{TRADE}compliance_officer"),
    ("salesman", "sales_team.group_sale_salesman"),
    ("accountant", "account.group_account_invoice"),
    ("guard", "base.group_portal"),
    ("stranger", "base.group_portal"),
]


class RightsCase(SecurityMissionsCase):
    """One record of each model, worked by a guard who is a portal user."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guard_user = cls.make_user("guard", "base.group_portal")
        cls.guard.user_id = cls.guard_user
        cls.records = cls.make_records(cls.company, cls.site, cls.guard)

    @classmethod
    def make_records(cls, company, site, guard):
        """{subject of the matrix: its record} in that company."""
        env = cls.env(context={**cls.env.context, "allowed_company_ids": company.ids})
        mission = env[MISSION].create(
            {
                "name": f"Mission of {company.name}",
                "partner_id": cls.client.id,
                "site_ids": [Command.link(site.id)],
            }
        )
        post = env[POST].create(
            {
                "name": "Entrance",
                "site_id": site.id,
                "mission_id": mission.id,
                "need_ids": [
                    Command.create({"weekday": "0", "hour_start": 8, "duration": 8})
                ],
            }
        )
        shift = cls.work(post, "2027-04-12 08:00", "2027-04-12 16:00", guard)
        alone = env["hr.attendance"].create(
            {
                "employee_id": guard.id,
                "check_in": "2027-04-02 08:00:00",
                "check_out": "2027-04-02 10:00:00",
            }
        )
        return {
            SITE: site,
            POST: post,
            NEED: post.need_ids,
            MISSION: mission,
            SHIFT: shift,
            WORK: shift.work_line_ids,
            ON_SHIFT: shift.attendance_ids,
            OFF_SHIFT: alone,
        }


@tagged("post_install", "-at_install")
class TestMatrix(RightsCase):
    def user_of(self, name, group):
        return self.guard_user if name == "guard" else self.make_user(name, group)

    def test_attendance_of_a_shift_is_for_those_who_watch_it(self):
        """Each operation: the core's rule of one's own attendances does the rest."""
        for name, group in (*WATCHING, *ELSEWHERE):
            user = self.guard_user if name == "guard" else self.make_user(name, group)
            for subject in (ON_SHIFT, OFF_SHIFT):
                asked = self.records[subject].with_user(user)
                allowed = {each for each in OPERATIONS if asked.has_access(each)}
                shown = subject == ON_SHIFT and (name, group) in WATCHING
                with self.subTest(f"{name}: {subject}"):
                    self.assertEqual(allowed, {"read"} if shown else set())

    def test_an_employee_reads_his_own_attendance_only(self):
        clerk = self.make_user("clerk", "base.group_user")
        mine = self.make_guard("Cleo Clerk", card=False, user=clerk)
        attendance = self.env["hr.attendance"].create(
            {
                "employee_id": mine.id,
                "check_in": "2027-04-02 08:00:00",
                "check_out": "2027-04-02 10:00:00",
            }
        )
        seen = self.env["hr.attendance"].with_user(clerk).search([])
        self.assertEqual(seen, attendance)

    def test_a_guard_reads_no_draft_and_no_colleague(self):
        post = self.records[POST]
        times = ("2027-05-03 08:00", "2027-05-03 16:00")
        draft = self.make_shift(post, *times, self.guard)
        other = self.make_shift(post, *times, self.other_guard, state="published")
        Shift = self.env[SHIFT].with_user(self.guard_user)
        self.assertEqual(Shift.search([]), self.records[SHIFT])
        for hidden in (draft, other):
            with self.assertRaises(AccessError):
                hidden.with_user(self.guard_user).read(["date_start"])

    def test_a_guard_presses_no_button(self):
        shift = self.records[SHIFT]
        published = self.make_shift(
            self.records[POST],
            "2027-05-03 08:00",
            "2027-05-03 16:00",
            self.guard,
            state="published",
        )
        for record, button in (
            (published, "action_cancel"),
            (published, "action_draft"),
            (shift, "action_reopen"),
            (shift, "action_approve"),
        ):
            asked = record.with_user(self.guard_user)
            with self.subTest(button), self.assertRaises(AccessError):
                # Approving what is approved does nothing, and is refused as well.
                getattr(asked, button)()
        self.assertEqual(published.state, "published")
        self.assertTrue(shift.approval_date)

    def test_readers_press_no_button(self):
        reader = self.make_user("reader", "security_workforce.group_security_user")
        post, mission = self.records[POST], self.records[MISSION]
        draft = self.make_shift(
            post, "2027-05-03 08:00", "2027-05-03 16:00", self.guard
        )
        done = self.work(
            post, "2027-04-13 08:00", "2027-04-13 16:00", self.guard, approve=False
        )
        for record, button in (
            (draft, "action_publish"),
            (draft, "action_cancel"),
            (done, "action_approve"),
            (self.records[SHIFT], "action_reopen"),
            (mission, "action_activate"),
            (mission, "action_cancel"),
        ):
            with self.subTest(button), self.assertRaises(AccessError):
                getattr(record.with_user(reader), button)()
        self.assertEqual((done | draft).mapped("state"), ["done", "draft"])
        self.assertFalse(done.approval_date)


@tagged("post_install", "-at_install")
class TestCompanies(RightsCase):
    """The planner of one firm and the records of another."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.planner = cls.make_user(
            "planner", "security_workforce.group_security_planner"
        )
        cls.second = cls.make_company("Ronde SARL")
        cls.env.user.company_ids = [Command.link(cls.second.id)]
        both = (cls.company | cls.second).ids
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": both})
        site = cls.make_site("Elsewhere", company_id=cls.second.id)
        guard = cls.make_guard("Lou Second", company=cls.second)
        cls.foreign = cls.make_records(cls.second, site, guard)
        cls.env.invalidate_all()
        # With his own companies only, not those the test works in.
        cls.planner_env = cls.env(user=cls.planner, context={})

    def test_sees_nothing_of_the_other(self):
        for subject, record in self.foreign.items():
            Model = self.planner_env[record._name]
            with self.subTest(subject):
                self.assertFalse(Model.search([("id", "in", record.ids)]))
                with self.assertRaises(AccessError):
                    record.with_env(self.planner_env).read(["display_name"])

    def test_sees_his_own(self):
        for subject in (*ROTA, WORK, ON_SHIFT):
            record = self.records[subject]
            Model = self.planner_env[record._name]
            with self.subTest(subject):
                self.assertEqual(Model.search([("id", "in", record.ids)]), record)

    def test_changes_nothing_of_the_other(self):
        changes = {
            SITE: {"name": "Mine"},
            POST: {"name": "Mine"},
            NEED: {"headcount": 9},
            MISSION: {"name": "Mine"},
            SHIFT: {"note": "Mine"},
            ON_SHIFT: {"check_out": "2027-04-12 10:00:00"},
        }
        self.foreign[SHIFT].action_reopen()
        for subject, values in changes.items():
            record = self.foreign[subject].with_env(self.planner_env)
            with self.subTest(subject):
                with self.assertRaises(AccessError):
                    record.write(values)
                with self.assertRaises(AccessError):
                    record.unlink()
        with self.assertRaises(UserError):
            self.foreign[WORK].with_env(self.planner_env).write({"hours": 99})
        self.assertEqual(self.foreign[SITE].name, "Elsewhere")

    def test_presses_no_button_of_the_other(self):
        for subject, button in (
            (SHIFT, "action_reopen"),
            (MISSION, "action_cancel"),
            (MISSION, "action_activate"),
        ):
            record = self.foreign[subject].with_env(self.planner_env)
            with self.subTest(button), self.assertRaises(AccessError):
                getattr(record, button)()
        self.assertTrue(self.foreign[SHIFT].approval_date)

    def test_makes_nothing_at_the_other(self):
        post, site = self.foreign[POST], self.foreign[SITE]
        times = {
            "date_start": "2027-05-03 08:00:00",
            "date_stop": "2027-05-03 16:00:00",
        }
        for model, values in (
            (SITE, {"name": "Mine", "company_id": self.second.id}),
            (POST, {"name": "Mine", "site_id": site.id}),
            (NEED, {"post_id": post.id, "weekday": "1"}),
            (MISSION, {"name": "Mine", "company_id": self.second.id}),
            (SHIFT, {"post_id": post.id, **times}),
        ):
            if model in (SITE, MISSION):
                values["partner_id"] = self.client.id
            with self.subTest(model), self.assertRaises(AccessError):
                self.planner_env[model].create(values)

    def test_moves_nothing_to_the_other(self):
        """The firm comes with the place or the mission: it could change with it."""
        post = self.make_post("Alone")
        times = ("2027-05-03 08:00", "2027-05-03 16:00")
        shift = self.make_shift(self.records[POST], *times)
        phase = self.env["security.mission.phase"].create(
            {
                "name": "Stage building",
                "mission_id": self.records[MISSION].id,
                "date_start": "2027-05-03",
                "date_stop": "2027-05-04",
            }
        )
        closure = self.env["security.site.closure"].create(
            {
                "name": "Works",
                "site_id": self.site.id,
                "date_from": "2027-05-03",
                "date_to": "2027-05-04",
            }
        )
        for record, values in (
            (phase, {"mission_id": self.foreign[MISSION].id}),
            (closure, {"site_id": self.foreign[SITE].id}),
            (self.records[NEED], {"post_id": self.foreign[POST].id}),
            (post, {"site_id": self.foreign[SITE].id}),
            (shift, {"post_id": self.foreign[POST].id, "mission_id": False}),
        ):
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.with_env(self.planner_env).write(values)

    def test_refusal_names_no_shift_of_the_other(self):
        """Access is looked at before what is wrong with the change."""
        attendance = self.foreign[ON_SHIFT].with_env(self.planner_env)
        with self.assertRaises(AccessError):
            attendance.write({"check_out": "2027-04-12 10:00:00"})

    def test_generates_no_shift_at_the_other(self):
        before = self.env[SHIFT].search_count([])
        values = {
            "date_from": "2027-05-03",
            "date_to": "2027-05-09",
            "post_ids": [Command.set(self.foreign[POST].ids)],
        }
        with self.assertRaises(AccessError):
            self.planner_env[GENERATE].create(values)
        self.assertEqual(self.env[SHIFT].search_count([]), before)

    def test_enters_no_times_at_the_other(self):
        shift = self.foreign[SHIFT]
        with self.assertRaises(AccessError):
            self.planner_env[CLOCK].with_context(default_shift_id=shift.id).default_get(
                ["shift_id", "check_in", "check_out"]
            )
        wizard = self.planner_env[CLOCK].create(
            {
                "shift_id": shift.id,
                "check_in": "2027-04-12 05:00:00",
                "check_out": "2027-04-12 06:00:00",
                "reason": "Curious",
            }
        )
        with self.assertRaises(AccessError):
            wizard.action_record()
        self.assertEqual(shift.attendance_ids.check_in, shift.date_start)


@tagged("post_install", "-at_install")
class TestWork(RightsCase):
    """Each trade does its work with no right but its own."""

    def as_user(self, *groups):
        user = self.make_user(groups[0].rpartition(".")[2], *groups)
        self.env.invalidate_all()
        return self.env(user=user, context={})

    def test_planner_day(self):
        """From the site to approved hours, through the real forms."""
        env = self.as_user("security_workforce.group_security_planner")
        with Form(env[SITE]) as form:
            form.name = "Warehouse"
            form.partner_id = env["res.partner"].browse(self.client.id)
        site = form.record
        with Form(env[MISSION]) as form:
            form.name = "Nights"
            form.partner_id = site.partner_id
            form.site_ids.add(site)
        mission = form.record
        with Form(env[POST]) as form:
            form.name = "Gate"
            form.site_id = site
            form.mission_id = mission
            with form.need_ids.new() as need:
                need.date = "2027-04-15"
                need.hour_start = 6
                need.duration = 4
        mission.action_activate()
        action = mission.action_generate()
        wizard = Form(env[GENERATE].with_context(**action["context"]))
        wizard.date_from = wizard.date_to = "2027-04-15"
        wizard.save().action_generate()
        shift = mission.shift_ids
        with Form(shift) as form:
            form.employee_id = env["hr.employee"].browse(self.guard.id)
        shift.action_publish()
        clock = Form(env[CLOCK].with_context(default_shift_id=shift.id))
        clock.reason = "Phone was flat"
        clock.save().action_record()
        self.assertEqual((shift.state, shift.presence), ("done", "worked"))
        shift.action_approve()
        self.assertEqual(shift.work_line_ids.mapped("hours"), [4.0])
        self.assertEqual(shift.approval_user_id, env.user)

    def test_readers_open_every_form(self):
        # Form reads the whole form of the attendances too, which no screen does.
        times = ("2027-05-03 08:00", "2027-05-03 16:00")
        shift = self.make_shift(self.records[POST], *times, self.guard)
        records = {**self.records, SHIFT: shift}
        for group in ("user", "operator", "access_officer", "compliance_officer"):
            env = self.as_user(f"security_workforce.group_security_{group}")
            for subject in (SITE, POST, MISSION, SHIFT):
                with self.subTest(f"{group}: {subject}"):
                    form = Form(records[subject].with_env(env))
                    self.assertEqual(form.record, records[subject])

    def test_operator_sees_who_was_there(self):
        env = self.as_user("security_workforce.group_security_operator")
        columns = dict.fromkeys(("check_in", "check_out", "worked_hours"), {})
        shift = self.records[SHIFT].with_env(env)
        (values,) = shift.web_read({"attendance_ids": {"fields": columns}})
        (times,) = values["attendance_ids"]
        self.assertEqual(times["check_out"], shift.date_stop)

    def test_salesman_confirms_and_follows_his_order(self):
        order = self.make_order(25.0, confirm=False)
        env = self.as_user("sales_team.group_sale_salesman")
        order.user_id = env.user
        order = order.with_env(env)
        order.action_confirm()
        mission = order.security_mission_ids
        self.assertEqual((order.state, mission.state), ("sale", "active"))
        env.invalidate_all()
        Form(order)
        action = order.action_open_security_mission()
        self.assertEqual(action["res_id"], mission.id)
        Form(mission)
        with self.assertRaises(AccessError):
            mission.name = "Mine"

    def test_salesman_cancels_his_order(self):
        order = self.make_order(25.0)
        env = self.as_user("sales_team.group_sale_salesman")
        order.user_id = env.user
        order.with_env(env)._action_cancel()
        self.assertEqual(order.security_mission_ids.state, "cancelled")

    def test_accountant_reads_what_is_billed(self):
        order = self.make_order(25.0)
        self.work(self.post_of(order), "2027-04-13 08:00", "2027-04-13 16:00")
        move = self.invoice(order)
        env = self.as_user("account.group_account_invoice")
        Form(move.with_env(env))
        (line,) = move.with_env(env).invoice_line_ids.security_work_line_ids.read(
            ["display_name", "post_id", "employee_id", "site_id", "kind", "hours"]
        )
        self.assertEqual((line["hours"], line["kind"]), (8.0, "Day"))


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestRemoteCalls(SecurityMissionsMixin, HttpCase):
    """What a browser console can ask for, over HTTP."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_firm()
        cls.guard_user = cls.make_user("guard", "base.group_portal")
        cls.guard.user_id = cls.guard_user
        cls.planner = cls.make_user(
            "planner", "security_workforce.group_security_planner"
        )
        cls.post = cls.make_post()
        cls.worked = cls.work(cls.post, "2027-04-12 08:00", "2027-04-12 16:00")
        cls.now = cls.make_shift(
            cls.post,
            "2027-04-15 10:00",
            "2027-04-15 18:00",
            cls.guard,
            state="published",
        )

    def call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def assertRefused(self, model, method, *args, error="AccessError", **kwargs):
        with (
            self.subTest(f"{model}.{method}"),
            mute_logger("odoo.http"),
            self.assertRaises(JsonRpcException) as refusal,
        ):
            self.call(model, method, *args, **kwargs)
        self.assertEqual(str(refusal.exception), f"odoo.exceptions.{error}")

    def test_call_works(self):
        """The refusals below are not those of a call that is wrong."""
        self.authenticate("planner", "planner")
        (shift,) = self.call(SHIFT, "read", self.now.ids, ["state"])
        self.assertEqual(shift["state"], "published")

    def test_state_cannot_be_forged(self):
        """Nobody is written to have come: the attendance says so."""
        self.authenticate("planner", "planner")
        for state in ("started", "done"):
            self.assertRefused(
                SHIFT,
                "write",
                self.now.ids,
                {"state": state},
                error="UserError",
            )
        self.assertEqual(self.now.state, "published")

    def test_private_methods(self):
        lines = self.worked.work_line_ids
        times = ["2027-04-15 08:00:00", "2027-04-15 09:00:00"]
        for login in ("planner", "guard"):
            self.authenticate(login, login)
            for method, args in (
                ("_clock_in", [self.now.ids]),
                ("_clock_out", [self.now.ids]),
                ("_record_times", [self.now.ids, *times]),
                ("_write_approval", [self.worked.ids, False, False]),
                ("_sync_state_with_attendance", [self.worked.ids]),
                ("_generate", [self.post.ids, "2027-05-03", "2027-05-09"]),
            ):
                self.assertRefused(SHIFT, method, *args)
            self.assertRefused(WORK, "_reverse", lines.ids)
            self.assertRefused("sale.order", "_make_security_missions", [])
        self.assertEqual(self.now.state, "published")
        self.assertFalse(self.now.attendance_ids)
        self.assertEqual(self.worked.work_line_ids, lines)

    def test_work_lines_are_closed(self):
        self.make_user("boss", "security_workforce.group_security_manager")
        line = self.worked.work_line_ids
        (values,) = line.copy_data()
        values = {name: values[name] for name in ("shift_id", "employee_id", "hours")}
        for login in ("planner", "boss"):
            self.authenticate(login, login)
            self.assertRefused(WORK, "create", [values])
            for method, extra in (("write", {}), ("web_save", {"specification": {}})):
                self.assertRefused(
                    WORK, method, line.ids, {"hours": 99}, error="UserError", **extra
                )
            self.assertRefused(WORK, "unlink", line.ids)
            self.assertRefused(WORK, "copy", line.ids)
            self.assertRefused(
                SHIFT,
                "write",
                self.now.ids,
                {"work_line_ids": [[0, 0, {**values, "shift_id": self.now.id}]]},
            )
        self.assertEqual(self.worked.work_line_ids, line)
        self.assertEqual(line.hours, 8.0)

    def test_approval_cannot_be_forged(self):
        self.authenticate("planner", "planner")
        forged = {"approval_date": "2027-04-15 08:00:00"}
        self.assertRefused(SHIFT, "write", self.now.ids, forged, error="UserError")
        self.assertRefused(
            SHIFT,
            "write",
            self.worked.ids,
            {"approval_date": False},
            error="UserError",
            context={"security_shift_approval": True},
        )
        self.assertFalse(self.now.approval_date)
        self.assertTrue(self.worked.approval_date)

    def test_attendance_is_not_written_by_hand(self):
        """Neither by the guard nor by the planner, who has a wizard with a reason."""
        done = self.work(
            self.post, "2027-04-13 08:00", "2027-04-13 16:00", approve=False
        )
        attendance = done.attendance_ids
        for login in ("guard", "planner"):
            self.authenticate(login, login)
            self.assertRefused(
                "hr.attendance",
                "create",
                [{"employee_id": self.guard.id, "check_in": "2027-04-15 08:00:00"}],
            )
            self.assertRefused(
                "hr.attendance",
                "write",
                attendance.ids,
                {"check_out": "2027-04-13 20:00:00"},
            )
            self.assertRefused("hr.attendance", "unlink", attendance.ids)
        self.assertEqual(attendance.check_out, done.date_stop)

    def test_guard_writes_nothing(self):
        self.authenticate("guard", "guard")
        self.assertRefused(SHIFT, "write", self.now.ids, {"note": "Mine"})
        self.assertRefused(SHIFT, "action_cancel", self.now.ids)
        self.assertRefused(SHIFT, "action_approve", self.worked.ids)
        self.assertRefused(SHIFT, "action_reopen", self.worked.ids)
        self.assertRefused(CLOCK, "create", [{"shift_id": self.now.id, "reason": "x"}])
        self.assertRefused(POST, "search_read", [])
        self.assertRefused(WORK, "search_read", [])
        self.assertEqual(self.now.state, "published")
