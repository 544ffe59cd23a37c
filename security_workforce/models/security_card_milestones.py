from odoo import api, fields, models
from odoo.fields import Domain

from ..engine import card_renewal
from .security_card import RENEWABLE_KINDS
from .security_card_state import ON_DUTY_STATES

PHASES = [
    ("early", "Nothing to do yet"),
    ("mac", "Skill upkeep (MAC) possible"),
    ("open", "Renewal open"),
    ("no_receipt", "Too late for a receipt"),
    ("late", "Late renewal"),
    ("first", "First request again"),
]


class SecurityCard(models.Model):
    """The legal dates of a card's life, from the figures in force."""

    _inherit = "security.card"

    mac_required = fields.Boolean(
        string="Skill upkeep needed",
        compute="_compute_mac_required",
        compute_sudo=True,
        help="A course of skill upkeep (MAC) exists for this activity: its certificate "
        "goes with the request.",
    )
    mac_from = fields.Date(
        string="MAC counts from",
        compute="_compute_milestones",
        help="First day of a skill upkeep that counts for the renewal.",
    )
    renewal_opens = fields.Date(
        string="Request from",
        compute="_compute_milestones",
        help="The CNAPS examines no earlier request.",
    )
    renewal_deadline = fields.Date(
        string="Request until",
        compute="_compute_milestones",
        help="Last day of a request that gives a receipt, which lets the guard go on "
        "working after the last day of the card.",
    )
    renewal_late_until = fields.Date(
        string="Late renewal until",
        compute="_compute_milestones",
        help="Afterwards it is a first request.",
    )
    renewal_phase = fields.Selection(
        PHASES, string="Situation", compute="_compute_milestones"
    )
    renewal_followed = fields.Boolean(
        string="Renewed already",
        compute="_compute_renewal_followed",
        search="_search_renewal_followed",
        help="A newer card of the same guard and activity allows to work.",
    )

    @api.depends("activity_id", "kind")
    def _compute_mac_required(self):
        groups = self.env["security.training.course"]._read_group(
            [("mac", "=", True), ("activity_id", "in", self.activity_id.ids)],
            ["activity_id"],
        )
        with_course = {activity for (activity,) in groups}
        for card in self:
            card.mac_required = card.kind == "card" and card.activity_id in with_course

    @api.depends("date_expiry", "kind", "company_id", "mac_required")
    def _compute_milestones(self):
        today = fields.Date.context_today(self)
        for card in self:
            days = card._milestones()
            card.mac_from = days and card.mac_required and days.mac_from
            card.renewal_opens = days and days.opens
            card.renewal_deadline = days and days.deadline
            card.renewal_late_until = days and days.late_until
            card.renewal_phase = days and card._renewal_phase(days, today)

    def _compute_renewal_followed(self):
        followed = self._followed()
        for card in self:
            card.renewal_followed = card in followed

    @api.model
    def _search_renewal_followed(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Compared with one another: the cards of a firm are a few thousand.
        cards = self.sudo().search_fetch(
            [], ["employee_id", "activity_id", "kind", "date_last_day"]
        )
        return [("id", "in", cards._followed().ids)]

    def _renewal_phase(self, days, today):
        """Where it stands; the months of an upkeep that nobody asks are early."""
        phase = card_renewal.phase(days, today)
        return "early" if phase == "mac" and not self.mac_required else phase

    def _milestones(self):
        """The days of this card's life, or None when it is not renewed.

        :rtype: engine.card_renewal.Milestones
        """
        self.ensure_one()
        if self.kind not in RENEWABLE_KINDS or not self.date_expiry:
            return None
        figures = self.company_id._security_card_figures(self.date_expiry)
        return figures and card_renewal.milestones(self.date_expiry, figures)

    def _followed(self):
        """Those of these cards that a newer one replaces: same guard, same activity,
        allowed to work now, and later. One query."""
        groups = (
            self.env["security.card"]
            .sudo()
            ._read_group(
                Domain("employee_id", "in", self.employee_id.ids)
                & Domain("state", "in", ON_DUTY_STATES)
                & Domain("kind", "in", RENEWABLE_KINDS),
                ["employee_id", "activity_id", "kind"],
                ["date_last_day:max"],
            )
        )
        latest = {
            (guard.id, activity.id, kind): last
            for guard, activity, kind, last in groups
        }

        def is_followed(card):
            # What leads to a card (a provisional authorisation) is followed by one.
            kind = card.kind if card.kind in RENEWABLE_KINDS else "card"
            key = (card.employee_id.id, card.activity_id.id, kind)
            last, own = latest.get(key), card.date_last_day
            return bool(last and own and (last > own or kind != card.kind))

        return self.filtered(is_followed)
