from datetime import date

from odoo import fields, models

from ..engine import contracts
from ..engine.card_cover import WORKING_KINDS, WORKING_STATES
from ..engine.facts import Person, Qualification
from ..engine.parameters import Parameter

# Of a guard who has no contract at all.
NO_TERMS = contracts.Terms(date.min)


class HrEmployee(models.Model):
    """Each guard as the rules see him."""

    _inherit = "hr.employee"

    def _security_persons(self, start, stop):
        """``{employee id: [engine.facts.Person]}`` in a fixed number of queries.

        :param start, stop: naive UTC; the period whose contracts and absences count
        :return: one person for each contract in force in the period, in order

        sudo: whoever plans needs the answer, whatever he may read of the file.
        """
        rows = self.sudo()._facts_rows(start, stop)
        titles = self.env["security.card"]._read_titles(self.ids)
        today = fields.Date.context_today(self)
        first, last = start.date(), stop.date()
        persons = {}
        for key, parts in rows.items():
            known = self._facts_known(parts, first)
            known["qualifications"] += tuple(_cards_held(titles[key]))
            persons[key] = [
                Person(
                    key=key,
                    today=today,
                    titles=tuple(titles[key]),
                    **{**known, **self._facts_of_terms(parts["terms"], first, *span)},
                )
                for span in contracts.spans(parts["terms"] or [NO_TERMS], first, last)
            ]
        return persons

    def _facts_of_terms(self, terms, start, ours, first_day, last_day):
        """What one contract says, and the figures that come with it.

        :param terms: all the ``contracts.Terms`` of the guard; ``ours`` is one of them
        :param start: the first day looked at
        :param first_day, last_day: days ``ours`` is in force; None is open
        """
        day = max(first_day or start, start)
        parameters = self.env["security.parameter"]._engine_parameters(
            ours.regime, ours.annex or None, ours.company
        )
        weekly = ours.weekly_hours
        # Without a legal figure nobody is part-time.
        full_time = parameters.get(
            "full_time_week_h",
            day,
            default=Parameter("full_time_week_h", weekly),
        )
        return {
            "terms_from": first_day,
            "terms_to": last_day,
            "hired_on": contracts.employed_since(contracts.periods(terms), day),
            "needs_permit": ours.permit_required,
            "parameters": parameters,
            "weekly_hours": weekly,
            "full_time": not weekly or weekly >= full_time.value,
            "night_worker": ours.night_worker,
            "cycle": ours.cycle,
            "coefficient": ours.coefficient or 0,
        }


def _cards_held(titles):
    """The cards that are good for work, as a requirement asks for them."""
    for title in titles:
        if title.kind in WORKING_KINDS and title.state in WORKING_STATES and title.end:
            for activity in title.activities:
                yield Qualification(
                    ("activity", activity), title.code, 0, title.start, title.end
                )
