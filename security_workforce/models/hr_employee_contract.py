from odoo import fields, models

from .hr_version import HR


def _of_version(field_class, name, **kwargs):
    """A field of the version, shown on the employee.

    ``inherited`` ties it to ``_inherits``, as hr does for its own; the groups must be
    said again, or a reader of employees without HR rights could not read any.
    """
    return field_class(
        related=f"version_id.{name}",
        readonly=False,
        inherited=True,
        groups=HR,
        **kwargs,
    )


class HrEmployee(models.Model):
    """The terms of the contract that the working-time rules read."""

    _inherit = "hr.employee"

    security_regime_id = _of_version(
        fields.Many2one, "security_regime_id", check_company=True
    )
    security_annex = _of_version(fields.Selection, "security_annex")
    security_coefficient = _of_version(fields.Integer, "security_coefficient")
    security_level = _of_version(fields.Char, "security_level")
    security_night_worker = _of_version(fields.Boolean, "security_night_worker")
    security_weekly_hours = _of_version(fields.Float, "security_weekly_hours")
    security_cycle = _of_version(fields.Boolean, "security_cycle")
