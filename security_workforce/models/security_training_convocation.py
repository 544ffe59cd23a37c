from odoo import api, fields, models

from ..engine import calendar_file
from .security_training_attendee import EXPECTED
from .security_training_session import COST_READERS, TRANSITION

CONVOCATIONS = [
    ("none", "Not sent"),
    ("sent", "Sent"),
    ("outdated", "To be sent again"),
    ("no_address", "No address"),
]
CRON_BATCH = 50


class SecurityTrainingAttendee(models.Model):
    """Each guard is told once where and when, and again when it changes."""

    _inherit = "security.training.attendee"

    convocation = fields.Selection(
        CONVOCATIONS, required=True, readonly=True, default="none", copy=False
    )
    convoked_on = fields.Datetime(string="Convoked on", readonly=True, copy=False)
    email = fields.Char(
        compute="_compute_email", compute_sudo=True, groups=COST_READERS
    )
    mail_failed = fields.Boolean(
        string="Mail not delivered",
        compute="_compute_mail_failed",
        compute_sudo=True,
        groups=COST_READERS,
    )

    @api.depends("employee_id.work_email", "employee_id.private_email")
    def _compute_email(self):
        for attendee in self:
            guard = attendee.employee_id
            attendee.email = guard.work_email or guard.private_email

    def _compute_mail_failed(self):
        failed = self.env["mail.mail"].search(
            [
                ("model", "=", self._name),
                ("res_id", "in", self.ids),
                ("state", "=", "exception"),
            ]
        )
        failed_ids = set(failed.mapped("res_id"))
        for attendee in self:
            attendee.mail_failed = attendee.id in failed_ids

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _send_convocation(self):
        """Convoke these attendees of one session, who are booked from now on."""
        self._with_address()._send(
            "mail_template_training_convocation", self.session_id._calendar_file()
        )
        for attendee in self:
            state = "invited" if attendee.state == "proposed" else attendee.state
            told = (
                {"convocation": "sent", "convoked_on": fields.Datetime.now()}
                if attendee.sudo().email
                else {"convocation": "no_address"}
            )
            attendee._move(state, **told)

    def _send_cancellation(self):
        self._with_address()._send("mail_template_training_cancelled")

    def _with_address(self):
        return self.filtered(lambda attendee: attendee.sudo().email)

    def _send(self, template, attachments=()):
        """Hand a mail for each of them to the mail queue, in his own language."""
        if self:
            # sudo: the address and the language are those of the private file.
            self.env.ref(f"security_workforce.{template}").sudo().send_mail_batch(
                self.ids,
                email_values={"attachment_ids": [a.id for a in attachments]},
            )

    def _half_days_in_words(self):
        """The half-days as the mail lists them, on the clock of the place."""
        session = self.session_id.with_env(self.env)
        return [
            self.env._(
                "%(day)s, %(start)s to %(stop)s", day=day, start=start, stop=stop
            )
            for day, start, stop in session._half_days_local(date_format="full")
        ]


class SecurityTrainingSession(models.Model):
    """The mails of a session: who is still to be told, and of what."""

    _inherit = "security.training.session"

    to_convoke_count = fields.Integer(
        string="To be convoked", compute="_compute_to_convoke"
    )
    unreachable = fields.Char(
        string="Without an address", compute="_compute_to_convoke"
    )
    # Calendar programs take the highest one.
    revision = fields.Integer(readonly=True, copy=False)

    @api.depends(
        "attendee_ids.convocation",
        "attendee_ids.state",
        "attendee_ids.employee_id.work_email",
        "attendee_ids.employee_id.private_email",
        "state",
    )
    def _compute_to_convoke(self):
        for session in self:
            session.to_convoke_count = len(session._to_convoke())
            unreachable = session.attendee_ids.filtered(
                lambda a: a.convocation == "no_address" and a.state in EXPECTED
            )
            session.unreachable = ", ".join(unreachable.mapped("employee_id.name"))

    def action_convoke(self):
        """Convoke those who were not, and those who were told other dates.

        Also those who had no address until now.
        """
        self.check_access("write")
        self._send_convocations()

    def _to_convoke(self):
        return self.filtered(lambda s: s.state == "confirmed").attendee_ids.filtered(
            lambda a: (
                a.state in EXPECTED
                and (
                    a.convocation in ("none", "outdated")
                    or (a.convocation == "no_address" and a.sudo().email)
                )
            )
        )

    def _send_convocations(self):
        for session in self:
            if attendees := session._to_convoke():
                attendees._send_convocation()
                session._note_convocations(attendees)

    def _note_convocations(self, attendees):
        told = attendees._with_address()
        if told:
            self.message_post(
                body=self.env._(
                    "Convocation sent to %s.",
                    ", ".join(told.mapped("employee_id.name")),
                )
            )
        if silent := attendees - told:
            self.message_post(
                body=self.env._(
                    "No mail address: tell %s another way.",
                    ", ".join(silent.mapped("employee_id.name")),
                )
            )

    def _send_cancellations(self):
        for session in self:
            session.attendee_ids.filtered(
                lambda a: a.state in EXPECTED and a.convoked_on
            )._send_cancellation()

    def _dates_changed(self):
        """Those who were told something else are to be told again."""
        for session in self.filtered(lambda s: s.state == "confirmed"):
            session.revision += 1
            session.attendee_ids.filtered(
                lambda a: a.convocation == "sent" and a.state in EXPECTED
            ).with_context(security_training_transition=TRANSITION).write(
                {"convocation": "outdated"}
            )

    def _calendar_file(self):
        """The half-days as an attachment that any calendar program opens."""
        # sudo: the name of this database, so that no other one writes the same.
        parameters = self.env["ir.config_parameter"].sudo()
        database = parameters.get_param("database.uuid")
        note = f"{self.course_id.name}\n{self.body_id.name or self.company_id.name}"
        meetings = [
            calendar_file.Appointment(
                uid=f"training-slot-{slot.id}@{database}",
                start=slot.date_start,
                stop=slot.date_stop,
                title=self.course_id.name,
                place=self._place_in_words(),
                note=note,
                sequence=self.revision,
            )
            for slot in self.slot_ids.sorted("date_start")
        ]
        content = calendar_file.write(meetings, fields.Datetime.now())
        return self.env["ir.attachment"].create(
            {
                "name": self.env._("training.ics"),
                "raw": content,
                "mimetype": "text/calendar",
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    @api.model
    def _cron_convocations(self):
        """Tell again those whose dates changed, when nobody pressed the button."""
        attendees = self.env["security.training.attendee"].search(
            [
                ("convocation", "=", "outdated"),
                ("state", "in", EXPECTED),
                ("session_id.state", "=", "confirmed"),
                ("date_stop", ">", fields.Datetime.now()),
            ],
            order="date_start, id",
        )
        sessions = attendees.session_id
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(sessions))
        for first in range(0, len(sessions), CRON_BATCH):
            batch = sessions[first : first + CRON_BATCH]
            for session in batch:
                outdated = attendees.filtered(lambda a, s=session: a.session_id == s)
                outdated._send_convocation()
                session._note_convocations(outdated)
            cron._commit_progress(len(batch))
