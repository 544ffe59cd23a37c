from odoo import api, fields, models

from ..engine import person_name

HR = "hr.group_hr_user"


class HrEmployee(models.Model):
    """Who somebody is on the papers of the firm: number, surname, first names."""

    _inherit = "hr.employee"

    security_registration_number = fields.Char(
        string="Registration number",
        groups=HR,
        tracking=True,
        copy=False,
        help="The number of the payroll and of the staff register.",
    )
    security_surname = fields.Char(
        string="Surname",
        compute="_compute_security_names",
        store=True,
        readonly=False,
        groups=HR,
        tracking=True,
        help="Birth name, as on the professional card.",
    )
    security_first_names = fields.Char(
        string="First names",
        compute="_compute_security_names",
        store=True,
        readonly=False,
        groups=HR,
        tracking=True,
    )

    _security_registration_uniq = models.UniqueIndex(
        "(company_id, security_registration_number) "
        "WHERE security_registration_number IS NOT NULL",
        "Somebody else of the firm already has this registration number.",
    )

    @api.depends("name")
    def _compute_security_names(self):
        for employee in self:
            surname, first_names = person_name.split(employee.name)
            known = f"{employee.security_first_names} {employee.security_surname}"
            # The same words in another order: somebody has put them right.
            if sorted(known.casefold().split()) != sorted(
                (employee.name or "").casefold().split()
            ):
                employee.security_surname = surname
                employee.security_first_names = first_names

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._tidy_registration(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._tidy_registration(vals))

    def _tidy_registration(self, vals):
        """The number as it is compared: no space around, none when empty."""
        name = "security_registration_number"
        if name not in vals:
            return vals
        return {**vals, name: (vals[name] or "").strip() or False}
