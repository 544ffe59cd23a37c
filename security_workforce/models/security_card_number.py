from odoo import api, models
from odoo.tools import format_date

from ..engine import card_number


class SecurityCard(models.Model):
    """What looks odd on a card, said beside it: never a reason to refuse it."""

    _inherit = "security.card"

    @api.depends("number", "nub", "kind", "date_expiry", "activity_id", "employee_id")
    @api.depends_context("lang")
    def _compute_number_warning(self):
        activities = self.env["security.activity"].search_fetch(
            [("code", "!=", False)], ["code"]
        )
        codes = activities.mapped("code")
        nubs = dict(
            self._read_group(
                [
                    ("employee_id", "in", self.employee_id.ids),
                    ("nub", "!=", False),
                    ("state", "!=", "withdrawn"),
                ],
                ["employee_id"],
                ["nub:array_agg"],
            )
        )
        for card in self:
            points = card_number.odd_points(
                card.number,
                kind=card.kind,
                nub=card.nub or "",
                date_expiry=card.date_expiry or None,
                activity_code=card.activity_id.code or "",
                known_codes=codes,
                other_nubs=nubs.get(card.employee_id, ()),
            )
            card.number_warning = "\n".join(map(card._odd_sentence, points)) or False

    def _odd_sentence(self, point):
        """One sentence, in the user's language, for a point of the number."""
        facts = {
            key: format_date(self.env, value) if hasattr(value, "isoformat") else value
            for key, value in point.facts.items()
        }
        if point.code == "unknown_form":
            return self.env._(
                "%(number)s has neither the old form of a card number "
                "(CAR-075-2029-02-01-20240123456) nor the new one "
                "(2026-0024376-CAR-SH-1055859).",
                **facts,
            )
        if point.code == "type_kind":
            return self.env._(
                "%(type)s in the number is not usual for this kind.", **facts
            )
        if point.code == "no_such_date":
            return self.env._("The date written in the number does not exist.")
        if point.code == "end_differs":
            return self.env._(
                "The number says valid until %(read)s, not %(recorded)s.", **facts
            )
        if point.code == "activity_differs":
            return self.env._(
                "The number is for %(read)s, not for %(recorded)s.", **facts
            )
        if point.code == "nub_differs":
            return self.env._(
                "The number ends with NUB %(read)s, not %(nub)s.", **facts
            )
        if point.code == "nub_form":
            return self.env._("The NUB %(nub)s is not made of seven digits.", **facts)
        others = ", ".join(facts["others"])
        return self.env._(
            "Another card of this guard has NUB %(others)s.", others=others
        )
