from odoo import fields, models

KINDS = [
    ("raised", "Raised"),
    ("escalated", "More people told"),
    ("acknowledged", "Taken"),
    ("shelved", "Shelved"),
    ("unshelved", "Shelving over"),
    ("note", "Remark"),
    ("called", "Guard called"),
    ("withdrawn", "Withdrawn by the guard"),
    ("normal", "Over by itself"),
    ("closed", "Closed"),
]


class SecurityAlertEvent(models.Model):
    """What was done about an alarm, by whom and when; kept as it was written."""

    _name = "security.alert.event"
    _description = "Event of an Alarm"
    _inherit = ["security.append.only.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _forgets = ("user_id",)

    alert_id = fields.Many2one(
        "security.alert", "Alarm", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="alert_id.company_id", store=True, index=True, precompute=True
    )
    kind = fields.Selection(KINDS, "What", required=True)
    date = fields.Datetime("When", required=True, default=fields.Datetime.now)
    level = fields.Integer("Step")
    late_seconds = fields.Integer(
        "Late (s)", help="How long after it was due, when the server was stopped."
    )
    user_id = fields.Many2one("res.users", "By", index="btree_not_null")
    user_name = fields.Char("Name")
    told_to = fields.Char()
    note = fields.Char("Words")
