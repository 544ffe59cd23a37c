from odoo import fields, models


class HrEmployee(models.Model):
    """The kind of the work permit, which the staff register names."""

    _inherit = "hr.employee"

    security_permit_kind = fields.Char(
        string="Kind of work permit",
        groups="hr.group_hr_user",
        tracking=True,
        help="As written on it, e.g. “carte de résident”. Named by the staff register "
        "(Labour code D1221-23).",
    )
