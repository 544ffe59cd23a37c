import base64
import csv
import io

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, WorkforceCase

HEADER = "Numéro;Résultat;Date;Méthode;Remarque\n"


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestCardCheckDue(WorkforceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer.tz = "Europe/Paris"
        cls.env.user.tz = "Europe/Paris"
        cls.card = cls.new_card()
        cls.other = cls.new_card(
            cls.boris,
            number="2026-0024376-CAR-SH-1055859",
            date_issued="2026-11-01",
            date_expiry="2031-10-31",
        )

    def due(self):
        return self.Card.search(
            [("check_due", "=", True), ("company_id", "=", self.company.id)]
        )

    # ------------------------------------------------------------
    # What is due
    # ------------------------------------------------------------

    def test_a_month_after_the_last_answer(self):
        with freeze_time("2026-12-24 09:00:00"):
            self.assertFalse(self.due())
            self.assertFalse(self.card.check_due)
        self.env.invalidate_all()
        with freeze_time("2026-12-24 09:00:01"):
            self.assertEqual(self.due(), self.card | self.other)
            self.assertTrue(self.card.check_due)
            self.verify(self.card, "unknown")
            self.assertIn(self.card, self.due())
            self.verify(self.card, "valid")
            self.assertEqual(self.due(), self.other)
            self.assertNotIn(self.other, self.Card.search([("check_due", "=", False)]))

    def test_the_figure_of_the_firm_counts(self):
        self.env["security.parameter"].create(
            {
                "code": "card_check_days",
                "name": "Verification",
                "unit": "days",
                "value_number": 7,
                "company_id": self.company.id,
                "source": "Test",
            }
        )
        with freeze_time("2026-11-30 09:00:01"):
            self.assertEqual(self.due(), self.card | self.other)

    def test_cards_that_allow_no_work_are_not_due(self):
        self.card.action_suspend()
        with freeze_time("2027-01-24"):
            self.assertEqual(self.due(), self.other)

    # ------------------------------------------------------------
    # Several at once, with their proof
    # ------------------------------------------------------------

    def record_many(self, **vals):
        cards = (self.card | self.other).with_user(self.officer)
        form = Form.from_action(self.env(user=self.officer), cards.action_verify_many())
        for name, value in vals.items():
            setattr(form, name, value)
        wizard = form.save()
        return wizard

    def test_one_result_for_several_cards(self):
        wizard = self.record_many(result="valid", method="portal", note="List of May")
        wizard.attachment_ids = (
            self.env["ir.attachment"]
            .with_user(self.officer)
            .create({"name": "screen.png", "raw": b"proof", "res_model": wizard._name})
        )
        wizard.action_confirm()
        for card in self.card | self.other:
            check = card._last_check()
            self.assertEqual(
                (check.result, check.method, check.note, check.user_id),
                ("valid", "portal", "List of May", self.officer),
            )
            self.assertEqual(check.attachment_ids.raw, b"proof")
            self.assertEqual(check.attachment_ids.res_id, check.id)

    def test_the_proof_cannot_be_taken_away(self):
        wizard = self.record_many(result="valid")
        wizard.attachment_ids = (
            self.env["ir.attachment"]
            .with_user(self.officer)
            .create({"name": "screen.png", "raw": b"proof", "res_model": wizard._name})
        )
        wizard.action_confirm()
        proof = self.card._last_check().attachment_ids.with_user(self.officer)
        self.assertEqual(proof.raw, b"proof")
        for forbidden in (
            lambda: proof.write({"raw": b"rewritten"}),
            lambda: proof.unlink(),
        ):
            with self.assertRaises(AccessError):
                forbidden()

    def test_the_file_of_another_record_is_no_proof(self):
        secret = self.env["ir.attachment"].create(
            {"name": "pay.pdf", "raw": b"x", "res_model": "res.partner", "res_id": 1}
        )
        with self.assertRaises(UserError):
            self.verify(self.card, attachment_ids=[(4, secret.id)])

    # ------------------------------------------------------------
    # The list for the checker
    # ------------------------------------------------------------

    def export(self, cards, lang=None):
        action = cards.with_user(self.officer).action_export_checker()
        number = int(action["url"].split("/")[4])
        wizard = self.env["security.card.check.export"].browse(number)
        self.assertTrue(action["url"].endswith("?download=true"))
        wizard = wizard.with_user(self.officer).with_context(lang=lang)
        return base64.b64decode(wizard.file)

    def test_the_list_comes_back_filled(self):
        self.boris.name = "=Boris Le Goff"
        content = self.export(self.card | self.other)
        self.assertTrue(content.startswith("\N{BYTE ORDER MARK}".encode()))
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        self.assertEqual(rows[0][:5], ["Surname", "Guard", "NUB", "Number", "Activity"])
        self.assertEqual(
            [row[:5] for row in rows[1:]],
            [
                ["Le Goff", "'=Boris Le Goff", "1055859", self.other.number, "SH"],
                ["Test", "Anna Test", "0123456", self.card.number, "SH"],
            ],
        )
        for row in rows[1:]:
            row[7:9] = ["valid", "22/11/2026"]
        text = "\n".join(";".join(row) for row in rows)
        wizard = self.check_file(text)
        self.assertEqual(wizard.line_ids.mapped("status"), ["new", "new"])

    # ------------------------------------------------------------
    # The import
    # ------------------------------------------------------------

    def check_file(self, text, encoding="utf-8"):
        wizard = (
            self.env["security.card.check.import"]
            .with_user(self.officer)
            .create({"file": base64.b64encode(text.encode(encoding))})
        )
        wizard.action_check()
        return wizard

    def lines(self, *lines):
        return HEADER + "".join(f"{line}\n" for line in lines)

    def test_nothing_is_written_before_every_line_is_right(self):
        before = self.Check.search_count([])
        wizard = self.check_file(
            self.lines(
                f"{self.card.number};valide;20/11/2026;annuaire;",
                "CAR-999-2029-02-01-20240999999;valide;20/11/2026;;",
                f"{self.other.number};peut-être;24/11/2026;;",
            )
        )
        self.assertEqual(wizard.line_ids.mapped("status"), ["new", "error", "error"])
        self.assertIn("No card of the firm", wizard.line_ids[1].problem)
        self.assertIn("“peut-être” is not a result", wizard.line_ids[2].problem)
        self.assertIn("future", wizard.line_ids[2].problem)
        self.assertEqual(wizard.error_count, 2)
        wizard.action_record()
        self.assertEqual(self.Check.search_count([]), before)
        self.assertEqual(wizard.state, "checked")

    def test_twice_changes_nothing(self):
        text = self.lines(
            f"{self.card.number};valide;20/11/2026;portail;Vu",
            f"{self.other.number};sans réponse;20/11/2026;;",
            f"{self.card.number};oui;20/11/2026;;",
        )
        wizard = self.check_file(text, "cp1252")
        self.assertEqual(wizard.line_ids.mapped("status"), ["new", "new", "known"])
        wizard.action_record()
        self.assertEqual(wizard.state, "done")
        check = self.card.check_ids.filtered("imported")
        self.assertEqual(
            (check.result, check.method, check.note, check.user_id),
            ("valid", "portal", "Vu", self.officer),
        )
        self.assertEqual(str(check.date), "2026-11-19 23:00:00")
        count = self.Check.search_count([])
        again = self.check_file(text)
        self.assertEqual(set(again.line_ids.mapped("status")), {"known"})
        again.action_record()
        self.assertEqual(self.Check.search_count([]), count)

    def test_by_surname_and_nub(self):
        wizard = self.check_file(
            "surname,nub,result,date\nTEST,0123456,not valid,2026-11-20\n"
            "Martin,0123456,valid,2026-11-20\n"
        )
        self.assertEqual(wizard.line_ids.mapped("status"), ["new", "error"])
        wizard = self.check_file(
            "surname,nub,result,date\nTEST,0123456,not valid,2026-11-20\n"
        )
        wizard.action_record()
        self.assertEqual(self.card.state, "suspended")

    def test_two_cards_of_one_number_need_the_activity(self):
        self.new_card(activity_id=self.cyno.id)
        text = f"number;result;date\n{self.card.number};valid;20/11/2026\n"
        wizard = self.check_file(text)
        self.assertIn("several cards", wizard.line_ids.problem)
        text = (
            f"number;activity;result;date\n{self.card.number};cyno;valid;20/11/2026\n"
        )
        self.assertEqual(self.check_file(text).line_ids.card_id.activity_id, self.cyno)

    def test_the_words_of_the_screens_are_understood(self):
        self.speak_french()
        for lang in ("en_US", "fr_FR"):
            fields = self.Check._fields
            for name in ("result", "method"):
                choices = fields[name]._description_selection(
                    self.env(context={"lang": lang})
                )
                for key, label in choices:
                    text = f"number;result;date;method\n{self.card.number};"
                    values = {"result": "ok", "method": "other", name: label}
                    text += f"{values['result']};20/11/2026;{values['method']}\n"
                    line = self.check_file(text).line_ids
                    self.assertEqual(line[name], key, (label, line.problem))

    def test_the_list_in_french_comes_back_too(self):
        self.speak_french()
        content = self.export(self.card, "fr_FR")
        text = content.decode("utf-8-sig").replace(";;;;", ";Valable;22/11/2026;;")
        self.assertIn("Dernière vérification;Résultat;Date;Moyen;Note", text)
        self.assertEqual(self.check_file(text).line_ids.status, "new")

    def speak_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"].search(
            [("name", "=", "security_workforce")]
        )._update_translations(["fr_FR"])

    def test_what_is_no_list(self):
        for text, words in (
            ("\n", "no line"),
            ("PK\0", "not a text file"),
            ("a;b\n1;2\n", "Number (or Surname and NUB), Result, Date"),
        ):
            with self.assertRaises(UserError) as caught:
                self.check_file(text)
            self.assertIn(words, str(caught.exception))

    def test_the_cards_of_another_firm_are_unknown(self):
        other = self.env["res.company"].create({"name": "Second Guarding"})
        guard = self.env["hr.employee"].create(
            {"name": "Carl Test", "company_id": other.id}
        )
        card = self.new_card(guard, number="CAR-075-2029-02-01-20240123499")
        wizard = self.check_file(self.lines(f"{card.number};valide;20/11/2026;;"))
        self.assertIn("No card of the firm", wizard.line_ids.problem)

    def test_queries_do_not_grow_with_the_lines(self):
        counts = []
        for number in (1, 40):
            guards = self.env["hr.employee"].create(
                [
                    {"name": f"Guard {number} {n}", "company_id": self.company.id}
                    for n in range(number)
                ]
            )
            cards = self.Card.create(
                [
                    {
                        "employee_id": guard.id,
                        "activity_id": self.sh.id,
                        "number": f"CAR-075-2027-01-01-2022{number:02}{index:05}",
                    }
                    for index, guard in enumerate(guards)
                ]
            )
            text = self.lines(*(f"{c.number};valide;20/11/2026;;" for c in cards))
            wizard = self.check_file(text)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(len(wizard._read_lines()), number)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
