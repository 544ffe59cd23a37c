from odoo import api, fields, models


class HrEmployee(models.Model):
    """The guard's file: qualifications, dogs, medical follow-up, right to work."""

    _inherit = "hr.employee"

    security_qualification_ids = fields.One2many(
        "hr.employee.skill",
        "employee_id",
        string="Qualifications",
        domain=[("skill_type_id.is_regulated", "=", True)],
        groups="hr.group_hr_user",
    )
    security_dog_ids = fields.One2many(
        "security.dog", "employee_id", string="Dogs", groups="hr.group_hr_user"
    )
    security_aptitude_ids = fields.One2many(
        "security.aptitude",
        "employee_id",
        string="Medical follow-up",
        groups="hr.group_hr_user",
    )
    security_uniform_number = fields.Char(
        string="Number on the uniform",
        compute="_compute_security_uniform_number",
        groups="hr.group_hr_user",
        help="Last seven digits of the NUB (order of 18 July 2023).",
    )
    security_permit_required = fields.Boolean(
        related="version_id.security_permit_required",
        inherited=True,
        readonly=False,
        groups="hr.group_hr_user",
    )
    security_permit_jobs = fields.Char(
        string="Permitted jobs and area",
        groups="hr.group_hr_user",
        tracking=True,
        help="The job and the area that the permit is limited to (Labour code "
        "L8251-1). Empty: no limit.",
    )
    security_permit_receipt_until = fields.Date(
        string="Permit receipt until",
        groups="hr.group_hr_user",
        tracking=True,
        help="Last day of a renewal receipt that allows to work.",
    )
    security_permit_checked_on = fields.Date(
        string="Permit sent to the prefect on",
        groups="hr.group_hr_user",
        tracking=True,
        help="The prefect is asked at least two working days before hiring (Labour "
        "code R5221-41). Not needed for somebody registered with France Travail: "
        "put the day you saw that registration.",
    )
    security_declared_on = fields.Date(
        string="Hiring declared on",
        groups="hr.group_hr_user",
        tracking=True,
        help="Declaration before hiring, DPAE (Labour code L1221-10).",
    )

    @api.depends("card_ids.nub", "card_ids.state", "card_ids.date_last_day")
    def _compute_security_uniform_number(self):
        for employee in self:
            cards = employee.card_ids.filtered(
                lambda card: card.nub and card.state != "withdrawn"
            ).sorted(lambda card: (card.state != "draft", str(card.date_last_day)))
            nub = cards[-1:].nub
            employee.security_uniform_number = nub and nub[-7:]

    def action_open_qualifications(self):
        """Open the regulated qualifications of this guard."""
        return self.env["hr.employee.skill"]._action_of_guard(self.id, self.name)
