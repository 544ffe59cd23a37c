from ast import literal_eval
from datetime import timedelta
from io import BytesIO

from lxml import etree
from openpyxl import load_workbook

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.base.tests.common import BaseCommon

REPORT = "security_compliance.security_card_expiry_report"


@tagged("post_install", "-at_install")
class TestCardExpiry(BaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name in ("user", "planner", "access_officer", "compliance_officer"):
            user = new_test_user(
                cls.env,
                f"compliance_{name}",
                groups=f"security_workforce.group_security_{name}",
                lang="en_US",
            )
            setattr(cls, name, user)
        cls.today = fields.Date.today()
        # Days until the last day of each card.
        cls.cards = cls.env["security.card"]
        for index, days in enumerate((400, 60, 10, -5)):
            cls.cards |= cls._make_card(f"Guard {index}", days)

    @classmethod
    def _make_card(cls, guard, days, **employee):
        return cls.env["security.card"].create(
            {
                "employee_id": cls.env["hr.employee"]
                .create({"name": guard, **employee})
                .id,
                "number": f"TEST {guard}",
                "nub": "1055859",
                "activity_id": cls.env.ref("security_workforce.activity_sh").id,
                "date_issued": cls.today - timedelta(days=1000),
                "date_expiry": cls.today + timedelta(days=days),
            }
        )

    def _verify(self, card, **values):
        return self.env["security.card.check"].create(
            {"card_id": card.id, "result": "valid", **values}
        )

    def _rows(self, cards):
        """The sheet read back, as a list of ``{title: value}``."""
        report = self.env["ir.actions.report"].with_user(self.compliance_officer)
        content, kind = report.with_context(active_model="security.card")._render(
            REPORT, cards.ids, {}
        )
        self.assertEqual(kind, "xlsx")
        sheet = load_workbook(BytesIO(content)).active
        titles, *rows = sheet.iter_rows(min_row=4, values_only=True)
        return [dict(zip(titles, row, strict=True)) for row in rows]

    def test_days_left(self):
        self.assertEqual(self.cards.mapped("days_left"), [400, 60, 10, -5])

    def test_last_verification(self):
        card = self.cards[0]
        self.assertFalse(card.last_check_method)
        now = fields.Datetime.now()
        self._verify(card, method="letter", date=now - timedelta(days=2))
        self._verify(card, method="portal", date=now - timedelta(days=1))
        self._verify(card, method="directory", date=now - timedelta(days=9))
        self.assertEqual(card.last_check_method, "portal")

    def test_read_back(self):
        for card in self.cards:
            self._verify(card, method="portal")
        rows = self._rows(self.cards)
        self.assertEqual(
            [row["Guard"] for row in rows], ["Guard 3", "Guard 2", "Guard 1", "Guard 0"]
        )
        row = rows[1]
        card = self.cards[2]
        self.assertEqual(row["Activity"], card.activity_id.name)
        self.assertEqual(row["Number"], card.number)
        self.assertEqual(row["NUB"], "1055859")
        self.assertEqual(row["Valid from"].date(), card.date_issued)
        self.assertEqual(row["Valid until"].date(), card.date_expiry)
        self.assertEqual(row["Last day of work"].date(), card.date_last_day)
        self.assertEqual(row["Days left"], 10)
        self.assertEqual(row["State"], "To renew")
        self.assertEqual(row["Last verified on"].date(), self.today)
        self.assertEqual(row["Last verified with"], "CNAPS employer portal")

    def test_a_card_nobody_verified(self):
        (row,) = self._rows(self.cards[0])
        self.assertEqual(row["State"], "To verify")
        self.assertIsNone(row["Last verified on"])
        self.assertIsNone(row["Last verified with"])

    def test_a_card_without_dates(self):
        card = self.cards[0]
        card.write({"date_expiry": False, "nub": False, "date_issued": False})
        (row,) = self._rows(card)
        self.assertIsNone(row["Days left"])
        self.assertIsNone(row["Valid until"])

    def test_text_stays_text(self):
        card = self._make_card("=1+1", 10)
        (row,) = self._rows(card)
        self.assertEqual(row["Guard"], "=1+1")
        report = self.env["ir.actions.report"].with_context(
            active_model="security.card"
        )
        content, __ = report._render(REPORT, card.ids, {})
        cell = load_workbook(BytesIO(content)).active["A5"]
        self.assertEqual(cell.data_type, "s", "A name is never a formula")

    def test_export_selection_or_filter(self):
        cards = self.env["security.card"].with_user(self.compliance_officer)
        chosen = cards.browse(self.cards[:2].ids)
        action = chosen.action_export_expiry()
        self.assertEqual(action["context"]["active_ids"], chosen.ids)
        domain = [("id", "in", self.cards.ids)]
        action = cards.with_context(active_domain=domain).action_export_expiry()
        self.assertEqual(set(action["context"]["active_ids"]), set(self.cards.ids))

    def test_nothing_to_export(self):
        cards = self.env["security.card"].with_user(self.compliance_officer)
        with self.assertRaisesRegex(UserError, "No card matches"):
            cards.action_export_expiry()
        with self.assertRaisesRegex(UserError, "No card matches"):
            cards.with_context(active_domain=[("id", "=", 0)]).action_export_expiry()

    def test_the_default_filter_shows_the_next_90_days(self):
        for card in self.cards:
            self._verify(card)
        action = self.env.ref("security_compliance.security_card_expiry_action")
        self.assertIn("search_default_expires_90", action.context)
        arch = self.env["security.card"].get_view(action.search_view_id.id)["arch"]
        (node,) = etree.fromstring(arch).xpath("//filter[@name='expires_90']")
        found = self.env["security.card"].search(literal_eval(node.get("domain")))
        self.assertEqual(found & self.cards, self.cards[2] | self.cards[1])

    def test_export_shows_other_companies_to_nobody(self):
        company = self.env["res.company"].create({"name": "Other firm"})
        foreign = self._make_card("Foreign", 30, company_id=company.id)
        cards = self.env["security.card"].with_user(self.compliance_officer)
        domain = [("id", "in", (self.cards | foreign).ids)]
        action = cards.with_context(active_domain=domain).action_export_expiry()
        self.assertNotIn(foreign.id, action["context"]["active_ids"])
        with self.assertRaises(AccessError):
            self._rows(foreign)

    def test_rights(self):
        cards = self.cards
        for user in (self.user, self.access_officer):
            with self.assertRaises(AccessError):
                cards.with_user(user).with_context(
                    active_domain=[]
                ).browse().action_export_expiry()
        officer = cards.with_user(self.compliance_officer)
        self.assertEqual(officer.mapped("days_left"), [400, 60, 10, -5])
        for operation in (
            lambda: officer.write({"nub": "1234567"}),
            lambda: officer.unlink(),
            lambda: officer.copy(),
        ):
            with self.assertRaises(AccessError):
                operation()

    def test_menu(self):
        menu = self.env.ref("security_compliance.menu_security_compliance")
        for user, seen in (
            (self.compliance_officer, True),
            (self.planner, False),
            (self.user, False),
        ):
            visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            self.assertEqual(menu.id in visible, seen, user.login)
