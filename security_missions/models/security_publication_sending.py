import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from .security_publication import typed_channel

REPORT = "security_missions.report_publication"


class SecurityPublication(models.Model):
    """Handing versions over: the PDF, one mail for each guard, the reminder."""

    _inherit = "security.publication"

    email = fields.Char(
        compute="_compute_email",
        compute_sudo=True,
        groups="security_workforce.group_security_planner",
    )

    @api.depends("employee_id.work_email", "employee_id.private_email")
    def _compute_email(self):
        for version in self:
            guard = version.employee_id
            version.email = guard.work_email or guard.private_email

    @api.model
    def _cron_send(self):
        """Print and mail what is pending, guard by guard: what is done stays done."""
        pending = self.search([("state", "=", "pending")], order="published_at, id")
        by_guard = pending.grouped("employee_id")
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(by_guard))
        for versions in by_guard.values():
            # Some may have been replaced, or sent by a planner, while others were.
            if waiting := versions.filtered(lambda v: v.state == "pending"):
                waiting._send()
            if not cron._commit_progress(1):
                break

    def action_send(self):
        """Print and mail these versions now, rather than in a moment."""
        self.check_access("read")
        self._check_planner()
        for versions in self.filtered("is_current").grouped("employee_id").values():
            versions._send()

    def _send(self):
        """One mail to the guard of these versions, with a PDF for each month."""
        for version in self:
            version._print()
        address = self[0].sudo().email
        if address:
            template = self.env.ref("security_missions.mail_template_publication")
            # sudo: the address and the language are those of the private file.
            template.sudo().send_mail(
                self[0].id,
                email_values={"attachment_ids": self.sudo().attachment_id.ids},
            )
        self.employee_id._wake_phones(
            lambda env: env._("Your rota is published or has changed: read it."), "rota"
        )
        first = self.filtered(lambda version: not version.sent_at)
        if first and address:
            first._answer({"sent_at": fields.Datetime.now()})
        self._answer({"state": "sent" if address else "no_address"})

    def _print(self):
        """Keep the PDF of this version, in the language of its guard."""
        self.ensure_one()
        version = self.sudo()
        if version.attachment_id:
            return
        version = version.with_context(lang=version._guard_lang())
        content, kind = version.env["ir.actions.report"]._render_qweb_pdf(
            REPORT, version.ids
        )
        name = f"{version.display_name}.{'pdf' if kind == 'pdf' else 'html'}"
        attachment = version.env["ir.attachment"].create(
            {
                "name": name.replace("/", "-"),
                "raw": content,
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self._answer(
            {
                "attachment_id": attachment.id,
                "attachment_sha256": self._pdf_digest(attachment),
            }
        )

    def _guard_lang(self):
        employee = self.employee_id.sudo()
        return (
            employee.user_id.lang
            or employee.lang
            or self.company_id.partner_id.lang
            or self.env.lang
        )

    @api.model
    def _pdf_digest(self, attachment):
        return hashlib.sha256(attachment.raw or b"").hexdigest()

    # ------------------------------------------------------------
    # Acknowledgement
    # ------------------------------------------------------------

    def action_remind(self):
        """Mail again those who have not said that they have read their rota."""
        self._check_planner()
        waiting = self.filtered(lambda v: v.is_current and not v.acknowledged_at)
        if not waiting:
            raise UserError(
                self.env._("Every guard selected has acknowledged his last version.")
            )
        for versions in waiting.grouped("employee_id").values():
            versions._send()
        waiting._answer({"reminded_at": fields.Datetime.now()})

    def action_acknowledge(self):
        """Type in that the guard has told us he has read it."""
        self._check_planner()
        self._acknowledge(typed_channel(self.env))

    def _acknowledge(self, channel, when=None):
        """The guard has read these versions, and what they replaced with them.

        :param channel: a key of CHANNELS
        :param when: naive UTC, when he said it; now when nothing is given
        """
        waiting = self.filtered(lambda version: not version.acknowledged_at)
        old = waiting.filtered(lambda version: not version.is_current)
        if old:
            raise UserError(
                self.env._(
                    "%(version)s was replaced since: read the last version instead.",
                    version=old[0].display_name,
                )
            )
        if waiting:
            waiting._answer(
                {
                    "acknowledged_at": when or fields.Datetime.now(),
                    "acknowledged_by_id": self.env.uid,
                    "acknowledgement_channel": channel,
                }
            )
            waiting.sudo()._mark_shifts()

    def _check_planner(self):
        """Registers are written by nobody; their answers are typed by planners."""
        self.check_access("read")
        self.env["security.shift"].check_access("write")
