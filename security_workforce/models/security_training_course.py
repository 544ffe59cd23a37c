from odoo import fields, models


class SecurityTrainingCourse(models.Model):
    """A course a guard may have to follow, with the hours the law asks."""

    _name = "security.training.course"
    _description = "Security Training Course"
    _order = "code, id"
    _rec_names_search = ["code", "name"]

    code = fields.Char(required=True, copy=False)
    name = fields.Char(required=True, translate=True)
    hours = fields.Float(help="Shortest duration the text allows.")
    validity_months = fields.Integer(
        string="Valid for (months)", help="Zero: what it gives has no end date."
    )
    mac = fields.Boolean(
        string="Renews a Card", help="Course asked before a card is renewed."
    )
    activity_id = fields.Many2one("security.activity", index="btree_not_null")
    legal_reference = fields.Char()
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "Another course already has this code."
    )
    _positive = models.Constraint(
        "CHECK(hours >= 0 AND validity_months >= 0)",
        "Hours and months of validity cannot be negative: type zero or more.",
    )
    _mac_activity = models.Constraint(
        "CHECK(mac IS NOT TRUE OR activity_id IS NOT NULL)",
        "Choose the activity whose card this course renews.",
    )
