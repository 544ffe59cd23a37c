from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.security_workforce.engine import limits
from odoo.addons.security_workforce.engine.facts import Slot

from .security_shift import LONGEST

# A guard keeps the same shift whatever he is asked for: the record about to be saved
# has no number of its own yet.
NEW = 0
WORKED_STATES = ("started", "done")
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
        places = self._engine_places({row[4] for row in rows})
        left_out = set(without)
        for key, employee_id, begin, end, post_id, worked in rows:
            if key not in left_out:
                slots[employee_id].append(
                    replace(
                        places[post_id],
                        key=key,
                        start=begin,
                        stop=end,
                        asked=key in asked,
                        worked=worked,
                    )
                )
        return slots

    def _slot_rows(self, employee_ids, start, stop):
        """What was worked counts as it was clocked, the rest as it is planned."""
        self.flush_model(["employee_id", "date_start", "date_stop", "post_id", "state"])
        self.env["hr.attendance"].flush_model(
            ["security_shift_id", "check_in", "check_out"]
        )
        return self.env.execute_query(
            SQL(
                """
                SELECT s.id, s.employee_id,
                       COALESCE(clocked.start, s.date_start),
                       COALESCE(clocked.stop, s.date_stop),
                       s.post_id, s.state IN %(worked)s
                  FROM security_shift s
                  LEFT JOIN LATERAL (
                        SELECT min(a.check_in) AS start, max(a.check_out) AS stop
                          FROM hr_attendance a
                         WHERE s.state = 'done' AND a.security_shift_id = s.id
                        HAVING max(a.check_out) > min(a.check_in)
                       ) clocked ON TRUE
                 WHERE s.employee_id IN %(guards)s
                   AND s.state <> 'cancelled'
                   AND s.date_start < %(stop)s
                   AND s.date_start > %(start)s
                   AND s.date_stop > %(reach)s
                """,
                worked=WORKED_STATES,
                guards=employee_ids,
                start=start - LONGEST,
                reach=start,
                stop=stop,
            )
        )

    @api.model
    def _engine_places(self, post_ids):
        """``{post id: Slot}`` without times: what a post asks of whoever holds it.

        sudo: the answer does not depend on what the reader may see of the post.
        """
        posts = self.env["security.post"].sudo().browse(post_ids)
        requirements = posts._effective_requirements()
        return {
            post.id: Slot(
                key=NEW,
                start=None,
                stop=None,
                tz=post.tz,
                requirements=tuple(
                    requirement._engine_requirement()
                    for requirement in requirements[post.id]
                ),
                **post._engine_place(),
            )
            for post in posts
        }

    def _engine_slot(self):
        """The slot of one record that may not be saved yet."""
        self.ensure_one()
        post_id = self.post_id._origin.id
        place = self._engine_places([post_id])[post_id]
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
            for key, person in persons.items()
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
