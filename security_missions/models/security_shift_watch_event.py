from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("reminder", "Guard reminded"),
    ("on_my_way", "On the way"),
    ("amber", "Late"),
    ("red", "Not there: to replace"),
    ("client", "Client told"),
    ("missed", "Nobody came"),
    ("limit", "Limit of the service reached"),
    ("acknowledged", "Taken in charge"),
    ("called", "Guard called"),
    ("note", "Remark"),
    ("decision", "Kept beyond the limit"),
]


# Lets a step keep the activities it has asked for.
KEEPING = object()


class SecurityShiftWatchEvent(models.Model):
    """What was done about a shift, when and by whom: added to, never changed.

    ``late_minutes`` says by how much a step came after the moment it was due: a
    server that was stopped does not rewrite when people were told.
    """

    _name = "security.shift.watch.event"
    _description = "Watch Event of a Shift"
    _order = "date desc, id desc"
    _check_company_auto = True

    shift_id = fields.Many2one(
        "security.shift", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="shift_id.company_id", store=True, index=True)
    site_id = fields.Many2one(related="shift_id.site_id", store=True, index=True)
    employee_id = fields.Many2one("hr.employee", "Guard", index="btree_not_null")
    kind = fields.Selection(KINDS, "Event", required=True, index=True)
    date = fields.Datetime("Done At", required=True, default=fields.Datetime.now)
    date_due = fields.Datetime("Due At")
    late_minutes = fields.Integer("Told Late (min)", aggregator="max")
    user_id = fields.Many2one("res.users", "Done By", index="btree_not_null")
    told_to = fields.Char(help="Empty: there was no address to write to.")
    email = fields.Char(
        groups="hr.group_hr_user,security_workforce.group_security_planner,"
        "security_workforce.group_security_operator"
    )
    lang = fields.Char("Language")
    date_until = fields.Datetime("Until", help="The decision holds until then.")
    note = fields.Char("Why")
    activity_ids = fields.Many2many("mail.activity", string="Activities")

    # Two runs at once cannot do the same step: the second one is undone.
    _once = models.UniqueIndex(
        "(shift_id, kind, date_due, employee_id) WHERE date_due IS NOT NULL",
        "This step has been done already.",
    )
    _decision_has_its_reason = models.Constraint(
        "CHECK (kind <> 'decision' OR (user_id IS NOT NULL AND note <> ''"
        " AND date_until IS NOT NULL))",
        "A guard is kept beyond the limit by somebody, for a reason, until an hour.",
    )

    # pylint: disable=method-required-super
    def write(self, vals):
        keeping = self.env.context.get("security_watch_log") is KEEPING
        if keeping and set(vals) == {"activity_ids"}:
            return super().write(vals)
        raise UserError(
            self.env._("The log of the watch is only added to: add a remark instead.")
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What was done about a shift is never deleted."))

    @api.depends("kind", "shift_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for event in self:
            event.display_name = self.env._(
                "%(shift)s: %(step)s",
                shift=event.shift_id.display_name,
                step=labels.get(event.kind, ""),
            )
