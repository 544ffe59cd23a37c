from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

KINDS = [
    ("initial", "First visit (VIP)"),
    ("periodic", "Periodic visit (VIP)"),
    ("night", "Night worker's visit"),
    ("return", "Return to work"),
    ("reinforced", "Reinforced follow-up (SIR)"),
]
# The figure that says how many months may pass until the next visit. A visit of return
# does not move the next periodic one.
FIGURES = {
    "initial": "visit_months",
    "periodic": "visit_months",
    "night": "visit_night_months",
    "reinforced": "visit_reinforced_months",
}


class SecurityAptitude(models.Model):
    """A visit to the occupational physician: its day, and what the work must respect.

    Data protection: a date, a conclusion and restrictions of work. Never a diagnosis,
    and nobody but HR and the card officers reads it.
    """

    _name = "security.aptitude"
    _description = "Medical Follow-up Visit"
    _order = "date desc, id desc"
    _rec_name = "employee_id"
    _check_company_auto = True

    employee_id = fields.Many2one(
        "hr.employee", string="Guard", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True
    )
    kind = fields.Selection(KINDS, required=True, default="periodic")
    date = fields.Date(
        string="Visited on", required=True, default=fields.Date.context_today
    )
    next_date = fields.Date(
        string="Next visit before",
        compute="_compute_next_date",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        help="Last day for the next visit. The physician may set an earlier one.",
    )
    conclusion = fields.Selection(
        [
            ("attended", "Seen, no restriction"),
            ("restricted", "With restrictions"),
            ("unfit", "Unfit for the job"),
        ],
        required=True,
        default="attended",
    )
    restriction_ids = fields.Many2many(
        "security.aptitude.restriction",
        string="Restrictions",
        help="What the planning must respect. Never write a diagnosis.",
    )
    document_ref = fields.Char(
        string="Document reference", help="Reference of the attestation or opinion."
    )
    document_filename = fields.Char()
    document_file = fields.Binary(string="Document", attachment=True)

    _dates_check = models.Constraint(
        "CHECK(next_date >= date)", "The next visit is before this one."
    )

    @api.depends("date", "kind", "employee_id")
    def _compute_next_date(self):
        for visit in self:
            months = visit._months_to_the_next()
            visit.next_date = months and visit.date + relativedelta(months=months)

    def _months_to_the_next(self):
        """The legal figure on the day of the visit; zero: nothing is proposed."""
        code = FIGURES.get(self.kind)
        if not (code and self.date):
            return 0
        # sudo: the contract is not for a card officer to read.
        version = self.sudo().employee_id.version_id
        if code == "visit_months" and version.security_night_worker:
            code = "visit_night_months"
        figures = (
            version._security_parameters()
            if version
            else self.env["security.parameter"]._for(company=self.env.company)
        )
        known = figures.has(code, self.date)
        return int(figures.value(code, self.date)) if known else 0

    @api.depends("employee_id.name", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for visit in self:
            name = visit.employee_id.name or ""
            visit.display_name = f"{name} ({kinds.get(visit.kind, '')})"
