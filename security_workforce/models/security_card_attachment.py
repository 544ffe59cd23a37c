from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .security_card_state import ON_DUTY_STATES


class SecurityCard(models.Model):
    """Which cards should be attached to the employer's list and are not."""

    _inherit = "security.card"

    attachment_missing = fields.Boolean(
        string="To attach",
        compute="_compute_attachment_missing",
        search="_search_attachment_missing",
        help="The card allows to work and its holder is not on the firm's list at the "
        "CNAPS for this activity.",
    )

    @api.depends(
        "state",
        "activity_id",
        "employee_id.active",
        "employee_id.security_attachment_ids.date_detached",
    )
    def _compute_attachment_missing(self):
        missing = self.search(
            Domain("id", "in", self.ids) & self._attachment_missing_domain()
        )
        for card in self:
            card.attachment_missing = card._origin in missing

    @api.model
    def _search_attachment_missing(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._attachment_missing_domain()

    @api.model
    def _attachment_missing_domain(self):
        working = Domain("state", "in", ON_DUTY_STATES) & Domain("kind", "=", "card")
        # sudo: whom the user may see is decided by the search this is a part of.
        cards = self.sudo().search_fetch(working, ["employee_id", "activity_id"])
        attached = {
            (guard.id, activity.id)
            for guard, activity in self.env["security.attachment"]
            .sudo()
            ._read_group(
                Domain("date_detached", "=", False)
                & Domain("employee_id", "in", cards.employee_id.ids),
                ["employee_id", "activity_id"],
            )
        }
        gone = cards.employee_id._security_gone()
        missing = cards.filtered(
            lambda c: (
                c.employee_id not in gone
                and (c.employee_id.id, c.activity_id.id) not in attached
            )
        )
        return Domain("id", "in", missing.ids)

    def action_attach(self):
        """Record that the holders of these cards are put on the list today.

        Those who are on it already are left alone.
        """
        self.env["security.attachment"].check_access("create")
        missing = self.filtered("attachment_missing")
        if not missing:
            raise UserError(
                self.env._(
                    "Nobody is to be attached: these guards are on the list already, "
                    "have left, or hold no card that allows to work."
                )
            )
        pairs = {(c.employee_id.id, c.activity_id.id) for c in missing}
        attachments = self.env["security.attachment"].create(
            [
                {"employee_id": guard_id, "activity_id": activity_id}
                for guard_id, activity_id in sorted(pairs)
            ]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "security_workforce.security_attachment_action"
        )
        action["domain"] = [("id", "in", attachments.ids)]
        action["context"] = {}
        return action
