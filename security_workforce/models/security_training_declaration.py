from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .security_training_session import OPEN_STATES

PARAMETER = "mac_declaration_days"
# The responsible is told a week before the last day.
AHEAD = timedelta(days=7)
CRON_BATCH = 100


class SecurityTrainingSession(models.Model):
    """A session that renews cards is declared to the CNAPS before it starts."""

    _inherit = "security.training.session"

    declared_on = fields.Date(
        string="Declared to the CNAPS on", copy=False, tracking=True
    )
    declaration_due = fields.Date(
        string="To be declared by",
        compute="_compute_declaration_due",
        store=True,
        index="btree_not_null",
        help="Last day to declare a session that renews cards.",
    )
    declaration_late = fields.Boolean(compute="_compute_declaration_late")
    late_reason = fields.Text(
        string="Why the declaration is late",
        copy=False,
        tracking=True,
        help="What the firm would answer an inspector: asked before a session that "
        "was declared late is confirmed.",
    )
    # One activity for each last day: it moves with the session.
    declaration_alerted = fields.Date(readonly=True, copy=False)

    @api.depends("date_start", "course_id.mac", "company_id")
    def _compute_declaration_due(self):
        Parameter = self.env["security.parameter"].sudo()
        for session in self:
            session.declaration_due = False
            if session.date_start and session.course_id.mac:
                first = session._days()[0]
                figures = Parameter._for(company=session.company_id)
                if figures.has(PARAMETER, first):
                    days = figures.value(PARAMETER, first)
                    session.declaration_due = first - timedelta(days=days)

    @api.depends("declared_on", "declaration_due")
    def _compute_declaration_late(self):
        today = fields.Date.context_today(self)
        for session in self:
            due, day = session.declaration_due, session.declared_on or today
            session.declaration_late = bool(due) and day > due

    def write(self, vals):
        result = super().write(vals)
        if vals.get("declared_on"):
            self._declaration_activities().action_feedback()
        return result

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _check_declaration(self):
        """A late declaration is not forbidden, it is answered for."""
        for session in self:
            if session.declaration_late and not (session.late_reason or "").strip():
                raise UserError(
                    self.env._(
                        "“%(session)s” had to be declared to the CNAPS by %(day)s. "
                        "Move the session, or write why the declaration is late "
                        "before you confirm it.",
                        session=session.display_name,
                        day=format_date(self.env, session.declaration_due),
                    )
                )

    def _declaration_activities(self):
        kind = self.env.ref("security_workforce.mail_activity_type_declaration")
        return self.activity_ids.filtered(lambda a: a.activity_type_id == kind)

    @api.model
    def _cron_declarations(self):
        """Ask the responsible to declare, once for each last day.

        Looks at all that are due by now: a day without a run is caught up.
        """
        today = fields.Date.context_today(self)
        sessions = self.search(
            [
                ("state", "in", OPEN_STATES),
                ("declared_on", "=", False),
                ("declaration_due", "<=", today + AHEAD),
                ("date_stop", ">", fields.Datetime.now()),
            ],
            order="declaration_due, id",
        ).filtered(lambda s: s.declaration_alerted != s.declaration_due)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(sessions))
        for first in range(0, len(sessions), CRON_BATCH):
            batch = sessions[first : first + CRON_BATCH]
            batch._ask_to_declare()
            cron._commit_progress(len(batch))

    def _ask_to_declare(self):
        for session in self:
            session._declaration_activities().unlink()
            session.activity_schedule(
                "security_workforce.mail_activity_type_declaration",
                session.declaration_due,
                user_id=(session.user_id or self.env.user).id,
            )
            session.declaration_alerted = session.declaration_due
