from datetime import timedelta

from odoo import fields, models

from .workforce_files import BODY

# Guards who refreshed their first aid some months ago; the last one failed.
REFRESHED = ("ads", "chief")
TRAINEES = 6
PAST_DAYS = 150


class SecurityDemo(models.AbstractModel):
    """The trainings of the firm: one that was given, two that are being prepared."""

    _inherit = "security.demo"

    def _create_guards_as_officer(self, company):
        result = super()._create_guards_as_officer(company)
        today = fields.Date.context_today(self)
        body = self._create_body(company)
        self._give_training(company, body, today)
        self._prepare_training(
            company, body, "MAC-APS-27", today + timedelta(days=45), 4_200
        )
        self._prepare_training(
            company, body, "MAC-SST", today + timedelta(days=30), 900
        )
        return result

    def _create_body(self, company):
        # sudo: the officer records trainings, not partners.
        return (
            self.env["res.partner"]
            .sudo()
            .create(
                {
                    "name": BODY,
                    "is_company": True,
                    "street": "14 rue des Ateliers",
                    "zip": "93100",
                    "city": "Montreuil",
                    "country_id": company.country_id.id,
                }
            )
        )

    def _create_session(self, company, body, code, first_day, cost, **vals):
        course = self.env["security.training.course"].search([("code", "=", code)])
        session = self.env["security.training.session"].create(
            {
                "course_id": course.id,
                "company_id": company.id,
                "date_first": first_day,
                "body_id": body.id,
                "place_id": body.id,
                "trainer_name": "Hélène Maurin",
                "cost_session": cost,
                **vals,
            }
        )
        session.action_propose_days()
        return session

    def _give_training(self, company, body, today):
        """A refresher of first aid, taught, closed and written on the files."""
        first_day = today - timedelta(days=PAST_DAYS)
        session = self._create_session(company, body, "MAC-SST", first_day, 900)
        guards = self._demo_guards(*REFRESHED)[:TRAINEES]
        self.env["security.training.attendee"].create(
            [{"session_id": session.id, "employee_id": guard.id} for guard in guards]
        )
        session.action_confirm()
        session.action_all_present()
        session.attendee_ids[-1].action_fail()
        session.action_all_passed()
        session.action_done()

    def _prepare_training(self, company, body, code, first_day, cost):
        """A session with the guards whose title ends soonest, not announced yet."""
        session = self._create_session(
            company, body, code, first_day, cost, seats=8 if code == "MAC-SST" else 12
        )
        wizard = self.env["security.training.proposal"].create(
            {"session_id": session.id}
        )
        if wizard.line_ids.filtered("selected"):
            wizard.action_add()
