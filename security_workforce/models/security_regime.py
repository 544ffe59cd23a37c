from odoo import fields, models


class SecurityRegime(models.Model):
    """A working-time regime: which of two competing texts a contract follows."""

    _name = "security.regime"
    _description = "Working-Time Regime"
    _order = "sequence, code, id"
    _check_company_auto = True
    _rec_names_search = ["code", "name"]

    code = fields.Char(required=True, copy=False)
    name = fields.Char(required=True, translate=True)
    description = fields.Text(
        translate=True, help="When a contract follows it, and what it changes."
    )
    company_id = fields.Many2one(
        "res.company",
        index=True,
        ondelete="cascade",
        help="Empty: every firm may use it.",
    )
    parameter_ids = fields.One2many(
        "security.parameter",
        "regime_id",
        string="Legal figures",
        help="The figures that differ from those of everybody.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))",
        "Another regime already has this code.",
    )

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        for regime, vals in zip(self, vals_list, strict=True):
            vals.setdefault("code", f"{regime.code}-COPY")
        return vals_list
