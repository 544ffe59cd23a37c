from odoo import api, fields, models

from .security_parameter import ANNEXES

HR = "hr.group_hr_user"
# Given to an employee whose contract is made from a template.
TEMPLATE_FIELDS = [
    "security_regime_id",
    "security_annex",
    "security_coefficient",
    "security_level",
    "security_night_worker",
    "security_weekly_hours",
    "security_cycle",
]


class HrVersion(models.Model):
    """The part of a contract that the working-time rules read, dated as it is."""

    _inherit = "hr.version"

    security_regime_id = fields.Many2one(
        "security.regime",
        string="Working-time regime",
        groups=HR,
        tracking=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Which of two competing texts applies; empty: the regime of the firm.",
    )
    security_annex = fields.Selection(
        ANNEXES,
        string="Annex",
        groups=HR,
        tracking=True,
        help="Annex of the collective agreement that the job falls under.",
    )
    security_coefficient = fields.Integer(
        string="Coefficient",
        groups=HR,
        tracking=True,
        help="Coefficient of the contract (120 to 800); 0: not recorded.",
    )
    security_level = fields.Char(
        string="Level",
        groups=HR,
        tracking=True,
        help="Level and step, as the payslip states them.",
    )
    security_night_worker = fields.Boolean(
        string="Night worker",
        groups=HR,
        tracking=True,
        help="At least twice a week 3 hours of night, or 270 hours in 12 months "
        "(CT L3122-5, L3122-23): stricter averages and medical follow-up apply.",
    )
    security_weekly_hours = fields.Float(
        string="Contract hours",
        groups=HR,
        tracking=True,
        help="Hours a week of the contract; 0: those of the working schedule.",
    )
    security_cycle = fields.Boolean(
        string="Works in cycles",
        groups=HR,
        tracking=True,
        default=True,
        help="Time organised in cycles or periods (agreement of 18 May 1993, art. 2): "
        "longer weekly rest.",
    )

    _security_coefficient_check = models.Constraint(
        "CHECK(security_coefficient >= 0)", "A coefficient cannot be negative."
    )
    _security_weekly_hours_check = models.Constraint(
        "CHECK(security_weekly_hours BETWEEN 0 AND 168)",
        "The contract hours of a week are between 0 and 168.",
    )

    @api.model
    def _get_whitelist_fields_from_template(self):
        return super()._get_whitelist_fields_from_template() + TEMPLATE_FIELDS

    def _security_hours(self):
        """Hours a week of the contract; 0 when nothing says them."""
        self.ensure_one()
        return (
            self.security_weekly_hours or self.resource_calendar_id.hours_per_week or 0
        )

    def _security_parameters(self):
        """The legal figures of this contract.

        :rtype: engine.parameters.Parameters
        """
        self.ensure_one()
        return self.env["security.parameter"]._for(
            self.security_regime_id, self.security_annex, self.company_id
        )
