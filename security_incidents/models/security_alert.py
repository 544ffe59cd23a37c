from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, format_datetime

from ..engine import alert as engine

KINDS = [
    ("sos", "SOS"),
    ("check_missed", "Check not answered"),
    ("lost_contact", "Lost contact"),
    ("relief_missing", "Guard or relief not there"),
    ("round_missed", "Round missed"),
    ("round_late", "Round late"),
    ("other", "Other alarm"),
]
STATES = [
    ("raised", "To take"),
    ("acknowledged", "Taken"),
    ("shelved", "Shelved"),
    ("closed", "Closed"),
]
OPEN = ("raised", "acknowledged", "shelved")
OPERATOR = "security_workforce.group_security_operator"
PLANNER = "security_workforce.group_security_planner"
CHANNEL = "security_alerts"


class SecurityAlert(models.Model):
    """Something that cannot wait: raised, taken by somebody, closed with a note.

    A register: nobody writes it through the ORM, only the steps below do, each with
    its line in the log of the alarm. ``raised_at`` is the time of the fact, which a
    phone without network sends late; ``received_at`` is when the server knew.
    """

    _name = "security.alert"
    _description = "Security Alarm"
    _order = "raised_at desc, id desc"
    _check_company_auto = True

    kind = fields.Selection(KINDS, required=True, readonly=True, index=True)
    key = fields.Char(
        readonly=True,
        export_string_translation=False,
        help="The same fact told twice makes one alarm.",
    )
    details = fields.Text("What Is Known", readonly=True)
    silent = fields.Boolean(
        readonly=True,
        help="The guard asked for no sound: call nobody on his phone, send somebody.",
    )
    # Who and where
    employee_id = fields.Many2one(
        "hr.employee",
        "Guard",
        readonly=True,
        index="btree_not_null",
        check_company=True,
    )
    shift_id = fields.Many2one(
        "security.shift",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    post_id = fields.Many2one(
        "security.post", readonly=True, index="btree_not_null", check_company=True
    )
    site_id = fields.Many2one(
        "security.site", readonly=True, index="btree_not_null", check_company=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    position_ids = fields.One2many(
        "security.alert.position", "alert_id", "Positions", readonly=True
    )
    # Its life
    state = fields.Selection(
        STATES, required=True, readonly=True, default="raised", index=True
    )
    raised_at = fields.Datetime("Happened At", required=True, readonly=True)
    received_at = fields.Datetime(
        required=True, readonly=True, help="When the server knew of it."
    )
    normal_at = fields.Datetime(
        "Over Since",
        readonly=True,
        help="The cause ended by itself; somebody closes the alarm all the same.",
    )
    acknowledged_by = fields.Many2one(
        "res.users", "Taken By", readonly=True, index="btree_not_null"
    )
    acknowledged_at = fields.Datetime("Taken At", readonly=True)
    shelved_from = fields.Datetime(readonly=True)
    shelved_until = fields.Datetime(readonly=True)
    shelved_reason = fields.Char("Why Shelved", readonly=True)
    closed_by = fields.Many2one("res.users", readonly=True)
    closed_at = fields.Datetime(readonly=True)
    closing_note = fields.Text(readonly=True)
    level = fields.Integer(
        "Escalation",
        readonly=True,
        help="How many times more people were told, since nobody had taken it.",
    )
    next_change = fields.Datetime(
        readonly=True, help="When more people are told, or the shelving ends."
    )
    event_ids = fields.One2many(
        "security.alert.event", "alert_id", "Log", readonly=True
    )

    _key_uniq = models.UniqueIndex(
        "(company_id, kind, key) WHERE key IS NOT NULL",
        "This alarm was raised already.",
    )
    # Two runs of the cron at once: a guard's silence is one alarm, not a salvo.
    _one_silence = models.UniqueIndex(
        "(shift_id, kind) WHERE state <> 'closed'"
        " AND kind IN ('check_missed', 'lost_contact', 'relief_missing')",
        "This shift has an alarm of that kind already.",
    )
    _due_idx = models.Index("(next_change) WHERE next_change IS NOT NULL")
    _open_idx = models.Index("(company_id) WHERE state <> 'closed'")
    _closed_is_explained = models.Constraint(
        "CHECK (state <> 'closed' OR (closed_at IS NOT NULL AND closing_note <> ''"
        " AND closing_note IS NOT NULL))",
        "An alarm is closed with a note that says what was done.",
    )
    _taken_by_somebody = models.Constraint(
        "CHECK (state <> 'acknowledged' OR acknowledged_at IS NOT NULL)",
        "An alarm that is taken says since when.",
    )
    _sos_is_never_shelved = models.Constraint(
        "CHECK (kind <> 'sos' OR shelved_until IS NULL)",
        "An SOS is never put aside: take it.",
    )

    @api.depends("kind", "employee_id", "site_id", "raised_at")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for alert in self:
            # sudo: an operator reads the name of a guard, whatever of his file he may.
            about = alert.sudo()
            parts = (
                labels.get(alert.kind),
                about.employee_id.name,
                about.site_id.name,
                about._at(about.raised_at),
            )
            alert.display_name = ", ".join(part for part in parts if part)

    def _at(self, instant):
        """An instant on the clock of the site."""
        return instant and format_datetime(
            self.env, instant, tz=self._clock(), dt_format="dd/MM HH:mm"
        )

    def _clock(self):
        return self.site_id.tz or self.company_id.partner_id.tz or "Europe/Paris"

    # ------------------------------------------------------------
    # ENGINE
    # ------------------------------------------------------------

    def _facts(self):
        """This alarm, for the engine."""
        self.ensure_one()
        return engine.Alert(
            kind=self.kind,
            received=self.received_at,
            acknowledged=self.acknowledged_at or None,
            closed=self.closed_at or None,
            normal=self.normal_at or None,
            shelved_from=self.shelved_from or None,
            shelved_until=self.shelved_until or None,
        )

    # ------------------------------------------------------------
    # TOOLS
    # ------------------------------------------------------------

    def _require_watcher(self):
        """Refuse whoever neither watches nor plans, and other firms' alarms."""
        self.check_access("read")
        if not any(self.env.user.has_group(group) for group in (OPERATOR, PLANNER)):
            raise AccessError(
                self.env._(
                    "Operators and planners handle alarms: ask the control room."
                )
            )

    def _lock(self):
        """One person at a time: the second reads what the first has done.

        PostgreSQL makes the second wait, then start again with fresh facts.
        """
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM security_alert WHERE id IN %s FOR UPDATE",
                tuple(self.ids),
            )
        )
        self.invalidate_recordset()

    def _require_open(self):
        for alert in self.sudo():
            if alert.state == "closed":
                raise UserError(
                    self.env._(
                        "%(alert)s was closed by %(user)s at %(time)s: nothing is left "
                        "to do there. Read its note.",
                        alert=alert.display_name,
                        user=alert.closed_by.name or "?",
                        time=alert._at(alert.closed_at),
                    )
                )

    def _tell(self):
        """Tell the screens that are open which alarms to read again: ids, no more."""
        for company, alerts in self.grouped("company_id").items():
            self.env["bus.bus"]._sendone(
                (company, CHANNEL), CHANNEL, {"ids": alerts.ids}
            )
