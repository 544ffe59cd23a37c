from odoo import api, fields, models
from odoo.exceptions import UserError


class SecurityCardCheck(models.Model):
    """The proof of a verification, kept as long and as untouched as the line."""

    _inherit = "security.card.check"

    attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Proof",
        help="Screen copy, letter: whatever shows the answer.",
    )
    imported = fields.Boolean(readonly=True, help="Read from a file of results.")

    # Two imports of one file at once: the second one is undone.
    _imported_once = models.UniqueIndex(
        "(card_id, date, result) WHERE imported",
        "This verification has been imported already.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        checks = super().create(vals_list)
        for check in checks.filtered("attachment_ids"):
            check._keep_proof()
        return checks

    def _keep_proof(self):
        """Tie the files to the line: nobody may write on it, hence on them."""
        user = self.env.user
        if any(a.res_id or a.create_uid != user for a in self.attachment_ids):
            # Another record's file would leave its owner's hands.
            raise UserError(
                self.env._(
                    "Add a file of your own as proof: this one is used elsewhere."
                )
            )
        # sudo: the files are the user's own, just added; from now on they are not.
        self.attachment_ids.sudo().write(
            {"res_model": self._name, "res_id": self.id, "public": False}
        )
