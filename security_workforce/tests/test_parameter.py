from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import get_lang, mute_logger

from ..engine.parameters import MissingParameter
from .common import TODAY, WorkforceCase

# What the rules ask for: one of them missing silences a rule.
CODES = """
max_vacation_h min_rest_h min_rest_floor_h min_rest_airport_switch_h min_rest_switch_h
night_start night_end max_week_h avg_weeks avg_weeks_h avg_weeks_night_h weekly_rest_h
weekly_rest_cycle_h max_days_per_week max_consecutive_days rest_after_service_h
service_before_rest_h sundays_off_per_month sundays_off_months break_after_h break_min
min_work_period_h cut_merges_below_h part_time_max_cuts part_time_max_cut_h
part_time_extra_pct part_time_extra_max_pct full_time_week_h overtime_quota_h
night_worker_day_h minor_age minor_day_h minor_week_h minor_rest_h minor_night_start
minor_night_end card_warn_days card_check_days ssiap_validity_months
sst_validity_months h0b0_validity_months mobile_refresher_months visit_within_months
visit_months visit_night_months prefect_check_days travel_speed_kmh travel_margin_min
""".split()


@tagged("post_install", "-at_install")
class TestParameter(WorkforceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Parameter = cls.env["security.parameter"]
        cls.regime = cls.env["security.regime"].create(
            {"code": "TEST", "name": "Test regime"}
        )

    def new(self, value=1, **vals):
        """A figure of an invented code, for everybody, unless told."""
        return self.Parameter.create(
            {
                "code": "test_h",
                "name": "Test figure",
                "value_number": value,
                "source": "Test text art. 1",
                **vals,
            }
        )

    def value(self, code="test_h", day=TODAY, **people):
        return self.Parameter._for(**people).value(code, day)

    # ------------------------------------------------------------
    # Seed
    # ------------------------------------------------------------

    def test_every_rule_has_its_figure(self):
        figures = self.Parameter._for()
        missing = [code for code in CODES if not figures.has(code, TODAY)]
        self.assertFalse(missing)
        for code in CODES:
            self.assertTrue(figures.get(code, TODAY).source, code)

    def test_the_strictest_unless_a_regime_says_another(self):
        self.assertEqual(self.value("min_rest_h"), 12)
        self.assertEqual(self.value("overtime_quota_h"), 288)
        common = self.env.ref("security_workforce.regime_common")
        self.assertEqual(self.value("min_rest_h", regime=common), 11)
        self.assertEqual(self.value("overtime_quota_h", regime=common), 329)

    def test_amounts_follow_the_dates(self):
        for day, amount in (
            (date(2024, 6, 1), 4.22),
            (date(2025, 12, 31), 4.36),
            (date(2026, 1, 1), 4.48),
        ):
            self.assertEqual(self.value("panier", day), amount)
        self.assertEqual(self.value("panier", annex="annexe VIII"), 6.87)
        self.assertEqual(self.value("min_month_pay_ae_130"), 1908.54)

    def test_a_period_of_work_had_no_minimum_before(self):
        figures = self.Parameter._for()
        self.assertEqual(figures.value("min_work_period_h", date(2022, 3, 1)), 4)
        with self.assertRaises(MissingParameter):
            figures.value("min_work_period_h", date(2022, 2, 28))

    def test_times_of_day_are_texts(self):
        self.assertEqual(self.value("night_start"), "21:00")
        self.assertEqual(self.value("minor_night_end"), "06:00")

    # ------------------------------------------------------------
    # Precedence
    # ------------------------------------------------------------

    def test_the_most_precise_wins(self):
        people = {
            "regime": self.regime,
            "annex": "annexe VIII",
            "company": self.company,
        }
        self.new(1)
        self.assertEqual(self.value(**people), 1)
        self.new(2, regime_id=self.regime.id)
        self.assertEqual(self.value(**people), 2)
        self.new(3, annex="annexe VIII")
        self.assertEqual(self.value(**people), 3)
        self.new(4, company_id=self.company.id)
        self.assertEqual(self.value(**people), 4)
        self.assertEqual(self.value(), 1)
        self.assertEqual(self.value(regime=self.regime), 2)
        self.assertEqual(self.value(annex="annexe VIII"), 3)
        self.assertEqual(self.value(annex="annexe IV"), 1)

    def test_the_regime_of_the_firm_is_the_default(self):
        self.new(1)
        self.new(2, regime_id=self.regime.id)
        self.assertEqual(self.value(company=self.company), 1)
        self.company.security_regime_id = self.regime
        self.assertEqual(self.value(company=self.company), 2)
        other = self.env.ref("security_workforce.regime_1993")
        self.assertEqual(self.value(company=self.company, regime=other), 1)

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    def test_two_figures_at_once_are_refused(self):
        first = self.new(1, date_from="2026-01-01", date_to="2026-12-31")
        for start, stop in (
            ("2026-12-31", False),
            (False, "2026-01-01"),
            ("2026-06-01", "2026-06-01"),
            (False, False),
        ):
            with self.assertRaises(ValidationError) as refusal:
                self.new(2, date_from=start, date_to=stop)
            self.assertIn("End the first one", str(refusal.exception))
        second = self.new(2, date_from="2027-01-01")
        self.new(0.5, date_to="2025-12-31")
        with self.assertRaises(ValidationError):
            first.date_to = "2027-01-01"
        with self.assertRaises(ValidationError):
            second.date_from = False

    def test_two_figures_in_one_go_are_refused(self):
        vals = {"code": "test_h", "name": "T", "source": "S", "value_number": 1}
        with self.assertRaises(ValidationError):
            self.Parameter.create([dict(vals), dict(vals)])

    def test_other_people_may_have_another_figure(self):
        self.new(1)
        self.new(2, regime_id=self.regime.id)
        self.new(3, annex="annexe VIII")
        self.new(4, company_id=self.company.id)
        other = self.new(5, annex="annexe IV")
        with self.assertRaises(ValidationError):
            other.annex = "annexe VIII"

    def test_a_row_of_another_firm_is_no_overlap(self):
        other = self.env["res.company"].create({"name": "Second Guarding"})
        self.new(1, company_id=self.company.id)
        self.new(2, company_id=other.id)
        self.assertEqual(self.value(company=self.company), 1)
        self.assertEqual(self.value(company=other), 2)

    def test_a_number_or_a_text(self):
        for vals in (
            {"value_text": "21:00"},
            {"unit": "text", "value_text": "a", "value_number": 1},
            {"unit": "text", "value_number": 0},
            {"unit": "clock", "value_number": 0, "value_text": "9pm"},
            {"unit": "clock", "value_number": 0, "value_text": "25:00"},
        ):
            with self.assertRaises(ValidationError):
                self.new(**vals)
        self.new(0, unit="clock", value_text=" 24:00 ")
        self.assertEqual(self.value(), "24:00")

    def test_dates_in_order(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.new(date_from="2026-02-01", date_to="2026-01-31")

    def test_the_form_empties_what_it_hides(self):
        with Form(self.Parameter) as form:
            form.code = "test_clock"
            form.name = "Test clock"
            form.value_number = 3
            form.unit = "clock"
            form.value_text = "05:30"
            form.source = "Test text art. 2"
        self.assertEqual(self.value("test_clock"), "05:30")

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------

    def test_value_in_words(self):
        row = self.new(33.33, unit="percent")
        point = get_lang(self.env).decimal_point
        self.assertEqual(row.value, f"33{point}33\N{NO-BREAK SPACE}%")
        row.write({"unit": "hours", "value_number": 12})
        self.assertEqual(row.value, "12\N{NO-BREAK SPACE}hours")
        row.unit = "count"
        self.assertEqual(row.value, "12")

    def test_changes_are_seen_at_once(self):
        row = self.new(1, company_id=self.company.id)
        self.assertEqual(self.value(company=self.company), 1)
        row.value_number = 2
        self.assertEqual(self.value(company=self.company), 2)
        self.new(3, date_from="2020-01-01", date_to="2020-12-31")
        self.assertEqual(self.value(day=date(2020, 5, 1)), 3)
        row.unlink()
        self.assertFalse(self.Parameter._for(company=self.company).has("test_h", TODAY))

    def test_one_query_then_none(self):
        self.env.flush_all()
        self.env.registry.clear_cache()
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            self.Parameter._engine_rows()
        with self.assertQueryCount(0):
            self.Parameter._engine_rows()
            self.Parameter._for(annex="annexe VIII")
        self.assertIs(self.Parameter._for(), self.Parameter._for())

    def test_the_same_rows_for_every_user(self):
        self.new(7, company_id=self.company.id)
        stranger = self.new_user("stranger")
        Parameter = self.Parameter.with_user(stranger)
        self.env.registry.clear_cache()
        self.assertEqual(Parameter._for(company=self.company).value("test_h", TODAY), 7)

    # ------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------

    def test_only_a_manager_changes_the_law(self):
        row = self.new()
        manager = self.new_user("manager", "group_security_manager")
        row.with_user(manager).value_number = 3
        self.assertEqual(self.value(), 3)
        for group in (
            "group_security_user",
            "group_security_planner",
            "group_security_credential_officer",
            "group_security_compliance_officer",
            "hr.group_hr_user",
        ):
            user = self.new_user(group.replace(".", "_"), group)
            self.assertEqual(row.with_user(user).value_number, 3)
            self.assertEqual(self.regime.with_user(user).name, "Test regime")
            for forbidden in (
                lambda user=user: row.with_user(user).write({"value_number": 4}),
                lambda user=user: row.with_user(user).unlink(),
                lambda user=user: self.regime.with_user(user).write({"name": "X"}),
                lambda user=user: row.with_user(user).create(
                    {"code": "x", "name": "x", "source": "x"}
                ),
            ):
                with self.assertRaises(AccessError):
                    forbidden()
        nobody = self.new_user("nobody")
        with self.assertRaises(AccessError):
            row.with_user(nobody).read(["value_number"])

    def test_the_figures_of_another_firm_are_not_seen(self):
        other = self.env["res.company"].create({"name": "Second Guarding"})
        own, theirs = self.new(1), self.new(2, company_id=other.id)
        user = self.new_user("reader", "group_security_manager")
        env = self.env(user=user, context={"allowed_company_ids": self.company.ids})
        found = env["security.parameter"].search([("code", "=", "test_h")])
        self.assertEqual(found.ids, own.ids)
        with self.assertRaises(AccessError):
            theirs.with_env(env).read(["value_number"])

    def test_a_regime_code_is_unique_in_a_firm(self):
        copy = self.regime.copy()
        self.assertEqual(copy.code, "TEST-COPY")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            copy.code = "TEST"
            copy.flush_recordset()
