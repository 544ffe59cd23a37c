from odoo import fields, models


class SecurityLoneCheck(models.Model):
    """A guard who works alone said that all is well: kept as the phone sent it."""

    _name = "security.lone.check"
    _description = "Answer of a Lone Worker"
    _inherit = ["security.append.only.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    shift_id = fields.Many2one(
        "security.shift", required=True, index=True, ondelete="restrict"
    )
    employee_id = fields.Many2one("hr.employee", "Guard", required=True, index=True)
    site_id = fields.Many2one(
        related="shift_id.site_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="shift_id.company_id", store=True, index=True, precompute=True
    )
    date = fields.Datetime(
        "Answered At", required=True, help="By the phone, corrected."
    )
    received_at = fields.Datetime(required=True, default=fields.Datetime.now)
    due = fields.Datetime(
        "For the Check Of", help="Empty: no check was due at that time."
    )
