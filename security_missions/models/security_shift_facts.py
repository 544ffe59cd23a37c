import dataclasses
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.security_workforce.engine import limits
from odoo.addons.security_workforce.engine.facts import Slot

from ..engine.demand import need_of
from .security_shift import LONGEST

# A guard keeps the same shift whatever he is asked for: the record about to be saved
# has no number of its own yet.
NEW = 0
WORKED_STATES = ("started", "done")
# The fields of a slot that its post decides: between its times and its flags.
OF_THE_PLACE = [field.name for field in dataclasses.fields(Slot)][3:-2]
TRAINEE_KINDS = frozenset({"pre_authorisation", "provisional"})


class SecurityShift(models.Model):
    """What the rules are told about shifts, in a fixed number of queries."""

    _inherit = "security.shift"

    @api.model
    def _engine_windows(self):
        """(before, after): how far around a shift the rules may look, as timedeltas."""
        before, after = limits.windows(
            self.env["security.parameter"].sudo()._engine_rows()
        )
        return timedelta(days=before), timedelta(days=after)

    @api.model
    def _engine_slots(self, employee_ids, start, stop, asked=frozenset(), without=()):
        """The shifts of some guards that touch a period, as the engine sees them.

        :param employee_ids: ids of guards
        :param start, stop: naive UTC; the period
        :param asked: ids of the shifts that want a verdict
        :param without: ids of the shifts to leave out
        :return: ``{employee id: [Slot]}``, keyed by the id of the shift
        """
        slots = defaultdict(list)
        if not employee_ids:
            return slots
        rows = self._slot_rows(tuple(employee_ids), start, stop)
        places = {
            where: [getattr(place, name) for name in OF_THE_PLACE]
            for where, place in self._engine_places({row[4] for row in rows}).items()
        }
        left_out = set(without)
        for key, employee_id, begin, end, post_id, worked, demand in rows:
            if key not in left_out:
                # In the order of its fields: ``replace`` costs more than a rule.
                slots[employee_id].append(
                    Slot(
                        key,
                        begin,
                        end,
                        *_place(places, post_id, demand),
                        key in asked,
                        worked,
                    )
                )
        return slots

    def _slot_rows(self, employee_ids, start, stop):
        """What was worked counts as it was clocked, the rest as it is planned."""
        self._flush_held_times()
        return self.env.execute_query(
            SQL(
                """
                SELECT id, employee_id, start, stop, post_id, state IN %s, demand_key
                  FROM (%s) AS held
                 WHERE planned_stop > %s
                """,
                WORKED_STATES,
                self._held_times(employee_ids, start, stop),
                start,
            )
        )

    def _flush_held_times(self):
        names = ["employee_id", "date_start", "date_stop", "post_id", "site_id"]
        self.flush_model([*names, "state", "demand_key"])
        self.env["hr.attendance"].flush_model(
            ["security_shift_id", "check_in", "check_out"]
        )

    def _held_times(self, employee_ids, start, stop):
        """The shifts of some guards that may touch a period: what was worked as it was
        clocked, the rest as it is planned."""
        return SQL(
            """
            SELECT s.id, s.employee_id, s.post_id, s.site_id, s.state, s.demand_key,
                   s.date_stop AS planned_stop,
                   COALESCE(clocked.start, s.date_start) AS start,
                   COALESCE(clocked.stop, s.date_stop) AS stop
              FROM security_shift s
              LEFT JOIN LATERAL (
                    SELECT min(a.check_in) AS start, max(a.check_out) AS stop
                      FROM hr_attendance a
                     WHERE s.state = 'done' AND a.security_shift_id = s.id
                    HAVING max(a.check_out) > min(a.check_in)
                   ) clocked ON TRUE
             WHERE s.employee_id IN %s
               AND s.state <> 'cancelled'
               AND s.date_start > %s
               AND s.date_start < %s
            """,
            employee_ids,
            start - LONGEST,
            stop,
        )

    @api.model
    def _engine_places(self, post_ids):
        """``{post id: Slot}`` without times: what a post asks of whoever holds it.

        A need that asks for more has its own, under (post id, need id).
        sudo: the answer does not depend on what the reader may see of the post.
        """
        posts = self.env["security.post"].sudo().browse(post_ids)
        firms = posts.company_id.partner_id
        (posts.site_id.address_id | firms).fetch(
            ["name", "lang", "partner_latitude", "partner_longitude"]
        )
        requirements = posts._effective_requirements()
        places = {}
        for post in posts:
            asked = {None: (), **_asked(post, requirements[post.id])}
            place = Slot(
                key=NEW,
                start=None,
                stop=None,
                tz=post.tz,
                requirements=asked.pop(None),
                **post._engine_place(),
            )
            places[post.id] = place
            for need_id, more in asked.items():
                places[post.id, need_id] = replace(
                    place, requirements=(*place.requirements, *more)
                )
        return places

    def _engine_slot(self):
        """The slot of one record that may not be saved yet."""
        self.ensure_one()
        post_id = self.post_id._origin.id
        place = _place(self._engine_places([post_id]), post_id, self.demand_key)
        return replace(
            place,
            key=self._origin.id or NEW,
            start=self.date_start,
            stop=self.date_stop,
            asked=True,
            worked=self.state in WORKED_STATES,
        )

    @api.model
    def _mark_accompanied(self, persons, slots):
        """Say of the slots of trainees whether a carded colleague is on the site.

        Only they are looked at: nearly every guard holds a card of his own.
        """
        trainees = {
            key
            for key, (person, *_later) in persons.items()
            if person.titles and all(t.kind in TRAINEE_KINDS for t in person.titles)
        }
        watched = [slot for key in trainees for slot in slots.get(key, ())]
        if not watched:
            return slots
        others = self.sudo().search_fetch(
            [
                ("site_id", "in", list({slot.site for slot in watched})),
                ("state", "!=", "cancelled"),
                ("employee_id", "not in", [False, *trainees]),
                ("date_start", "<", max(slot.stop for slot in watched)),
                ("date_stop", ">", min(slot.start for slot in watched)),
            ],
            ["site_id", "date_start", "date_stop"],
        )
        by_site = others.grouped("site_id")
        present = {
            site.id: [(shift.date_start, shift.date_stop) for shift in shifts]
            for site, shifts in by_site.items()
        }
        for key in trainees:
            slots[key] = [
                replace(
                    slot,
                    trained_colleague=any(
                        start <= slot.start and slot.stop <= stop
                        for start, stop in present.get(slot.site, ())
                    ),
                )
                for slot in slots.get(key, ())
            ]
        return slots


def _asked(post, requirements):
    """``{need id, or None for the whole post: (engine Requirement, …)}``."""
    asked = defaultdict(list)
    for requirement in requirements:
        asked[requirement.need_id.id or None].append(
            replace(
                requirement._engine_requirement(),
                place=requirement._team_place(post),
            )
        )
    return {need_id: tuple(those) for need_id, those in asked.items()}


def _place(places, post_id, demand):
    """What is asked of a shift: by its need when that asks for more, or its post."""
    need_id = need_of(demand) if demand else None
    return places.get((post_id, need_id)) or places[post_id]
