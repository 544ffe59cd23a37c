from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, TODAY, WorkforceCase

MANAGER = "security_workforce.group_security_manager"
JOINING = [
    "IDENTITY",
    "PERMIT",
    "DPAE",
    "CARD",
    "TRAINING",
    "VISIT",
    "CONTRACT",
    "ETHICS",
    "KIT",
]
IDENTITY = {"birthday": "1990-01-01", "identification_id": "ID-4567"}


class ChecklistCase(WorkforceCase):
    """A newcomer with an open list, and the short way to each fact."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Checklist = cls.env["security.checklist"]
        cls.hr = cls.new_user("hr", "hr.group_hr_user")
        cls.planner = cls.new_user("planner", "group_security_planner")
        cls.france = cls.env.ref("base.fr")

    def joining(self, guard=None, day=TODAY):
        return self.Checklist._open(guard or self.anna, "joining", day)

    def leaving(self, guard=None, day=TODAY):
        return self.Checklist._open(guard or self.anna, "leaving", day)

    def states(self, checklist):
        return {line.step_id.code: line.state for line in checklist.line_ids}

    def line(self, checklist, code):
        return checklist.line_ids.filtered(lambda line: line.step_id.code == code)

    def qualify(self, guard):
        skill = self.env["hr.skill"].search([("security_code", "=", "TFP-APS")])
        return self.env["hr.employee.skill"].create(
            {
                "employee_id": guard.id,
                "skill_type_id": skill.skill_type_id.id,
                "skill_id": skill.id,
                "skill_level_id": skill.skill_type_id.skill_level_ids[:1].id,
                "valid_from": "2025-01-01",
                "valid_to": False,
            }
        )

    def hand_over(self, guard, name="Parka", **vals):
        return self.env["security.kit.item"].create(
            {"employee_id": guard.id, "name": name, "given_on": TODAY, **vals}
        )

    def facts(self, guard):
        """``{code of a step: what a user does to meet it}``, in any order."""
        return {
            "IDENTITY": lambda: guard.write({**IDENTITY, "country_id": self.france.id}),
            "DPAE": lambda: guard.write({"security_declared_on": "2026-11-20"}),
            "CARD": lambda: self.new_card(guard),
            "TRAINING": lambda: self.qualify(guard),
            "VISIT": lambda: self.env["security.aptitude"].create(
                {"employee_id": guard.id, "date": "2026-11-10", "kind": "initial"}
            ),
            "CONTRACT": lambda: guard.write(
                {
                    "contract_date_start": "2026-11-23",
                    "security_contract_signed_on": "2026-11-20",
                }
            ),
            "ETHICS": lambda: guard.write({"security_deontology_on": "2026-11-20"}),
            "KIT": lambda: self.hand_over(guard),
        }


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestJoining(ChecklistCase):
    def test_a_new_list_has_the_steps_and_an_activity_for_each(self):
        checklist = self.joining()
        self.assertEqual([line.step_id.code for line in checklist.line_ids], JOINING)
        self.assertEqual(set(self.states(checklist).values()), {"missing"})
        self.assertEqual(checklist.progress, 0)
        self.assertEqual(checklist.next_step_id.code, "IDENTITY")
        activities = checklist.activity_ids
        self.assertEqual(len(activities), len(JOINING))
        by_step = {line.step_id.code: line.activity_id for line in checklist.line_ids}
        self.assertEqual(by_step["CARD"].user_id, self.officer)
        self.assertEqual(by_step["KIT"].user_id, self.planner)
        self.assertEqual(by_step["DPAE"].date_deadline, date(2026, 11, 22))
        # In the language of whoever gets it.
        dpae = self.line(checklist, "DPAE").step_id
        lang = by_step["DPAE"].user_id.lang
        self.assertEqual(by_step["DPAE"].summary, dpae.with_context(lang=lang).name)

    def test_each_fact_meets_its_step_in_the_same_transaction(self):
        checklist = self.joining()
        done = {"PERMIT"}  # Comes with the nationality.
        for number, (code, fact) in enumerate(self.facts(self.anna).items(), 2):
            fact()
            done.add(code)
            met = {
                key for key, state in self.states(checklist).items() if state == "met"
            }
            self.assertEqual(met, done)
            line = self.line(checklist, code)
            self.assertEqual(line.changed_by_id, self.env.user)
            self.assertFalse(line.activity_id.active)
            self.assertEqual(line.activity_id.feedback, line.reason)
            last = number == len(JOINING)
            self.assertEqual(checklist.state, "cleared" if last else "open")
        self.assertEqual(checklist.progress, 100)
        self.assertFalse(checklist.activity_ids)
        self.assertFalse(checklist.is_followed)
        self.assertTrue(checklist.cleared_on)

    def test_the_reason_in_both_languages(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.anna.security_declared_on = "2026-11-12"
        line = self.line(self.joining(), "DPAE")
        self.assertEqual(line.reason, "Hiring declared (DPAE) on 12/11/2026.")
        french = line.with_context(lang="fr_FR")
        self.assertEqual(french.reason, "DPAE effectuée le 12/11/2026.")

    def test_red_again_before_it_is_cleared(self):
        checklist = self.joining()
        self.anna.security_declared_on = TODAY
        line = self.line(checklist, "DPAE")
        first = line.activity_id
        self.assertEqual((line.state, first.active), ("met", False))
        self.anna.security_declared_on = False
        self.assertEqual(line.state, "missing")
        self.assertTrue(line.activity_id.active)
        self.assertNotEqual(line.activity_id, first)

    def test_a_cleared_list_does_not_come_back(self):
        checklist = self.joining()
        for fact in self.facts(self.anna).values():
            fact()
        self.anna.security_declared_on = False
        self.assertEqual(checklist.state, "cleared")
        self.assertEqual(self.states(checklist)["DPAE"], "met")
        # Somebody who wants it asked again reopens it.
        checklist.action_reopen()
        self.assertEqual(checklist.state, "open")
        self.assertEqual(self.states(checklist)["DPAE"], "missing")

    def test_a_visit_may_come_later_by_day_not_by_night(self):
        checklist = self.joining()
        self.anna.contract_date_start = "2026-11-23"
        line = self.line(checklist, "VISIT")
        self.assertEqual((line.state, line.is_blocking), ("later", False))
        self.assertIn("23/02/2027", line.reason)
        self.anna.security_night_worker = True
        self.assertEqual((line.state, line.is_blocking), ("missing", True))
        for code, fact in self.facts(self.anna).items():
            if code != "VISIT":
                fact()
        self.assertEqual(checklist.state, "open")
        self.anna.security_night_worker = False
        self.assertEqual(checklist.state, "cleared")
        self.assertTrue(checklist.is_followed)
        self.assertTrue(line.activity_id.active)
        self.facts(self.anna)["VISIT"]()
        self.assertFalse(checklist.is_followed)
        self.assertFalse(line.activity_id.active)

    def test_the_card_must_be_verified(self):
        checklist = self.joining()
        card = self.new_card(verified=False)
        line = self.line(checklist, "CARD")
        self.assertIn("not verified yet", line.reason)
        self.verify(card)
        self.assertEqual(line.state, "met")
        card.action_suspend()
        self.assertEqual(line.state, "missing")
        self.assertIn("suspended", line.reason)

    def test_one_of_the_qualifications_asked(self):
        skills = self.env["hr.skill"].search([("security_code", "=", "SSIAP1")])
        step = self.env.ref("security_workforce.checklist_step_joining_training")
        step.skill_ids = skills
        checklist = self.joining()
        self.qualify(self.anna)
        self.assertEqual(self.states(checklist)["TRAINING"], "missing")
        step.skill_ids = False
        checklist.action_refresh()
        self.assertEqual(self.states(checklist)["TRAINING"], "met")

    def test_one_open_list_a_guard_and_direction(self):
        checklist = self.joining()
        self.assertEqual(self.joining(), checklist)
        self.assertNotEqual(self.leaving(), checklist)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.Checklist.create({"employee_id": self.anna.id})

    def test_lists_of_a_firm_without_steps(self):
        self.env["security.checklist.step"].search([]).action_archive()
        with self.assertRaisesRegex(ValidationError, "no step for “Joining”"):
            self.joining()

    def test_the_contract_moves_the_deadlines(self):
        checklist = self.joining()
        self.anna.contract_date_start = "2026-12-01"
        self.assertEqual(checklist.date, date(2026, 12, 1))
        line = self.line(checklist, "DPAE")
        self.assertEqual(line.deadline, date(2026, 11, 30))
        self.assertEqual(line.activity_id.date_deadline, date(2026, 11, 30))

    def test_late_steps(self):
        checklist = self.joining(day=date(2026, 11, 23))
        self.assertTrue(self.line(checklist, "DPAE").is_late)
        self.assertFalse(self.line(checklist, "KIT").is_late)
        self.assertTrue(checklist.is_late)

    def test_the_night_sees_what_the_calendar_changes(self):
        checklist = self.joining()
        card = self.new_card(date_expiry="2026-12-01")
        self.assertEqual(self.states(checklist)["CARD"], "met")
        with freeze_time("2026-12-02 03:00:00"), self.enter_registry_test_mode():
            self.env.ref(
                "security_workforce.ir_cron_workforce_follow_lists"
            ).method_direct_trigger()
        self.assertTrue(card)
        self.env.invalidate_all()
        self.assertEqual(self.states(checklist)["CARD"], "missing")

    def test_queries_do_not_grow_with_the_guards(self):
        counts = []
        for size in (2, 12):
            guards = self.env["hr.employee"].create(
                [
                    {"name": f"New {size} {n}", "company_id": self.company.id}
                    for n in range(size)
                ]
            )
            lists = self.joining(guards)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            lists._follow()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestHands(ChecklistCase):
    """Ticks, waivers, cancelling: who may, and what is kept."""

    def by_hand(self, **vals):
        return self.env["security.checklist.step"].create(
            {"name": "Radio training", "code": "RADIO", "sequence": 1, **vals}
        )

    def test_a_tick_keeps_who_and_when(self):
        self.by_hand()
        checklist = self.joining()
        line = self.line(checklist, "RADIO")
        line.with_user(self.hr).action_tick()
        self.assertEqual((line.state, line.changed_by_id), ("met", self.hr))
        self.assertEqual(line.reason, f"Ticked by {self.hr.name}.")
        line.with_user(self.hr).action_untick()
        self.assertEqual(line.state, "missing")
        self.assertTrue(line.activity_id.active)

    def test_the_activity_done_is_the_tick(self):
        self.by_hand(role="planner")
        line = self.line(self.joining(), "RADIO")
        self.assertEqual(line.activity_id.user_id, self.planner)
        line.activity_id.with_user(self.planner).action_feedback(feedback="Done")
        self.assertEqual((line.state, line.changed_by_id), ("met", self.planner))

    def test_the_activity_of_a_fact_is_no_tick(self):
        line = self.line(self.joining(), "DPAE")
        line.activity_id.action_feedback(feedback="I did it, honestly")
        self.assertEqual(line.state, "missing")

    def test_a_fact_is_not_ticked(self):
        line = self.line(self.joining(), "DPAE")
        with self.assertRaisesRegex(UserError, "nobody ticks it"):
            line.action_tick()

    def test_a_waiver_of_an_optional_step(self):
        self.by_hand(mandatory=False)
        line = self.line(self.joining(), "RADIO")
        self.waive(line, self.hr, "Trained by the army")
        self.assertEqual((line.state, line.reason), ("waived", "Trained by the army"))
        self.assertFalse(line.activity_id.active)
        with self.assertRaisesRegex(UserError, "follows the guard's file"):
            line.checklist_id.with_user(self.hr).write({"line_ids": [(5,)]})
        with self.assertRaises(AccessError):
            line.with_user(self.hr).write({"waive_reason": "Another"})
        line.with_user(self.hr).action_restore()
        self.assertEqual(line.state, "missing")
        self.assertIn("Trained by the army", str(line.checklist_id.message_ids[0].body))

    def test_a_mandatory_step_is_waived_by_a_manager_with_a_reason(self):
        line = self.line(self.joining(), "KIT")
        with self.assertRaisesRegex(AccessError, "only a manager"):
            self.waive(line, self.officer, "No uniform on this site")
        manager = self.new_user("manager", "group_security_manager")
        with self.assertRaisesRegex(ValidationError, "Say why"):
            self.waive(line, manager, "  ")
        self.waive(line, manager, "No uniform on this site")
        self.assertEqual(line.state, "waived")
        # What the file says later changes nothing to it.
        self.hand_over(self.anna)
        self.assertEqual(line.state, "waived")

    def waive(self, line, user, reason):
        action = line.with_user(user).action_waive()
        self.env["security.checklist.waive"].with_user(user).create(
            {"line_id": action["context"]["default_line_id"], "reason": reason}
        ).action_confirm()

    def test_a_joining_list_is_cancelled_by_a_manager(self):
        checklist = self.joining()
        with self.assertRaisesRegex(AccessError, "only a manager"):
            checklist.with_user(self.hr).action_cancel()
        self.assertEqual(checklist.state, "open")
        checklist.with_user(self.new_user("boss", "group_security_manager"))
        checklist.action_cancel()
        self.assertEqual(checklist.state, "cancelled")
        self.assertFalse(checklist.activity_ids)

    def test_nothing_is_forged(self):
        checklist = self.joining().with_user(self.hr)
        for vals in (
            {"state": "cleared"},
            {"cleared_on": NOW},
            {"employee_id": self.boris.id},
        ):
            with self.assertRaises(UserError):
                checklist.write(vals)
        forged = self.Checklist.with_user(self.hr).create(
            {"employee_id": self.boris.id, "state": "cleared", "line_ids": []}
        )
        self.assertEqual(forged.state, "open")
        self.assertEqual(len(forged.line_ids), len(JOINING))

    def test_a_step_of_the_other_direction(self):
        with self.assertRaisesRegex(ValidationError, "says nothing of this list"):
            self.by_hand(fact="kit_back")


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestOpening(ChecklistCase):
    """By the plan of the core, by themselves, or not at all."""

    def launch(self, guards, name, day=None):
        wizard = (
            self.env["mail.activity.schedule"]
            .with_user(self.hr)
            .with_context(active_model="hr.employee", active_ids=guards.ids)
            .create({"res_model": "hr.employee", "res_ids": str(guards.ids)})
        )
        plan = self.env.ref(f"security_workforce.mail_activity_plan_{name}")
        self.assertIn(plan, wizard.plan_available_ids)
        wizard.plan_id = plan
        if day:
            wizard.plan_date = day
        return wizard

    def test_launch_plan(self):
        wizard = self.launch(self.anna | self.boris, "joining", "2026-12-07")
        told = wizard.plan_schedule_line_ids
        self.assertEqual(len(told), len(JOINING))
        self.assertEqual(told[2].line_description, "Hiring declared (DPAE)")
        self.assertEqual(told[2].line_date_deadline, date(2026, 12, 6))
        action = wizard.action_schedule_plan()
        lists = self.Checklist.search(action["domain"])
        self.assertEqual(lists.employee_id, self.anna | self.boris)
        self.assertEqual(lists.mapped("state"), ["open", "open"])
        self.assertEqual(lists[0].date, date(2026, 12, 7))
        self.assertEqual(len(lists[0].activity_ids), len(JOINING))

    def test_an_activity_that_the_firm_added_to_the_plan(self):
        plan = self.env.ref("security_workforce.mail_activity_plan_joining")
        plan.template_ids = [(0, 0, {"summary": "Lunch with the team"})]
        self.launch(self.anna, "joining").action_schedule_plan()
        self.assertEqual(
            self.anna.activity_ids.mapped("summary"), ["Lunch with the team"]
        )

    def test_by_itself_when_the_firm_wants_it(self):
        self.assertFalse(self.newcomer().security_checklist_ids)
        self.company.security_checklist_auto = True
        checklist = self.newcomer().security_checklist_ids
        self.assertEqual(checklist.state, "open")
        coming = self.newcomer(contract_date_start="2026-12-01")
        self.assertEqual(coming.security_checklist_ids.date, date(2026, 12, 1))
        present = self.newcomer(contract_date_start="2026-11-22")
        self.assertFalse(present.security_checklist_ids)
        for taken_over in ("security_present_staff", "import_file"):
            guard = self.newcomer({taken_over: True})
            self.assertFalse(guard.security_checklist_ids)

    def newcomer(self, context=None, **vals):
        vals = {"name": "Newcomer", "company_id": self.company.id, **vals}
        return self.env["hr.employee"].with_context(**(context or {})).create(vals)

    def test_by_hr_without_any_other_right(self):
        self.company.security_checklist_auto = True
        guard = (
            self.env["hr.employee"]
            .with_user(self.hr)
            .create({"name": "Newcomer", "company_id": self.company.id})
        )
        self.assertIn("Contract signed", guard.security_joining_missing)
        self.assertEqual(guard.security_checklist_count, 1)
        for line in guard.security_checklist_ids.line_ids:
            self.assertIn("res_model", line.action_open_fact())
