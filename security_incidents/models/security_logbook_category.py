from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import ormcache


class SecurityLogbookCategory(models.Model):
    _name = "security.logbook.category"
    _description = "Category of the Log Book"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, help="Sealed with each entry: it is never changed."
    )
    sequence = fields.Integer(default=50)
    active = fields.Boolean(default=True)
    is_quick = fields.Boolean("On the Phone", default=True)
    is_for_client = fields.Boolean(
        "Client May Read", default=True, help="On the days that are released to him."
    )

    _code_unique = models.Constraint(
        "UNIQUE(code)", "Two categories cannot have the same code."
    )

    @api.model
    @ormcache("code")
    def _id_of(self, code):
        """Id of the category with this code, archived or not; if there is none, of the
        one for all else."""
        # sudo: guards have no right to read what a category is called in the office.
        found = self.sudo().with_context(active_test=False)
        known = found.search([("code", "in", (code, "other"))])
        return (known.filtered(lambda c: c.code == code) or known)[:1].id

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        changed = self.filtered(lambda c: vals.get("code", c.code) != c.code)
        used = [("category_id", "in", changed.ids)]
        # sudo: whether it is in use does not depend on who asks.
        if changed and self.env["security.logbook.entry"].sudo().search_count(
            used, limit=1
        ):
            raise UserError(
                self.env._(
                    "“%(category)s” is sealed in entries of the log book, so its code "
                    "stays: archive it and make another one.",
                    category=changed[0].name,
                )
            )
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
