from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, WorkforceCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestContract(WorkforceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.common = cls.env.ref("security_workforce.regime_common")

    def test_the_terms_are_dated(self):
        self.anna.write({"security_coefficient": 120, "security_night_worker": True})
        version = self.anna.create_version({"date_version": date(2027, 3, 1)})
        version.security_coefficient = 130
        self.assertEqual(self.anna.security_coefficient, 120)
        self.assertTrue(version.security_night_worker)
        on_day = self.anna._get_version(date(2027, 3, 2))
        self.assertEqual(on_day.security_coefficient, 130)
        with freeze_time("2027-03-02"):
            self.anna._cron_update_current_version_id()
            self.assertEqual(self.anna.current_version_id, version)

    def test_filled_on_the_employee_form(self):
        officer = self.new_user("hr", "hr.group_hr_user")
        with Form(self.anna.with_user(officer)) as form:
            form.security_regime_id = self.common
            form.security_annex = "annexe IV"
            form.security_coefficient = 140
            form.security_weekly_hours = 24
            form.security_cycle = False
        version = self.anna.version_id
        self.assertEqual(version.security_regime_id, self.common)
        self.assertEqual(version.security_annex, "annexe IV")
        self.assertEqual(version.security_coefficient, 140)
        self.assertFalse(version.security_cycle)

    def test_the_strictest_by_default(self):
        version = self.anna.version_id
        self.assertTrue(version.security_cycle)
        figures = version._security_parameters()
        self.assertEqual(figures.value("min_rest_h", date(2026, 11, 23)), 12)

    def test_the_figures_of_a_contract(self):
        version = self.anna.version_id
        version.write(
            {"security_regime_id": self.common.id, "security_annex": "annexe VIII"}
        )
        figures = version._security_parameters()
        day = date(2026, 11, 23)
        self.assertEqual(figures.value("min_rest_h", day), 11)
        self.assertEqual(figures.value("panier", day), 6.87)

    def test_hours_of_the_contract_or_of_the_schedule(self):
        version = self.anna.version_id
        version.resource_calendar_id.hours_per_week = 35
        self.assertEqual(version._security_hours(), 35)
        version.security_weekly_hours = 24
        self.assertEqual(version._security_hours(), 24)
        version.write({"security_weekly_hours": 0, "resource_calendar_id": False})
        self.assertEqual(version._security_hours(), 0)

    def test_impossible_terms_are_refused(self):
        for vals in (
            {"security_weekly_hours": 169},
            {"security_weekly_hours": -1},
            {"security_coefficient": -1},
        ):
            with (
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.anna.version_id.write(vals)
                self.anna.version_id.flush_recordset()
            self.anna.version_id.invalidate_recordset()

    def test_given_by_a_contract_template(self):
        template = self.env["hr.version"].create(
            {"name": "Guard", "security_coefficient": 130, "security_level": "III"}
        )
        values = self.env["hr.version"].get_values_from_contract_template(template)
        self.assertEqual(values["security_coefficient"], 130)
        self.assertEqual(values["security_level"], "III")

    def test_only_hr_sees_the_terms(self):
        self.anna.security_coefficient = 140
        planner = self.new_user("planner", "group_security_planner")
        with self.assertRaises(AccessError):
            self.anna.with_user(planner).read(["security_coefficient"])
        public = self.env["hr.employee.public"].with_user(planner)
        self.assertNotIn("security_coefficient", public._fields)
        self.assertEqual(public.browse(self.anna.id).name, "Anna Test")
        hr = self.new_user("hr", "hr.group_hr_user")
        (read,) = self.anna.with_user(hr).read(["security_coefficient"])
        self.assertEqual(read["security_coefficient"], 140)

    def test_an_employee_without_hr_rights_still_reads_colleagues(self):
        nobody = self.new_user("nobody")
        self.assertEqual(self.anna.with_user(nobody).name, "Anna Test")

    def test_the_regime_of_the_firm_is_a_setting(self):
        settings = self.env["res.config.settings"].create(
            {"security_regime_id": self.common.id}
        )
        settings.execute()
        self.assertEqual(self.company.security_regime_id, self.common)
        self.assertEqual(
            self.anna.version_id._security_parameters().value(
                "overtime_quota_h", date(2026, 11, 23)
            ),
            329,
        )
