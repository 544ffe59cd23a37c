from ast import literal_eval
from datetime import date

from lxml import etree
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, WorkforceCase

DOG, APTITUDE = "security.dog", "security.aptitude"


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestEmployeeFile(WorkforceCase):
    """Dogs, medical follow-up, right to work."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Dog = cls.env[DOG]
        cls.Aptitude = cls.env[APTITUDE]

    def new_dog(self, **vals):
        return self.Dog.create(
            {
                "name": "Rex",
                "employee_id": self.anna.id,
                "identification": "250 269 604 123 456",
                "rabies_until": "2027-05-01",
                "insurance_until": "2027-01-31",
                **vals,
            }
        )

    def test_papers_of_a_dog(self):
        dog = self.new_dog()
        self.assertEqual(dog.identification, "250269604123456")
        self.assertEqual(dog.documents_end, date(2027, 1, 31))
        dog.category = "2"
        self.assertFalse(dog.documents_end)
        dog.detention_permit = "2026-17"
        self.assertEqual(dog.documents_end, date(2027, 1, 31))
        dog.rabies_until = False
        self.assertFalse(dog.documents_end)

    def test_a_dog_is_known_once(self):
        self.new_dog()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.new_dog(name="Rex II")

    def test_a_bad_number_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "15 digits"):
            self.new_dog(identification="25026960412345")

    def test_only_a_card_of_the_handler(self):
        card = self.new_card(activity_id=self.cyno.id)
        dog = self.new_dog(card_id=card.id)
        self.assertTrue(dog.on_card)
        with self.assertRaisesRegex(ValidationError, "Boris"):
            dog.employee_id = self.boris
        dog.card_id = False
        self.assertFalse(dog.on_card)

    def test_next_visit(self):
        visit = self.Aptitude.create(
            {"employee_id": self.anna.id, "date": "2026-01-15"}
        )
        self.assertEqual(visit.next_date, date(2031, 1, 15))
        visit.kind = "night"
        self.assertEqual(visit.next_date, date(2029, 1, 15))
        visit.kind = "return"
        self.assertFalse(visit.next_date)
        visit.next_date = "2026-06-01"
        self.assertEqual(visit.next_date, date(2026, 6, 1))

    def test_the_next_visit_follows_the_figures(self):
        """The law, then the firm's own agreement, on the day of the visit."""
        vals = {"employee_id": self.anna.id, "date": "2026-01-15"}
        reinforced = self.Aptitude.create({**vals, "kind": "reinforced"})
        self.assertEqual(reinforced.next_date, date(2030, 1, 15))
        self.anna.security_night_worker = True
        self.assertEqual(self.Aptitude.create(vals).next_date, date(2029, 1, 15))
        self.env["security.parameter"].create(
            {
                "code": "visit_night_months",
                "name": "Visit",
                "unit": "months",
                "value_number": 24,
                "company_id": self.company.id,
                "date_from": "2026-02-01",
                "source": "Agreement of the firm",
            }
        )
        before, after = self.Aptitude.with_user(self.officer).create(
            [vals, {**vals, "date": "2026-02-15"}]
        )
        self.assertEqual(before.next_date, date(2029, 1, 15))
        self.assertEqual(after.next_date, date(2028, 2, 15))

    def test_a_planner_reads_no_medical_register(self):
        planner = self.new_user("planner", "group_security_planner")
        visit = self.Aptitude.create({"employee_id": self.anna.id})
        with self.assertRaises(AccessError):
            visit.with_user(planner).read(["date"])
        menu = self.env.ref("security_workforce.menu_security_aptitudes")
        visible = self.env["ir.ui.menu"].with_user(planner)._visible_menu_ids()
        self.assertNotIn(menu.id, visible)

    def test_nationality_says_who_needs_a_permit(self):
        for code, needed in (("FR", False), ("CH", False), ("NO", False), ("SN", True)):
            country = self.env["res.country"].search([("code", "=", code)])
            self.anna.country_id = country
            self.assertIs(self.anna.security_permit_required, needed, code)
        self.anna.security_permit_required = False
        self.assertFalse(self.anna.version_id.security_permit_required)
        self.anna.create_version({"date_version": "2027-01-01"})
        self.assertFalse(self.anna.version_ids[-1:].security_permit_required)

    def test_number_on_the_uniform(self):
        self.assertFalse(self.anna.security_uniform_number)
        self.new_card(number="2026-0024376-CAR-SH-1055859", date_expiry="2031-01-01")
        self.anna.invalidate_recordset(["security_uniform_number"])
        self.assertEqual(self.anna.security_uniform_number, "1055859")

    def test_the_tab_is_for_hr(self):
        hr = self.new_user("hr", "hr.group_hr_user")
        with Form(self.anna.with_user(hr)) as form:
            form.security_declared_on = "2026-11-01"
        self.assertEqual(self.anna.security_declared_on, date(2026, 11, 1))
        plain = self.new_user("plain")
        self.env["hr.employee"].with_user(plain).search_read([], ["name"])
        with self.assertRaises(AccessError):
            self.anna.with_user(plain).read(["security_declared_on"])

    def test_hr_adds_a_dog_and_a_visit_on_the_tab(self):
        hr = self.new_user("hr", "hr.group_hr_user")
        # The dialogs ask for the guard, whom they do not show as their parent.
        view = self.env["hr.employee"].with_user(hr).get_view(view_type="form")
        arch = etree.fromstring(view["arch"])
        values = {
            "security_dog_ids": {"name": "Rex", "identification": "250269604123456"},
            "security_aptitude_ids": {"kind": "night", "date": "2026-01-15"},
        }
        for name, vals in values.items():
            (node,) = arch.xpath(f"//page[@name='security']//field[@name='{name}']")
            self.assertEqual(node.get("context"), "{'default_employee_id': id}")
            self.anna.with_user(hr).write({name: [Command.create(vals)]})
        self.assertEqual(self.anna.security_dog_ids.name, "Rex")
        self.assertEqual(self.anna.security_aptitude_ids.next_date, date(2029, 1, 15))

    def test_an_officer_records_a_line_on_its_form(self):
        sst = self.env.ref("security_workforce.skill_sst")
        action = self.anna.action_open_qualifications()
        (view_id,) = [view for view, kind in action["views"] if kind == "form"]
        Line = self.env["hr.employee.skill"].with_user(self.officer)
        Line = Line.with_context(default_employee_id=self.anna.id)
        with Form(Line, view=view_id) as form:
            form.skill_type_id = sst.skill_type_id
            form.skill_id = sst
            form.valid_from = date(2026, 3, 10)
            self.assertEqual(form.valid_to, date(2028, 3, 9))
            form.verification_method = "original"
        line = form.record
        self.assertEqual(line.skill_level_id, sst.skill_type_id.skill_level_ids)
        line.action_verify()
        self.assertTrue(line.verified_on)

    def test_the_way_to_the_qualifications(self):
        planner = self.new_user("planner", "group_security_planner")
        Public = self.env["hr.employee.public"].with_user(planner)
        action = Public.browse(self.anna.id).action_open_qualifications()
        self.assertIn(("employee_id", "=", self.anna.id), action["domain"])
        self.env["hr.employee.skill"].with_user(planner).get_views(action["views"])

    def test_every_filter_can_be_applied(self):
        for name, model in (
            ("hr_employee_view_search_guards_file", "hr.employee"),
            ("security_qualification_view_search", "hr.employee.skill"),
            ("security_dog_view_search", DOG),
            ("security_aptitude_view_search", APTITUDE),
        ):
            arch = self.env.ref(f"security_workforce.{name}").arch
            filters = list(etree.fromstring(arch).iter("filter"))
            self.assertGreaterEqual(len(filters), 4)
            for node in filters:
                if domain := node.get("domain"):
                    self.env[model].search(literal_eval(domain))
                if context := node.get("context"):
                    group_by = literal_eval(context)["group_by"]
                    self.env[model].formatted_read_group([], [group_by], ["__count"])

    def test_whose_permit_ends_soon(self):
        self.anna.country_id = self.env.ref("base.sn")
        self.anna.work_permit_expiration_date = "2027-03-23"
        self.boris.work_permit_expiration_date = "2027-03-01"
        arch = self.env.ref("security_workforce.hr_employee_view_search_guards_file")
        (node,) = etree.fromstring(arch.arch).xpath("//filter[@name='permit_ends']")
        domain = literal_eval(node.get("domain"))
        Employee = self.env["hr.employee"]
        self.assertEqual(Employee.search(domain) & (self.anna | self.boris), self.anna)
        self.anna.work_permit_expiration_date = "2027-03-24"
        self.assertNotIn(self.anna, Employee.search(domain))
