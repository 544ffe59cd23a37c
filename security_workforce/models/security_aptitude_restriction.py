from odoo import fields, models


class SecurityAptitudeRestriction(models.Model):
    """A limit to the work of a guard, in words of work: never of health."""

    _name = "security.aptitude.restriction"
    _description = "Restriction of Work"
    _order = "sequence, code, id"
    _rec_names_search = ["name", "code"]

    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "Another restriction already has this code."
    )
