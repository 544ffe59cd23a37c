from collections import defaultdict
from dataclasses import replace

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.security_workforce.engine import limits

from .security_shift_facts import WORKED_STATES

# Where the team of a requirement is at work, see ``_team_place``.
PLACE_FIELDS = {
    "post": "post_id",
    "mission": "post_id.mission_id",
    "site": "site_id",
}


class SecurityShift(models.Model):
    """What is asked of a team: at least so many of those at work at once have it."""

    _inherit = "security.shift"

    @api.model
    def _find_shortages(self, persons, slots):
        """The findings about the teams of the slots that are asked about.

        :param persons: ``{employee id: [Person]}``
        :param slots: ``{employee id: [Slot]}``
        :return: list of ``Finding``; no query when nothing is asked of a team
        """
        asked = [
            (persons[key][0], slot)
            for key, mine in slots.items()
            for slot in mine
            if slot.asked
        ]
        teams = self._teams_of([slot for _person, slot in asked], persons)
        return [
            finding
            for requirement, others in teams.items()
            for finding in limits.check_team(
                [
                    *others,
                    *(one for one in asked if requirement in one[1].requirements),
                ],
                requirement,
            )
        ]

    @api.model
    def _teams_of(self, slots, persons, without=()):
        """``{Requirement: [(Person or None, Slot)]}`` of those at work with these.

        :param persons: ``{employee id: [Person]}`` of those who are known already
        :param without: ids of the shifts to leave out, besides these
        """
        asking = defaultdict(list)
        for slot in slots:
            for requirement in slot.requirements:
                if requirement.team:
                    asking[requirement].append(slot)
        if not asking:
            return {}
        left_out = {*without, *(slot.key for slot in slots)}
        spans = {asked: _span(mine) for asked, mine in asking.items()}
        # sudo: the answer does not depend on whose shifts the reader may see.
        shifts = self.sudo().search_fetch(
            Domain("id", "not in", list(left_out))
            & Domain("state", "!=", "cancelled")
            & Domain.OR(_there(asked.place, *spans[asked]) for asked in asking),
            ["employee_id", "date_start", "date_stop", "post_id", "site_id", "state"],
        )
        persons = shifts._persons_of_team(persons)
        return {
            asked: [
                (
                    persons[shift.employee_id.id][0] if shift.employee_id else None,
                    replace(
                        mine[0],
                        key=shift.id,
                        start=shift.date_start,
                        stop=shift.date_stop,
                        asked=False,
                        worked=shift.state in WORKED_STATES,
                    ),
                )
                for shift in shifts.filtered_domain(_there(asked.place, *spans[asked]))
            ]
            for asked, mine in asking.items()
        }

    def _persons_of_team(self, persons):
        """Those who are known, and those of the other guards of these shifts."""
        strangers = self.employee_id.filtered(lambda guard: guard.id not in persons)
        if not strangers:
            return persons
        start, stop = min(self.mapped("date_start")), max(self.mapped("date_stop"))
        return {**persons, **strangers._security_persons(start, stop)}

    def _teammates(self):
        """Shifts to come at the same place and time as these, where something is asked
        of a team: what is said of them depends on these."""
        firms = self.env["security.requirement"]._firms_that_ask_teams()
        ours = self.sudo().filtered(lambda shift: shift.company_id.id in firms)
        if not ours:
            return self.browse()
        self.flush_model(["date_start", "date_stop", "site_id", "mission_id", "state"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT other.id
                  FROM security_shift ours
                  JOIN security_shift other
                    ON (other.site_id = ours.site_id
                        OR other.mission_id = ours.mission_id)
                   AND other.date_start < ours.date_stop
                   AND other.date_stop > ours.date_start
                 WHERE ours.id IN %s
                   AND other.id NOT IN %s
                   AND other.employee_id IS NOT NULL
                   AND other.state IN ('draft', 'published', 'started')
                   AND other.date_stop > %s
                """,
                tuple(ours.ids),
                tuple(ours.ids),
                fields.Datetime.now(),
            )
        )
        return self.browse(row[0] for row in rows)


def _span(slots):
    return min(slot.start for slot in slots), max(slot.stop for slot in slots)


def _there(place, start, stop):
    """The shifts at a place that touch a time."""
    kind, key = place
    return (
        Domain(PLACE_FIELDS[kind], "=", key)
        & Domain("date_start", "<", stop)
        & Domain("date_stop", ">", start)
    )
