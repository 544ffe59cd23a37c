from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import IncidentCommon


@tagged("post_install", "-at_install")
class TestIncident(IncidentCommon):
    def test_shift_fills_the_incident(self):
        form = Form(
            self.env["security.incident"]
            .with_user(self.operator)
            .with_context(default_shift_id=self.shift.id)
        )
        self.assertEqual(form.site_id, self.site)
        self.assertEqual(form.post_id, self.post)
        self.assertEqual(form.employee_id.id, self.guard.id)
        form.title = "Window broken"
        form.post_id = self.other_post
        incident = form.save()
        self.assertEqual(incident.state, "draft")
        self.assertEqual(incident.post_id, self.other_post, "The place stays editable")
        self.assertEqual(incident.company_id, self.env.company)

    def test_without_a_shift(self):
        incident = self._report(shift_id=False, site_id=self.site.id)
        self.assertFalse(incident.post_id)
        self.assertFalse(incident.employee_id)

    def test_reference_counts_from_one_each_year(self):
        this_year = self._report()
        following = self._report()
        last_year = self._report(
            date=fields.Datetime.now() - timedelta(days=365), shift_id=self.shift.id
        )
        self.assertRegex(this_year.name, r"^INC/\d{4}/\d{5}$")
        number = int(this_year.name[-5:])
        self.assertEqual(following.name, f"{this_year.name[:-5]}{number + 1:05}")
        self.assertEqual(
            int(last_year.name.split("/")[1]), int(this_year.name.split("/")[1]) - 1
        )

    def test_reference_cannot_be_chosen(self):
        self.assertNotEqual(self._report(name="INC/1999/00001").name, "INC/1999/00001")

    def test_report_close_reopen(self):
        incident = self._close(self._report())
        self.assertEqual(incident.state, "closed")
        self.assertEqual(incident.closed_by, self.operator)
        self.assertTrue(incident.closed_date)
        action = incident.action_reopen()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.operator)
            .with_context(**action["context"])
            .create({"reason": "New pictures."})
        )
        wizard.action_confirm()
        self.assertEqual(incident.state, "open")
        self.assertFalse(incident.closing_note)
        self.assertFalse(incident.closed_by)
        thread = incident.message_ids[0].body
        self.assertIn("New pictures", thread)
        self.assertIn("Glass replaced.", thread)

    def test_closing_needs_a_note(self):
        incident = self._report()
        incident.action_report()
        for note in (False, "", "  \n"):
            incident.closing_note = note
            with self.assertRaisesRegex(UserError, "closing note"):
                incident.action_close()
        self.assertEqual(incident.state, "open")

    def test_database_refuses_a_closure_without_a_note(self):
        incident = self._report()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env.cr.execute(
                "UPDATE security_incident SET state = 'closed' WHERE id = %s",
                [incident.id],
            )

    def test_steps_in_order(self):
        incident = self._report()
        with self.assertRaisesRegex(UserError, "Draft"):
            incident.action_close()
        incident.action_report()
        with self.assertRaises(UserError):
            incident.action_report()

    def test_closed_is_frozen(self):
        incident = self._close(self._report())
        changes = {
            "title": "Nothing happened",
            "description": "<p>Nothing</p>",
            "severity": "3",
            "date": fields.Datetime.now(),
            "closing_note": "Other",
            "shift_id": False,
        }
        for name, value in changes.items():
            with self.subTest(name), self.assertRaisesRegex(UserError, "is closed"):
                incident.write({name: value})
        incident.message_post(body="A word may still be added")

    def test_state_only_through_the_buttons(self):
        incident = self._report()
        for vals in ({"state": "closed"}, {"closed_by": self.operator.id}):
            with self.assertRaisesRegex(UserError, "buttons"):
                incident.write(vals)
            with self.assertRaisesRegex(UserError, "buttons"):
                incident.with_context(security_incident_transition=True).write(vals)
        with self.assertRaisesRegex(UserError, "buttons"):
            self._report(state="closed", closing_note="Done")
        with self.assertRaisesRegex(UserError, "buttons"):
            self.env["security.incident"].with_context(default_state="open").create(
                {"title": "Forged", "shift_id": self.shift.id, "state": "open"}
            )

    def test_not_in_the_future(self):
        with self.assertRaisesRegex(ValidationError, "future"):
            self._report(date=fields.Datetime.now() + timedelta(minutes=1))

    def test_post_of_another_site(self):
        elsewhere = self.env["security.post"].create(
            {"name": "Gate", "site_id": self._make_site(self.env.company).id}
        )
        with self.assertRaisesRegex(ValidationError, "not of the site"):
            self._report(post_id=elsewhere.id)
        with self.assertRaisesRegex(ValidationError, "not of the site"):
            self._report(site_id=elsewhere.site_id.id)

    def test_needs_a_site_and_a_title(self):
        for vals in ({"site_id": self.site.id}, {"title": "Nowhere"}):
            with (
                self.subTest(vals),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
            ):
                self.env["security.incident"].create(vals)

    def test_count_on_the_shift(self):
        self.assertEqual(self.shift.incident_count, 0)
        incidents = self._report() | self._report()
        self.shift.invalidate_recordset(["incident_count"])
        self.assertEqual(self.shift.incident_count, 2)
        action = self.shift.action_open_incidents()
        self.assertEqual(
            self.env["security.incident"].search(action["domain"]), incidents
        )

    def test_found_by_reference_and_summary(self):
        incident = self._report(title="Strange noise")
        for words in (incident.name, "strange"):
            found = self.env["security.incident"].name_search(words)
            self.assertIn(incident.id, [key for key, __ in found])
