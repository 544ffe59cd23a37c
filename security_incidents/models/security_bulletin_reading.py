from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError


class SecurityBulletinReading(models.Model):
    """One guard and one bulletin: read, and when, or not yet."""

    _name = "security.bulletin.reading"
    _description = "Reading of a Bulletin"
    _order = "read_at, id"
    _check_company_auto = True

    bulletin_id = fields.Many2one(
        "security.bulletin", required=True, index=True, ondelete="cascade"
    )
    employee_id = fields.Many2one(
        "hr.employee", "Guard", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="bulletin_id.company_id", store=True, index=True, precompute=True
    )
    read_at = fields.Datetime(
        readonly=True, help="When the guard said that he has read it, by his phone."
    )
    received_at = fields.Datetime("Known At", readonly=True)
    reminded_at = fields.Datetime(readonly=True)

    _guard_uniq = models.Constraint(
        "UNIQUE (bulletin_id, employee_id)", "This guard has his line already."
    )
    _unread_idx = models.Index("(employee_id) WHERE read_at IS NULL")

    def _acknowledge(self, at):
        """This guard has read it at ``at``; the first time counts."""
        # sudo: a guard writes no register; whose line it is was checked by its rule.
        for reading in self.sudo().filtered(lambda r: not r.read_at):
            reading.write({"read_at": at, "received_at": fields.Datetime.now()})

    def action_remind(self):
        """Remind those who have not read it, now."""
        self.check_access("write")
        if not self.filtered(lambda r: not r.read_at):
            raise UserError(
                self.env._("All of them have read it: nobody is left to remind.")
            )
        self.filtered(lambda r: not r.read_at)._send_reminder()

    def _remind(self, now):
        """Those whose delay is over, once."""
        due = self.filtered(
            lambda r: (
                not r.read_at
                and not r.reminded_at
                and r.company_id.security_bulletin_reminder
                and r.create_date
                + timedelta(hours=r.company_id.security_bulletin_reminder)
                <= now
            )
        )
        due._send_reminder()

    def _send_reminder(self):
        # sudo: the address of a guard is in his file.
        for reading in self.sudo():
            guard = reading.employee_id
            partner = guard.user_id.partner_id or guard.work_contact_id
            if partner:
                env = reading.with_context(lang=partner.lang).env
                reading.env["mail.thread"].message_notify(
                    model=self._name,
                    res_id=reading.id,
                    subject=env._(
                        "To read: %(bulletin)s", bulletin=reading.bulletin_id.name
                    ),
                    body=env._(
                        "Open the guard's page, read this bulletin and confirm that "
                        "you have read it."
                    ),
                    partner_ids=partner.ids,
                    force_send=False,
                )
        self.sudo().employee_id._wake_phones(
            lambda env: env._("A bulletin still waits for you: read it."), "bulletins"
        )
        self.sudo().write({"reminded_at": fields.Datetime.now()})
