import subprocess
from io import BytesIO
from tempfile import NamedTemporaryFile

from pypdf import PdfReader

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time, new_test_user, tagged

from .common import ALL, NOW, OPERATIONS
from .training import TrainingCase

MODELS = (
    "security.training.session",
    "security.training.slot",
    "security.training.attendee",
)
WIZARDS = ("security.training.proposal", "security.training.proposal.line")
# group: (on the register, in the dialogs)
RIGHTS = {
    "base.group_user": (set(), set()),
    "base.group_portal": (set(), set()),
    "hr.group_hr_user": (ALL, ALL),
    "security_workforce.group_security_user": (set(), set()),
    "security_workforce.group_security_access_officer": (set(), set()),
    "security_workforce.group_security_operator": (set(), set()),
    "security_workforce.group_security_planner": ({"read"}, set()),
    "security_workforce.group_security_compliance_officer": ({"read"}, set()),
    "security_workforce.group_security_credential_officer": (ALL, ALL),
    "security_workforce.group_security_manager": (ALL, ALL),
}


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestTrainingRights(TrainingCase):
    def test_each_group_and_operation(self):
        for group, (register, dialogs) in RIGHTS.items():
            user = new_test_user(
                self.env,
                f"training_{group.rpartition('.')[2]}",
                groups=group,
                company_id=self.company.id,
                company_ids=[Command.set(self.company.ids)],
            )
            for models, expected in ((MODELS, register), (WIZARDS, dialogs)):
                for model in models:
                    Model = self.env[model].with_user(user)
                    allowed = {name for name in OPERATIONS if Model.has_access(name)}
                    self.assertEqual(allowed, expected, (group, model))

    def test_a_planner_sees_who_and_when_but_no_cost(self):
        session = self.new_session(cost_session=400)
        attendee = self.seat(session, self.anna).with_user(self.planner)
        (read,) = session.with_user(self.planner).read(["display_name", "date_start"])
        self.assertTrue(read["date_start"])
        self.assertEqual(attendee.employee_id.name, "Anna Test")
        for name in ("cost_session", "cost_seat", "cost_total"):
            with self.assertRaises(AccessError):
                session.with_user(self.planner).read([name])
        with self.assertRaises(AccessError):
            attendee.read(["email"])

    def test_a_reader_presses_no_button(self):
        session = self.new_session()
        attendee = self.seat(session, self.anna)
        for user in (
            self.planner,
            self.new_user("training_compliance", "group_security_compliance_officer"),
        ):
            seen, seat = session.with_user(user), attendee.with_user(user)
            for step in (
                seen.action_confirm,
                seen.action_cancel,
                seen.action_propose,
                seen.action_propose_days,
                seen.action_convoke,
                seat.action_accept,
                seat.action_cancel,
                lambda seat=seat: seat.write({"note": "x"}),
                lambda seen=seen: seen.write({"note": "x"}),
            ):
                with self.assertRaises(AccessError):
                    step()
        self.assertEqual((session.state, attendee.state), ("draft", "proposed"))

    def test_a_guard_writes_no_training_of_his_own(self):
        guard = self.new_user("training_guard")
        self.anna.user_id = guard
        session = self.new_session()
        attendee = self.seat(session, self.boris)
        for forbidden in (
            lambda: self.Attendee.with_user(guard).create(
                {"session_id": session.id, "employee_id": self.anna.id}
            ),
            lambda: attendee.with_user(guard).read(["state"]),
            lambda: session.with_user(guard).read(["state"]),
            attendee.with_user(guard).action_pass,
        ):
            with self.assertRaises(AccessError):
                forbidden()

    def test_the_whole_life_by_hr_and_the_officer(self):
        self.new_line(valid_from="2025-03-01")
        session = self.new_session().with_user(self.hr)
        action = session.action_propose()
        wizard = (
            self.env["security.training.proposal"]
            .with_user(self.hr)
            .create({"session_id": action["context"]["default_session_id"]})
        )
        wizard.action_add()
        session.action_confirm()
        with freeze_time("2026-12-07 18:00:00"):
            session.action_all_present()
            session.with_user(self.officer).action_all_passed()
            session.action_done()
        self.assertEqual(session.state, "done")
        self.assertEqual(len(session.attendee_ids), 1)
        self.assertEqual(session.attendee_ids.state, "passed")

    def test_another_firm_sees_nothing(self):
        other = self.env["res.company"].create({"name": "Second Guarding"})
        officer = new_test_user(
            self.env,
            "training_other",
            groups="security_workforce.group_security_credential_officer,"
            "hr.group_hr_user",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        session = self.new_session()
        self.seat(session)
        env = self.env(user=officer, context={"allowed_company_ids": other.ids})
        for model in MODELS:
            self.assertFalse(env[model].search([]), model)
        for record in (session, session.slot_ids[0], session.attendee_ids[0]):
            with self.assertRaises(AccessError):
                record.with_env(env).read(["display_name"])
            with self.assertRaises(AccessError):
                record.with_env(env).unlink()
        theirs = env["security.training.session"].create(
            {"course_id": self.mac_sst.id, "company_id": other.id}
        )
        with self.assertRaisesRegex(Exception, "Anna Test|compan"):
            self.seat(theirs.sudo(), self.anna)

    def test_the_file_of_a_guard_leads_to_his_trainings(self):
        session = self.new_session()
        self.seat(session)
        self.assertEqual(self.anna.with_user(self.hr).security_training_count, 1)
        for record, user in (
            (self.anna, self.hr),
            (self.env["hr.employee.public"].browse(self.anna.id), self.planner),
        ):
            action = record.with_user(user).action_open_trainings()
            found = self.Attendee.with_user(user).search(action["domain"])
            self.assertEqual(found.employee_id.id, self.anna.id)

    def test_the_views_open_for_each_reader(self):
        for user in (self.hr, self.planner, self.officer):
            for model, kinds in (
                (MODELS[0], ("list", "form", "kanban", "calendar", "pivot", "graph")),
                (MODELS[2], ("list", "form", "kanban", "pivot", "search")),
            ):
                for kind in kinds:
                    arch = self.env[model].with_user(user).get_view(view_type=kind)
                    costs = "cost_total" in arch["arch"]
                    if costs:
                        self.assertNotEqual(user, self.planner, kind)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestTrainingSheet(TrainingCase, HttpCase):
    """HttpCase: the PDF engine fetches its styles from the server."""

    def text(self, session, user=None):
        reports = type(self.env["ir.actions.report"])
        render = reports._run_wkhtmltopdf
        # Debian's engine draws the web fonts of Odoo as shapes without words.
        style = "<style>* {font-family: sans-serif !important}</style></head>"

        def in_system_font(records, bodies, *args, **kwargs):
            bodies = [str(body).replace("</head>", style) for body in bodies]
            return render(records, bodies, *args, **kwargs)

        self.patch(reports, "_run_wkhtmltopdf", in_system_font)
        report = self.env["ir.actions.report"].with_user(user or self.hr)
        with self.allow_pdf_render():
            content, kind = report.with_context(
                force_report_rendering=True
            )._render_qweb_pdf("security_workforce.report_training_sheet", session.ids)
        self.assertEqual(kind, "pdf")
        self.pages = len(PdfReader(BytesIO(content)).pages)
        with NamedTemporaryFile(suffix=".pdf") as file:
            file.write(content)
            file.flush()
            text = subprocess.run(
                ["pdftotext", "-layout", file.name, "-"],
                check=True,
                capture_output=True,
                text=True,
            ).stdout
        return " ".join(text.split())

    def test_what_an_inspector_reads(self):
        session = self.new_session(
            self.mac_aps,
            place_id=self.body.id,
            trainer_name="Claire Formatrice",
            reference="S-2026-014",
            declared_on="2026-11-20",
        )
        _anna, boris = self.seat(session)
        session.action_confirm()
        boris.action_cancel()
        text = self.text(session)
        for words in (
            "Guarding: card renewal course",
            "34 h",
            "S-2026-014",
            "Vigie Formation",
            "69002 Lyon",
            "Claire Formatrice",
            "11/20/2026",
            "Anna Test",
            "Mon 7 Dec",
            "Fri 11 Dec",
            "AUT-075-2127-01-01-20270000001",
            "prérogative de puissance publique",
        ):
            self.assertIn(words, text.replace("\xa0", " "))
        self.assertNotIn("Boris Test", text)
        self.assertEqual(self.pages, 1)

    def test_a_long_course_goes_on_on_more_sheets(self):
        session = self.new_session(self.env.ref("security_workforce.training_ssiap1"))
        self.seat(session)
        text = self.text(session, self.officer)
        self.assertEqual(self.pages, 2)
        self.assertEqual(text.count("Anna Test"), 2)
        self.assertIn("Mon 14 Dec", text)

    def test_in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.company.partner_id.lang = "fr_FR"
        session = self.new_session()
        self.seat(session)
        text = self.text(session)
        for words in ("Feuille de présence", "lun. 7 déc.", "Formateur"):
            self.assertIn(words, text)
