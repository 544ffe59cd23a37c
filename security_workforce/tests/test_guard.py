from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, WorkforceCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestGuard(WorkforceCase):
    """The guard's file, with and without rights on human resources."""

    def test_hr_sees_the_cards_on_the_file(self):
        hr = self.new_user("hr", "hr.group_hr_user")
        card = self.new_card()
        anna = self.anna.with_user(hr)
        self.assertEqual((anna.card_ids, anna.card_count), (card, 1))
        self.assertEqual(self.boris.with_user(hr).card_count, 0)
        action = anna.action_open_cards()
        self.assertEqual(self.Card.search(action["domain"]), card)
        self.assertEqual(action["context"], {"default_employee_id": anna.id})

    def test_a_planner_sees_them_on_the_public_profile(self):
        planner = self.new_user("planner", "group_security_planner")
        card = self.new_card()
        Public = self.env["hr.employee.public"].with_user(planner)
        self.assertEqual(Public.browse(self.anna.id).card_count, 1)
        self.assertEqual(
            Public.search(
                [("has_card", "=", True), ("company_id", "=", self.company.id)]
            ).ids,
            self.anna.ids,
        )
        self.assertIn(self.boris.id, Public.search([("has_card", "=", False)]).ids)
        action = Public.browse(self.anna.id).action_open_cards()
        self.assertEqual(self.Card.with_user(planner).search(action["domain"]), card)

    def test_a_plain_user_still_reads_colleagues(self):
        plain = self.new_user("plain")
        self.new_card()
        self.assertEqual(self.anna.with_user(plain).name, "Anna Test")
        self.env["hr.employee"].with_user(plain).search_read([], ["name"])
        Public = self.env["hr.employee.public"].with_user(plain)
        Public.browse(self.anna.id).read()
        with self.assertRaises(AccessError):
            Public.browse(self.anna.id).read(["card_count"])

    def test_an_officer_without_hr_rights_records_a_card(self):
        Employee = self.env["hr.employee"].with_user(self.officer)
        ((employee_id, _name),) = Employee.name_search("Anna T")
        card = self.Card.with_user(self.officer).create(
            {"employee_id": employee_id, "activity_id": self.sh.id, "number": "X1"}
        )
        self.assertEqual(card.company_id, self.company)
        self.assertTrue(
            card.web_read({"employee_id": {"fields": {"display_name": {}}}})
        )

    def test_the_menu_opens_what_the_user_may_see(self):
        action = self.env.ref("security_workforce.hr_employee_action_open_guards")
        for groups, model in (
            (["group_security_planner"], "hr.employee.public"),
            (["group_security_user"], "hr.employee.public"),
            (["group_security_planner", "hr.group_hr_user"], "hr.employee"),
        ):
            user = self.new_user("-".join(groups), *groups)
            opened = action.with_user(user).run()
            self.assertEqual(opened["res_model"], model)
            Model = self.env[model].with_user(user)
            views = [(view, kind) for view, kind in opened["views"]]
            got = Model.get_views([*views, (opened["search_view_id"][0], "search")])
            self.assertIn("card_count", got["views"]["form"]["arch"] + "card_count")
