"""What the rules say of a shift, when they say it again, and what they forbid."""

from datetime import timedelta
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, SecurityMissionsCase, utc


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestEligibility(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.obey_the_law()
        cls.post = cls.make_post()
        cls.Shift = cls.env["security.shift"]

    def make(self, start, stop, guard=None, **values):
        return self.Shift.create(
            {
                "post_id": self.post.id,
                "employee_id": (guard or self.guard).id,
                "date_start": utc(start),
                "date_stop": utc(stop),
                **values,
            }
        )

    def days(self, number, hours=8, first="2027-05-03", guard=None):
        """Shifts from 8:00, one a day."""
        start = utc(f"{first} 08:00")
        return self.Shift.create(
            [
                {
                    "post_id": self.post.id,
                    "employee_id": (guard or self.guard).id,
                    "date_start": start + timedelta(days=day),
                    "date_stop": start + timedelta(days=day, hours=hours),
                }
                for day in range(number)
            ]
        )

    def rules(self, shift):
        return {
            row["rule"]
            for row in shift.eligibility_findings or []
            if row["severity"] != "info"
        }

    # ------------------------------------------------------------
    # Verdicts
    # ------------------------------------------------------------

    def test_allowed(self):
        shift = self.make("2027-05-03 08:00", "2027-05-03 16:00")
        self.assertEqual(shift.eligibility, "ok", shift.eligibility_findings)

    def test_nobody_no_verdict(self):
        shift = self.make("2027-05-03 08:00", "2027-05-03 16:00")
        shift.employee_id = False
        self.assertFalse(shift.eligibility)
        self.assertFalse(shift.eligibility_findings)

    def test_no_card_blocked_with_the_article(self):
        stranger = self.make_guard("No Card", card=False)
        shift = self.make("2027-05-03 08:00", "2027-05-03 16:00", stranger)
        self.assertEqual(shift.eligibility, "blocked")
        [row] = [r for r in shift.eligibility_findings if r["rule"] == "PRO-01"]
        self.assertIn("L612-20", row["source"])
        self.assertEqual(row["severity"], "block")
        self.assertLessEqual({"en", "fr"}, row["words"].keys())

    def test_thirteen_hours_must_be_answered_for(self):
        shift = self.make("2027-05-03 08:00", "2027-05-03 21:00")
        self.assertEqual(shift.eligibility, "override")
        [row] = [r for r in shift.eligibility_findings if r["rule"] == "TPS-01"]
        self.assertEqual((row["limit"], row["value"]), (12, 13))
        self.assertTrue(row["remedies"])

    def test_a_week_too_long_shows_where_it_overflows(self):
        shifts = self.days(5, hours=10)
        self.assertEqual(
            ["TPS-04" in self.rules(shift) for shift in shifts],
            [False, False, False, False, True],
        )
        shifts[1].date_stop -= timedelta(hours=2)
        self.assertNotIn("TPS-04", self.rules(shifts[4]))

    def test_neighbours_follow_a_removed_shift(self):
        shifts = self.days(5, hours=10)
        self.assertIn("TPS-04", self.rules(shifts[4]))
        shifts[0].unlink()
        self.assertNotIn("TPS-04", self.rules(shifts[4]))

    def test_neighbours_follow_a_shift_given_to_another(self):
        shifts = self.days(5, hours=10)
        shifts[0].employee_id = self.other_guard
        self.assertNotIn("TPS-04", self.rules(shifts[4]))
        shifts[0].employee_id = self.guard
        self.assertIn("TPS-04", self.rules(shifts[4]))

    def test_form_answers_before_saving(self):
        stranger = self.make_guard("No Card", card=False)
        with Form(self.make("2027-05-03 08:00", "2027-05-03 16:00")) as form:
            self.assertEqual(form.eligibility, "ok")
            form.employee_id = stranger
            self.assertEqual(form.eligibility, "blocked")
            self.assertIn("PRO-01", form.eligibility_reasons)
            form.employee_id = self.guard
            self.assertEqual(form.eligibility, "ok")

    def test_reasons_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        shift = self.make("2027-05-03 08:00", "2027-05-03 21:00")
        english = shift.with_context(lang="en_US").eligibility_reasons
        french = shift.with_context(lang="fr_FR").eligibility_reasons
        self.assertNotEqual(english, french)
        self.assertIn("13 h", french)

    # ------------------------------------------------------------
    # Facts that change
    # ------------------------------------------------------------

    def test_suspended_card_flags_twenty_shifts_and_lifts(self):
        mine = self.days(20, hours=2, first="2027-05-03")
        others = self.days(3, hours=2, guard=self.other_guard)
        past = self.make("2027-04-01 08:00", "2027-04-01 12:00")
        everything = mine | others | past
        everything.flush_recordset()
        before = {s.id: s.eligibility for s in everything}
        card = self.cards_of(self.guard)
        card.action_suspend()
        self.assertEqual(set(mine.mapped("eligibility")), {"blocked"})
        for shift in others | past:
            self.assertEqual(shift.eligibility, before[shift.id])
        card.action_reinstate()
        self.assertEqual({s.id: s.eligibility for s in everything}, before)

    def test_leave_blocks(self):
        shift = self.make("2027-05-03 08:00", "2027-05-03 16:00")
        kind = self.env["hr.leave.type"].create(
            {
                "name": "Unpaid",
                "requires_allocation": False,
                "leave_validation_type": "no_validation",
            }
        )
        leave = self.env["hr.leave"].create(
            {
                "employee_id": self.guard.id,
                "holiday_status_id": kind.id,
                "request_date_from": "2027-05-03",
                "request_date_to": "2027-05-03",
            }
        )
        self.assertEqual(shift.eligibility, "blocked")
        leave.action_refuse()
        self.assertEqual(shift.eligibility, "ok")

    def test_requirement_of_site_and_its_certification(self):
        shift = self.make("2027-05-03 08:00", "2027-05-03 16:00")
        skill_type = self.env["hr.skill.type"].create(
            {
                "name": "First aid",
                "is_certification": True,
                "is_regulated": True,
                "skill_ids": [Command.create({"name": "Rescuer"})],
                "skill_level_ids": [
                    Command.create(
                        {"name": "Held", "level_progress": 100, "default_level": True}
                    )
                ],
            }
        )
        requirement = self.env["security.requirement"].create(
            {
                "scope": "site",
                "site_id": self.site.id,
                "company_id": self.company.id,
                "enforcement": "override",
                "option_ids": [
                    Command.create(
                        {
                            "skill_type_id": skill_type.id,
                            "skill_id": skill_type.skill_ids.id,
                        }
                    )
                ],
            }
        )
        self.assertEqual(shift.eligibility, "override")
        self.assertIn(requirement, self.post.effective_requirement_ids)
        [row] = [r for r in shift.eligibility_findings if r["rule"] == "QUA-01"]
        self.assertIn("Rescuer", row["text"])
        self.env["hr.employee.skill"].create(
            {
                "employee_id": self.guard.id,
                "skill_type_id": skill_type.id,
                "skill_id": skill_type.skill_ids.id,
                "skill_level_id": skill_type.skill_level_ids.id,
                "valid_from": "2027-01-01",
                "valid_to": "2028-01-01",
            }
        )
        self.assertEqual(shift.eligibility, "ok")
        requirement.unlink()
        self.assertEqual(shift.eligibility, "ok")

    def test_a_figure_of_the_firm_runs_the_rules_again(self):
        shift = self.make("2027-05-03 08:00", "2027-05-03 18:00")
        self.assertNotIn("TPS-01", self.rules(shift))
        self.env["security.parameter"].create(
            {
                "name": "Longest shift of the firm",
                "code": "max_vacation_h",
                "unit": "hours",
                "value_number": 9,
                "company_id": self.company.id,
                "date_from": "2027-01-01",
                "source": "Company agreement",
            }
        )
        self.assertIn("TPS-01", self.rules(shift))

    def test_nightly_run_judges_what_the_days_changed(self):
        shift = self.make("2027-05-03 08:00", "2027-05-03 16:00")
        shift.flush_recordset()
        # As if the night before had judged otherwise.
        self.env.cr.execute(
            "UPDATE security_shift SET eligibility = 'blocked' WHERE id = %s",
            [shift.id],
        )
        shift.invalidate_recordset()
        self.assertEqual(shift.eligibility, "blocked")
        with self.enter_registry_test_mode():
            self.env.ref(
                "security_missions.ir_cron_eligibility"
            ).method_direct_trigger()
        shift.invalidate_recordset()
        self.assertEqual(shift.eligibility, "ok")

    # ------------------------------------------------------------
    # What it forbids
    # ------------------------------------------------------------

    def test_publishing_needs_an_answer(self):
        shift = self.make("2027-05-03 08:00", "2027-05-03 21:00")
        with self.assertRaises(ValidationError) as refused:
            shift.action_publish()
        self.assertIn("13 h", str(refused.exception))
        self.assertEqual(shift.state, "draft")
        action = shift.action_override()
        override = (
            self.env["security.override"]
            .with_context(**action["context"])
            .create({"reason": "Relief delayed by a strike"})
        )
        self.assertEqual(override.shift_id, shift)
        self.assertEqual(shift.eligibility, "warning")
        shift.action_publish()
        self.assertEqual(shift.state, "published")
        with self.assertRaises(UserError):
            override.reason = "Something else"
        # What was answered for one guard says nothing of another.
        with self.assertRaises(ValidationError):
            shift.employee_id = self.other_guard

    def test_public_order_has_no_way_round(self):
        stranger = self.make_guard("No Card", card=False)
        shift = self.make("2027-05-03 08:00", "2027-05-03 16:00", stranger)
        with self.assertRaises(UserError):
            shift.action_override()
        with self.assertRaisesRegex(ValidationError, "public order"):
            self.env["security.override"].create(
                {
                    "shift_id": shift.id,
                    "employee_id": stranger.id,
                    "rule_code": "PRO-01",
                    "reason": "He will have it tomorrow",
                }
            )

    def test_a_draft_may_not_put_a_published_shift_in_the_wrong(self):
        self.days(4, hours=10, first="2027-05-04").action_publish()
        first = self.make("2027-05-03 08:00", "2027-05-03 18:00")
        with self.assertRaises(ValidationError) as refused:
            first.action_publish()
        self.assertIn("50 h", str(refused.exception))

    def test_a_published_shift_passes_to_nobody_whose_others_it_wrongs(self):
        """He would rest four hours before a shift that is published already."""
        night = self.make("2027-05-03 22:00", "2027-05-04 06:00", self.other_guard)
        night.action_publish()
        shift = self.make("2027-05-03 10:00", "2027-05-03 18:00")
        values = {"employee_id": self.other_guard.id, "state": "published"}
        for wrong in (
            lambda: shift.write(values),
            lambda: shift.action_publish() or shift.write(values),
            lambda: self.make(
                "2027-05-03 09:00",
                "2027-05-03 18:00",
                self.other_guard,
                state="published",
            ),
        ):
            with self.assertRaises(ValidationError) as refused:
                wrong()
            self.assertIn("rests 4 h", str(refused.exception))

    def test_what_was_worked_is_flagged_and_paid(self):
        shift = self.make("2027-04-12 08:00", "2027-04-12 19:00")
        shift.action_publish()
        self.env["hr.attendance"].create(
            {
                "employee_id": self.guard.id,
                "security_shift_id": shift.id,
                "check_in": utc("2027-04-12 08:00"),
                "check_out": utc("2027-04-12 21:30"),
            }
        )
        self.assertEqual(shift.state, "done")
        self.assertEqual(shift.eligibility, "warning")
        [row] = [r for r in shift.eligibility_findings if r["rule"] == "TPS-01"]
        self.assertEqual(row["value"], 13.5)
        shift.action_approve()
        self.assertTrue(shift.approval_date)

    # ------------------------------------------------------------
    # Rights and cost
    # ------------------------------------------------------------

    def test_findings_are_for_the_firm_only(self):
        guard_user = self.make_user("portalguard", "base.group_portal")
        self.guard.user_id = guard_user
        shift = self.make("2027-05-03 08:00", "2027-05-03 16:00")
        shift.action_publish()
        seen = shift.with_user(guard_user)
        self.assertEqual(seen.read(["hours"])[0]["hours"], 8)
        for name in ("eligibility", "eligibility_findings", "eligibility_reasons"):
            with self.assertRaises(AccessError):
                seen.read([name])

    def test_planner_without_hr_rights_gets_the_verdict(self):
        planner = self.make_user(
            "eligibilityplanner",
            "base.group_user",
            "security_workforce.group_security_planner",
        )
        shift = self.make("2027-05-03 08:00", "2027-05-03 21:00").with_user(planner)
        self.assertEqual(shift.eligibility, "override")
        shift.date_stop = utc("2027-05-03 16:00")
        self.assertEqual(shift.eligibility, "ok")

    def test_queries_do_not_grow(self):
        def judge(number):
            shifts = self.days(number, hours=2, first="2027-06-07")
            self.env.flush_all()
            for name in ("eligibility", "eligibility_findings"):
                self.env.add_to_compute(self.Shift._fields[name], shifts)
            self.env.invalidate_all(flush=False)
            before = self.env.cr.sql_log_count
            shifts._recompute_recordset(["eligibility", "eligibility_findings"])
            count = self.env.cr.sql_log_count - before
            shifts.unlink()
            self.env.flush_all()
            return count

        judge(2)
        # The ORM asks for ten at a time here, for a thousand in production.
        with patch("odoo.orm.fields.PREFETCH_MAX", 10):
            few, many = judge(15), judge(40)
        self.assertEqual(few, many)
        self.assertLessEqual(many, 25)

    def test_a_shift_deleted_while_others_wait_hinders_nobody(self):
        kept, deleted = self.days(2, hours=8, first="2027-06-07")
        self.env.flush_all()
        (kept | deleted)._judge()
        self.env.cr.execute("DELETE FROM security_shift WHERE id = %s", deleted.ids)
        self.env.invalidate_all(flush=False)
        self.assertEqual(kept.eligibility, "ok")
        self.env.flush_all()

    def test_asked_beforehand_the_answer_is_the_same(self):
        shift = self.make("2027-05-03 08:00", "2027-05-03 21:00")
        slot = shift._engine_slot()
        [findings] = self.guard._security_verdicts([slot], without=shift.ids)[
            self.guard.id
        ]
        self.assertEqual(
            {f.rule for f in findings},
            {row["rule"] for row in shift.eligibility_findings},
        )

    # ------------------------------------------------------------
    # What an answer is worth, and whom a change concerns
    # ------------------------------------------------------------

    def answer(self, shift, **values):
        action = shift.action_override()
        return (
            self.env["security.override"]
            .with_context(**action["context"])
            .create({"reason": "Relief delayed", **values})
        )

    def test_an_answer_is_for_what_was_said_then(self):
        """Thirteen hours were accepted, not fifteen."""
        shift = self.make("2027-05-03 08:00", "2027-05-03 21:00")
        self.answer(shift)
        self.assertEqual(shift.eligibility, "warning")
        shift.date_stop = utc("2027-05-03 23:00")
        self.assertEqual(shift.eligibility, "override")
        self.answer(shift)
        self.assertEqual(shift.eligibility, "warning")

    def test_each_missing_qualification_is_answered_for_by_itself(self):
        shift = self.make("2027-05-03 08:00", "2027-05-03 16:00")
        for name in ("sst", "h0b0"):
            skill = self.env.ref(f"security_workforce.skill_{name}")
            self.env["security.requirement"].create(
                {
                    "company_id": self.company.id,
                    "enforcement": "override",
                    "option_ids": [
                        Command.create(
                            {
                                "skill_type_id": skill.skill_type_id.id,
                                "skill_id": skill.id,
                            }
                        )
                    ],
                }
            )
        self.answer(shift)
        self.assertEqual(shift.eligibility, "override")
        self.answer(shift)
        self.assertEqual(shift.eligibility, "warning")

    def test_what_the_rule_said_is_not_for_the_caller_to_write(self):
        shift = self.make("2027-05-03 08:00", "2027-05-03 21:00")
        override = self.answer(shift, message="Anything at all")
        self.assertIn("13 h", override.message)

    def test_a_fact_of_the_file_runs_the_rules_again(self):
        shift = self.make("2027-05-03 08:00", "2027-05-03 16:00")
        self.guard.version_id.write(
            {"contract_date_start": "2027-04-01", "date_version": "2027-04-01"}
        )
        self.assertIn("TRA-03", self.rules(shift))
        self.guard.security_declared_on = "2027-03-30"
        self.assertNotIn("TRA-03", self.rules(shift))

    def test_the_clock_of_the_site_runs_the_rules_again(self):
        # Sunday afternoon in Paris is mostly Monday in Auckland: another week.
        self.days(4, hours=10, first="2027-05-03")
        shift = self.make("2027-05-09 12:00", "2027-05-09 22:00")
        self.assertIn("TPS-04", self.rules(shift))
        self.site.tz = "Pacific/Auckland"
        self.assertNotIn("TPS-04", self.rules(shift))

    def test_deleting_a_requirement_leaves_other_firms_alone(self):
        other = self.make_company("Another firm")
        requirement = self.env["security.requirement"].create(
            {
                "company_id": other.id,
                "enforcement": "info",
                "kind": "activity",
                "activity_id": self.activity.id,
            }
        )
        shift = self.make("2027-05-03 08:00", "2027-05-03 16:00")
        shift.flush_recordset()
        requirement.unlink()
        field = self.Shift._fields["eligibility"]
        self.assertNotIn(shift, self.env.records_to_compute(field))
