from odoo import fields, models


class ResCompany(models.Model):
    """Whether the joining and leaving lists open by themselves."""

    _inherit = "res.company"

    security_checklist_auto = fields.Boolean(
        string="Joining and leaving lists",
        help="Open a joining list for every new employee, who takes no shift before "
        "its mandatory steps are met, and a leaving list when a contract ends.",
    )
    security_leaving_days = fields.Integer(
        string="Leaving list opens",
        default=30,
        required=True,
        help="Days before the last day of a contract on which the leaving list opens.",
    )

    _security_leaving_days_check = models.Constraint(
        "CHECK(security_leaving_days BETWEEN 0 AND 365)",
        "A leaving list opens between 0 and 365 days before the last day.",
    )


class ResConfigSettings(models.TransientModel):
    """The same, in the settings of the app."""

    _inherit = "res.config.settings"

    security_checklist_auto = fields.Boolean(
        related="company_id.security_checklist_auto", readonly=False
    )
    security_leaving_days = fields.Integer(
        related="company_id.security_leaving_days", readonly=False
    )
