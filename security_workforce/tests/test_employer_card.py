"""The employer's card: refused while anything is missing, read back from the PDF."""

import base64
import io
import subprocess
import tempfile
from pathlib import Path

from PIL import Image
from psycopg2 import IntegrityError
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, WorkforceCase

REPORT = "security_workforce.security_employer_card_report"
# Points of a card of 85.60 by 53.98 mm.
WIDTH, HEIGHT = 85.60 / 25.4 * 72, 53.98 / 25.4 * 72
SENTENCE = "aucune prérogative de puissance publique"
EVERY = ("read", "write", "create", "unlink")
RIGHTS = {
    "base.group_user": (),
    "base.group_portal": (),
    "security_workforce.group_security_user": (),
    "security_workforce.group_security_planner": (),
    "security_workforce.group_security_operator": (),
    "security_workforce.group_security_access_officer": (),
    "security_workforce.group_security_compliance_officer": ("read",),
    "security_workforce.group_security_credential_officer": EVERY[:3],
    "security_workforce.group_security_manager": EVERY[:3],
    "hr.group_hr_user": EVERY[:3],
}


def picture(color="#00c800"):
    photo = io.BytesIO()
    Image.new("RGB", (300, 400), color).save(photo, "PNG")
    return base64.b64encode(photo.getvalue())


