from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .security_card import RENEWABLE_KINDS
from .security_card_renewal import OPEN_STEPS

# A card in one of these states has a renewal worth a file.
RENEWABLE_STATES = ("valid", "to_renew", "receipt", "expired")
# ... and in one of these phases (see engine.card_renewal.phase).
RENEWABLE_PHASES = ("mac", "open", "no_receipt", "late")


class SecurityCard(models.Model):
    """The renewal files of a card."""

    _inherit = "security.card"

    renewal_ids = fields.One2many(
        "security.card.renewal",
        "card_id",
        string="Renewals",
        groups="hr.group_hr_user,security_workforce.group_security_credential_officer,"
        "security_workforce.group_security_compliance_officer",
    )
    renewal_open = fields.Boolean(
        string="Renewal under way",
        compute="_compute_renewal_open",
        search="_search_renewal_open",
        compute_sudo=True,
    )

    @api.depends("renewal_ids.step")
    def _compute_renewal_open(self):
        groups = self.env["security.card.renewal"]._read_group(
            [("card_id", "in", self.ids), ("step", "in", OPEN_STEPS)], ["card_id"]
        )
        under_way = {card.id for (card,) in groups}
        for card in self:
            card.renewal_open = card.id in under_way

    @api.model
    def _search_renewal_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: whether a file exists is no secret to who reads the card.
        files = self.env["security.card.renewal"].sudo()
        query = files._search([("step", "in", OPEN_STEPS)])
        return [("id", "in", query.subselect("card_id"))]

    def action_open_renewals(self):
        """Open a renewal file for each of these cards that can have one, and show them.

        :raises UserError: none of them can; the sentence says why
        """
        ready = self._without_renewal()
        if not ready:
            self._refuse_renewals()
        files = self.env["security.card.renewal"]
        # The index that allows one open file sees what is written, not what waits.
        files.flush_model(["step"])
        files = files.create([{"card_id": card.id} for card in ready])
        return files._action_show()

    def action_show_renewal(self):
        """Show the open file of this card, else its past ones."""
        self.ensure_one()
        files = self.renewal_ids
        return (files.filtered(lambda f: f.step in OPEN_STEPS) or files)._action_show()

    def _without_renewal(self):
        """Those of these cards whose time of renewal has come, without an open file."""
        candidates = self.filtered(
            lambda card: (
                card.kind in RENEWABLE_KINDS
                and card.state in RENEWABLE_STATES
                and card.renewal_phase in RENEWABLE_PHASES
                and not card.renewal_open
            )
        )
        return candidates - candidates._followed()

    def _refuse_renewals(self):
        """Say why no file can be opened, in the words of the first card."""
        for card in self:
            if card.renewal_open:
                raise UserError(
                    self.env._(
                        "%s has an open renewal file: go on with that one.",
                        card.display_name,
                    )
                )
        raise UserError(
            self.env._(
                "None of these cards is to be renewed now: choose verified cards, from "
                "the day on which their skill upkeep or their request is possible, "
                "that no newer card replaces."
            )
        )

    def _renewal_asked(self):
        files = self.env["security.card.renewal"].search(
            Domain("card_id", "in", self.ids) & Domain("step", "=", "decision")
        )
        return files.card_id
