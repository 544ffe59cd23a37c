from collections import defaultdict

from odoo import api, models
from odoo.tools import format_date, ormcache

from ..engine import card_cover, worktime


class SecurityCard(models.Model):
    """The one question the rota asks: is this guard allowed on that post then."""

    _inherit = "security.card"

    @api.model
    def _find_gaps(self, requests):
        """Tell which requests no card covers over their whole duration, and why.

        :param requests: list of (employee, activity, date_start, date_stop, tz):
            ``hr.employee`` and ``security.activity`` records, naive UTC datetimes,
            timezone name of the place of work
        :return: ``{index in requests: message}`` of those that are not covered; the
            message names the card, the day and the article
        :raises ValueError: unknown timezone

        The number of queries does not depend on the number of requests.
        """
        titles = self._read_titles({request[0].id for request in requests})
        gaps = {}
        for index, (employee, activity, start, stop, tz) in enumerate(requests):
            first_day, last_day = worktime.local_days(start, stop, tz)
            answer = card_cover.cover(
                titles[employee.id], activity.id, first_day, last_day
            )
            if not answer.complete:
                gaps[index] = self._gap_message(employee, activity, answer)
        return gaps

    def _read_titles(self, employee_ids):
        """``{employee id: [card_cover.Title]}``, keyed by the card.

        sudo: whoever plans needs the answer, whatever cards he may read himself.
        """
        covered_by, codes = self._covered_activities()
        titles = defaultdict(list)
        for card in self.sudo().search_fetch(
            [("employee_id", "in", list(employee_ids))],
            [
                "employee_id",
                "kind",
                "state",
                "number",
                "activity_id",
                "date_issued",
                "date_last_day",
            ],
        ):
            title = card_cover.Title(
                key=card,
                kind=card.kind,
                state=card.state,
                activities=covered_by[card.activity_id.id],
                start=card.date_issued or None,
                end=card.date_last_day or None,
                code=codes[card.activity_id.id],
            )
            titles[card.employee_id.id].append(title)
        return titles

    @api.model
    @ormcache()
    def _covered_activities(self):
        """({activity id: frozenset of the ids that its card covers}, {id: code}); one
        query, then none until an activity changes."""
        Activity = self.env["security.activity"].sudo().with_context(active_test=False)
        covers, codes = defaultdict(set), {}
        for activity in Activity.search_fetch([], ["code", "covered_by_ids"]):
            codes[activity.id] = activity.code
            for covering in activity._covering():
                covers[covering.id].add(activity.id)
        return {key: frozenset(value) for key, value in covers.items()}, codes

    def _gap_message(self, employee, activity, answer):
        """The sentence that a planner reads: who, which card, which day, which text."""
        near = answer.nearest
        card = near.key if near else self
        facts = {
            "guard": employee.sudo().name,
            "activity": f"{activity.sudo().name} ({activity.sudo().code})",
            "day": format_date(self.env, answer.day),
            "card": card.display_name,
            "end": format_date(self.env, near.end) if near and near.end else "",
            "start": format_date(self.env, near.start) if near and near.start else "",
        }
        return self._gap_sentence(answer.reason, facts)

    def _gap_sentence(self, reason, facts):
        match reason:
            case "no_card":
                return self.env._(
                    "%(guard)s has no professional card on %(day)s: one for "
                    "%(activity)s is needed (CSI L612-20).",
                    **facts,
                )
            case "other_activity":
                return self.env._(
                    "%(guard)s has no card for %(activity)s on %(day)s: %(card)s is "
                    "for another activity (CSI L612-20).",
                    **facts,
                )
            case "other_kind":
                return self.env._(
                    "%(guard)s may not hold a post for %(activity)s on %(day)s: "
                    "%(card)s is not a professional card (CSI L612-20).",
                    **facts,
                )
            case "expired":
                return self.env._(
                    "%(guard)s is not covered for %(activity)s on %(day)s: card "
                    "%(card)s expires on %(end)s (CSI L612-20, R612-13).",
                    **facts,
                )
            case "not_started":
                return self.env._(
                    "%(guard)s is not covered for %(activity)s on %(day)s: card "
                    "%(card)s starts on %(start)s only (CSI L612-20).",
                    **facts,
                )
            case "no_date":
                return self.env._(
                    "%(guard)s is not covered for %(activity)s on %(day)s: card "
                    "%(card)s has no last day of validity (CSI R612-13).",
                    **facts,
                )
            case "draft":
                return self.env._(
                    "%(guard)s is not covered for %(activity)s on %(day)s: card "
                    "%(card)s was never verified (CSI R631-15).",
                    **facts,
                )
            case "suspended":
                return self.env._(
                    "%(guard)s may not work for %(activity)s on %(day)s: card "
                    "%(card)s is suspended (CSI L612-20).",
                    **facts,
                )
        return self.env._(
            "%(guard)s may not work for %(activity)s on %(day)s: card %(card)s was "
            "withdrawn (CSI L612-20).",
            **facts,
        )