class EmployerCardCase(WorkforceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hr = cls.new_user("papers_hr", "hr.group_hr_user")
        cls.company.write(
            {
                "street": "24 rue de la Vigie",
                "zip": "93200",
                "city": "Saint-Denis",
                "security_authorisation_number": "AUT-093-2125-03-12-20260000042",
            }
        )
        cls.anna.write({"birthday": "1990-02-01", "image_1920": picture()})
        cls.card = cls.new_card()
        cls.EmployerCard = cls.env["security.employer.card"]

    def issue(self, guards=None, user=None):
        cards = self.EmployerCard.with_user(user or self.officer)
        return cards._issue((guards or self.anna).ids)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestEmployerCard(EmployerCardCase):
    def test_everything_missing_is_said_at_once(self):
        self.company.write({"city": False, "security_authorisation_number": False})
        self.anna.write({"birthday": False, "image_1920": False})
        with self.assertRaises(UserError) as refusal:
            self.issue(self.anna | self.boris)
        firm, anna, boris = str(refusal.exception).splitlines()[1:]
        for words in ("street, postcode and town", "authorisation number"):
            self.assertIn(words, firm)
        for words in ("Anna Test", "photograph", "birth date"):
            self.assertIn(words, anna)
        for words in ("Boris Test", "photograph", "birth date", "valid professional"):
            self.assertIn(words, boris)
        self.assertNotIn("professional card", anna)
        self.assertFalse(self.EmployerCard.search([("employee_id", "=", self.anna.id)]))

    def test_drawn_initials_are_no_photograph(self):
        self.anna.image_1920 = self.anna._avatar_generate_svg()
        with self.assertRaisesRegex(UserError, "Anna Test: a recent photograph"):
            self.issue()

    def test_only_valid_cards_count(self):
        self.card.action_suspend()
        with self.assertRaisesRegex(UserError, "valid professional card"):
            self.issue()
        self.card.action_reinstate()
        self.new_card(activity_id=self.sge.id, verified=False)
        self.assertEqual(self.issue().card_ids, self.card)

    def test_the_day_the_card_ends(self):
        with freeze_time("2029-02-01 09:00:00"):
            self.assertTrue(self.issue())
        with freeze_time("2029-02-02 09:00:00"), self.assertRaises(UserError):
            self.issue()

    def test_a_dog_handler_without_his_dog(self):
        cyno = self.new_card(activity_id=self.cyno.id)
        with self.assertRaisesRegex(UserError, "the dog named on"):
            self.issue()
        dog = self.env["security.dog"].create(
            {
                "name": "Rex",
                "employee_id": self.anna.id,
                "identification": "250269600000001",
            }
        )
        with self.assertRaisesRegex(UserError, "the dog named on"):
            self.issue()
        dog.card_id = cyno
        self.assertEqual(self.issue().card_ids, self.card | cyno)

    def test_the_ledger(self):
        first = self.issue()
        self.assertEqual(str(first.issued_on), "2026-11-23")
        self.assertEqual(first.issued_by_id, self.officer)
        self.assertEqual(self.issue(), first, "printed again, not handed out again")
        self.new_card(activity_id=self.sge.id)
        second = self.issue()
        self.assertNotEqual(second, first)
        self.assertFalse(first.returned_on, "it is still to be handed back")
        first.action_return()
        self.assertEqual(str(first.returned_on), "2026-11-23")
        bodies = " ".join(map(str, self.anna.message_ids.mapped("body")))
        self.assertEqual(bodies.count("card handed out"), 2)
        self.assertEqual(bodies.count("handed back"), 1)
        for step in (first.action_return, first.action_print):
            with self.assertRaisesRegex(UserError, "was handed back"):
                step()
        with self.assertRaisesRegex(UserError, "only its dates"):
            first.employee_id = self.boris
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            second.returned_on = "2026-11-22"
            self.env.flush_all()

    def test_from_guards_and_from_cards(self):
        self.boris.write({"birthday": "1991-03-02", "image_1920": picture()})
        other = self.new_card(self.boris, number="CAR-075-2029-02-01-20240123457")
        guards = (self.anna | self.boris).with_user(self.hr)
        action = guards.action_employer_card()
        self.assertEqual(
            action["report_name"], "security_workforce.report_employer_card"
        )
        cards = (self.card | other).with_user(self.officer)
        self.assertEqual(
            cards.action_employer_card()["context"]["active_ids"],
            action["context"]["active_ids"],
        )

    def test_rights(self):
        for group, allowed in RIGHTS.items():
            user = self.env["res.users"].create(
                {
                    "name": group,
                    "login": f"papers_{group}",
                    "group_ids": [Command.set(self.env.ref(group).ids)],
                    "company_id": self.company.id,
                    "company_ids": [Command.set(self.company.ids)],
                }
            )
            model = self.EmployerCard.with_user(user)
            for operation in EVERY:
                self.assertEqual(
                    model.has_access(operation),
                    operation in allowed,
                    (group, operation),
                )
        planner = self.new_user("papers_planner", "group_security_planner")
        with self.assertRaises(AccessError):
            self.issue(user=planner)
        with self.assertRaises(AccessError):
            self.card.with_user(planner).action_employer_card()
        report = self.env["ir.actions.report"].with_user(planner)
        with self.assertRaises(AccessError):
            report._render_qweb_html(REPORT, self.issue().ids)

    def test_another_firm(self):
        card = self.issue()
        other = self.env["res.company"].create({"name": "Second Guarding"})
        stranger = self.new_user("papers_stranger", "group_security_credential_officer")
        stranger.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        env = self.env(user=stranger, context={"allowed_company_ids": other.ids})
        theirs = env["security.employer.card"]
        self.assertFalse(theirs.search([]))
        with self.assertRaises(AccessError):
            card.with_env(env).action_return()
        with self.assertRaisesRegex(AccessError, "another company"):
            theirs._issue(self.boris.ids)

    def test_queries_do_not_grow_with_the_guards(self):
        guards = self.env["hr.employee"].create(
            [
                {
                    "name": f"Guard {n}",
                    "company_id": self.company.id,
                    "birthday": "1990-01-01",
                    "image_1920": picture(),
                }
                for n in range(12)
            ]
        )
        for n, guard in enumerate(guards):
            self.new_card(guard, number=f"CAR-075-2029-02-01-202401{n:05}")
        self.issue(guards)

        def queries(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.EmployerCard._refuse_missing(some.ids)
            return self.env.cr.sql_log_count - before

        queries(guards[:1])
        self.assertEqual(queries(guards), queries(guards[:2]))


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestEmployerCardPrint(EmployerCardCase, HttpCase):
    def printed(self, cards):
        """(pages as pictures, text of each page), of the real PDF."""
        report = self.env["ir.actions.report"].with_user(self.officer)
        with self.allow_pdf_render():
            pdf, __ = report.with_context(force_report_rendering=True)._render_qweb_pdf(
                REPORT, cards.ids
            )
        for page in PdfReader(io.BytesIO(pdf)).pages:
            self.assertAlmostEqual(float(page.mediabox.width), WIDTH, delta=1)
            self.assertAlmostEqual(float(page.mediabox.height), HEIGHT, delta=1)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "cards.pdf")
            path.write_bytes(pdf)
            command = ["pdftoppm", "-r", "300", "-png", str(path), f"{folder}/page"]
            subprocess.run(command, check=True)
            text = subprocess.run(
                ["pdftotext", "-layout", str(path), "-"],
                check=True,
                capture_output=True,
            ).stdout.decode()
            pages = [
                Image.open(io.BytesIO(page.read_bytes())).convert("RGB")
                for page in sorted(Path(folder).glob("page*.png"))
            ]
        texts = [" ".join(page.split()) for page in text.split("\f")][: len(pages)]
        return pages, texts

    def test_the_five_contents(self):
        cyno = self.new_card(activity_id=self.cyno.id)
        self.env["security.dog"].create(
            {
                "name": "Rex",
                "employee_id": self.anna.id,
                "identification": "250269600000001",
                "card_id": cyno.id,
            }
        )
        (front, back), (face, reverse) = self.printed(self.issue())
        # The photograph itself, and white paper at the edge.
        self.assertEqual(
            front.getpixel((front.width // 5, front.height // 2)), (0, 200, 0)
        )
        for words in ("TEST", "Anna", "01/02/1990", "0123456", "Test Guarding"):
            self.assertIn(words, face)
        self.assertIn(self.cyno.with_context(lang=self.paper_lang()).name, face)
        for words in (
            "CAR-075-2029-02-01-20240123456 (SH)",
            "CAR-075-2029-02-01-20240123456 (CYNO)",
            "250269600000001",
            "24 rue de la Vigie, 93200 Saint-Denis",
            "AUT-093-2125-03-12-20260000042",
            SENTENCE,
            "23/11/2026",
        ):
            self.assertIn(words, reverse)
        self.assertEqual(back.getpixel((3, 3)), (255, 255, 255))

    def paper_lang(self):
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        return next((c for c in installed if c.startswith("fr")), "en_US")

    def test_two_sides_for_each_guard(self):
        self.boris.write({"birthday": "1991-03-02", "image_1920": picture("#c80000")})
        self.new_card(self.boris, number="CAR-075-2029-02-01-20240123457")
        pages, texts = self.printed(self.issue(self.boris | self.anna))
        self.assertEqual(len(pages), 4, "No empty page")
        self.assertIn("Boris", texts[0])
        self.assertIn("Anna", texts[2])

    def test_extremes_fit(self):
        name = "Wilhelmina-Maximiliane Anne-Charlotte"
        self.anna.write(
            {
                "name": "Extreme",
                "security_first_names": name,
                "security_surname": "de Montmorency-Bouteville von Hohenlohe-Waldeck",
            }
        )
        self.company.write(
            {
                "name": "Compagnie Générale Européenne de Gardiennage et de "
                "Télésurveillance du Grand Sud-Ouest",
                "street": "Zone industrielle des Quatre-Chemins, bâtiment B, 1247 bis "
                "avenue du Général-de-Gaulle",
                "security_trade_name": "Sécurité Grand Sud-Ouest",
            }
        )
        activities = self.env["security.activity"].search([], limit=10)
        for activity in activities - self.sh:
            self.new_card(activity_id=activity.id)
        dogs = [
            {
                "name": f"Dog {n}",
                "employee_id": self.anna.id,
                "identification": f"25026960000000{n}",
                "card_id": self.anna.card_ids.filtered(
                    lambda card: card.activity_id == self.cyno
                ).id,
            }
            for n in range(3)
        ]
        self.env["security.dog"].create(dogs)
        pages, (face, reverse) = self.printed(self.issue())
        self.assertEqual(len(pages), 2)
        self.assertNotIn("…", face + reverse)
        for activity in activities:
            self.assertIn(f"({activity.code})", reverse)
        for dog in dogs:
            self.assertIn(dog["identification"], reverse)
        for page in pages:
            # Nothing runs over the edge on the right, nor over the one below.
            self.assertWhite(page, (page.width - 12, 130, page.width, page.height))
            self.assertWhite(page, (0, page.height - 12, page.width, page.height))

    def assertWhite(self, page, box):
        low = [low for low, _high in page.crop(box).getextrema()]
        self.assertGreater(min(low), 245, box)
