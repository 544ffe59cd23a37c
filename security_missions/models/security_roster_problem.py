from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.security_workforce.engine import limits, verdict
from odoo.addons.security_workforce.engine.rules import (
    absence,
    availability,
    contracts,
    health,
    joining,
    qualifications,
    titles,
)
from odoo.addons.security_workforce.engine.worktime import split

from ..engine import rota
from ..engine.roster import Guard, Need, Problem

STOPPING = ("override", "block")
# What the rules say of one shift whatever the others: asked once for each guard. Those
# of working time are the limits of the solver, and all are asked again at the end.
OWN_RULES = (
    *titles.RULES,
    *absence.RULES,
    *availability.RULES,
    *qualifications.RULES,
    *health.RULES,
    *joining.RULES,
    *(rule for rule in contracts.RULES if isinstance(rule, contracts.LoneWork)),
)
ONE_DAY = timedelta(days=1)


@dataclass
class Facts:
    """A run as the solver sees it, and what tells its answer in words.

    ``shift_ids`` are those to cover, ``previous`` who has them now, ``refused`` the
    worst ``Finding`` of ``(guard id, shift id)``, ``contracts`` minutes by guard.
    """

    problem: Problem
    shift_ids: tuple
    previous: dict
    refused: dict
    persons: dict
    contracts: dict
    zone: ZoneInfo


class SecurityRosterRun(models.Model):
    """From the records of a period to a problem, in a fixed number of queries."""

    _inherit = "security.roster.run"

    def _gather(self):
        """The ``Facts`` of this run.

        :raises UserError: nothing to cover, or nobody who holds a title
        """
        self.ensure_one()
        shifts = self._shifts_to_cover()
        guards = shifts[:1]._candidate_guards() if shifts else shifts.employee_id
        if not shifts or not guards:
            self._refuse_empty(shifts)
        tz = Counter(shifts.mapped("tz")).most_common(1)[0][0]
        zone = ZoneInfo(tz)
        first, last = rota.whole_weeks(
            min(rota.local_date(shift.date_start, zone) for shift in shifts),
            max(rota.local_date(shift.date_start, zone) for shift in shifts),
        )
        before, after = shifts._engine_windows()
        start = rota.midnight(first, zone) - before
        stop = rota.midnight(last + ONE_DAY, zone) + after
        held = shifts.sudo()._engine_slots(guards.ids, start, stop, without=shifts.ids)
        persons = guards._security_persons(start, stop)
        refused = self._refused_pairs(shifts, persons)
        facts = Facts(
            Problem(first, last, (), (), weights=self._weights(), tz=tz),
            tuple(shifts.ids),
            {shift.id: shift.employee_id.id for shift in shifts},
            refused,
            persons,
            {},
            zone,
        )
        self._add_needs(facts, shifts, held)
        self._add_guards(facts, guards, held)
        return facts

    # ------------------------------------------------------------
    # What is to be covered
    # ------------------------------------------------------------

    def _shifts_to_cover(self):
        """The open drafts of the period; with a repair, all its drafts."""
        domain = self._period_domain() & Domain("state", "=", "draft")
        if self.mode == "fill":
            domain &= Domain("employee_id", "=", False)
        return self.env["security.shift"].search(domain, order="date_start, id")

    def _period_domain(self):
        """The shifts to come that start on a day of the period, where it is asked."""
        zone = ZoneInfo(self.company_id.partner_id.tz or self.env.user.tz or "UTC")
        if self.site_ids or self.post_ids:
            places = self.site_ids | self.post_ids.site_id
            zone = ZoneInfo(places[0].tz)
        start = rota.midnight(self.date_from, zone)
        stop = rota.midnight(self.date_to + ONE_DAY, zone)
        domain = (
            Domain("company_id", "=", self.company_id.id)
            & Domain("date_start", ">=", max(start, fields.Datetime.now()))
            & Domain("date_start", "<", stop)
        )
        for name in ("site_id", "mission_id", "post_id"):
            if chosen := self[f"{name}s"]:
                domain &= Domain(name, "in", chosen.ids)
        return domain

    def _refuse_empty(self, shifts):
        if not shifts:
            raise UserError(
                self.env._(
                    "No open draft shift to come in this period: generate the shifts "
                    "of the posts first, or choose other days or posts."
                )
            )
        raise UserError(
            self.env._(
                "No guard of %(company)s holds a card: enter the cards of the guards "
                "first.",
                company=self.company_id.name,
            )
        )

    # ------------------------------------------------------------
    # Who may take what
    # ------------------------------------------------------------

    def _refused_pairs(self, shifts, persons):
        """``{(guard id, shift id): worst Finding}`` of the rules on one shift."""
        places = shifts._engine_places(shifts.post_id.ids)
        slots = [
            replace(
                places[shift.post_id.id],
                key=shift.id,
                start=shift.date_start,
                stop=shift.date_stop,
            )
            for shift in shifts
        ]
        asked = shifts._mark_accompanied(persons, {key: list(slots) for key in persons})
        rank = verdict.SEVERITIES.index
        refused = {}
        for key, terms in persons.items():
            found = limits.check_dated(terms, asked[key], OWN_RULES)
            for shift_id, findings in limits.by_slot(found).items():
                worst = max(findings, key=lambda f: rank(f.severity))
                if worst.severity in STOPPING:
                    refused[key, shift_id] = worst
        return refused

    # ------------------------------------------------------------
    # The problem
    # ------------------------------------------------------------

    def _add_needs(self, facts, shifts, held):
        """Shifts to cover, and the others of the guards in these weeks, as locked."""
        night = self._night_band()
        needs = [
            replace(
                _need(shift.id, shift.date_start, shift.date_stop, facts.zone, night),
                post=shift.post_id.id,
            )
            for shift in shifts
        ]
        first, last = facts.problem.first, facts.problem.last
        for slots in held.values():
            needs += [
                _need(slot.key, slot.start, slot.stop, facts.zone, night)
                for slot in slots
                if first <= rota.local_date(slot.start, facts.zone) <= last
            ]
        facts.problem = replace(facts.problem, needs=tuple(needs))

    def _night_band(self):
        parameters = (
            self.env["security.parameter"]
            .sudo()
            ._engine_parameters(False, None, self.company_id.id)
        )
        return tuple(
            parameters.value(code, self.date_from)
            if parameters.has(code, self.date_from)
            else default
            for code, default in (("night_start", "00:00"), ("night_end", "00:00"))
        )

    def _add_guards(self, facts, guards, held):
        known = self._known_posts(guards)
        rates = self._rates(guards, facts)
        wishes = self._wishes(facts)
        nights = {n.key for n in facts.problem.needs if n.night}
        able = max(1, len({w for w in facts.persons if self._able(facts, w)}))
        ours = [n for n in facts.problem.needs if n.key in facts.previous]
        share_nights = rota.shares(ours, lambda n: n.night, able)
        share_weekends = rota.shares(ours, lambda n: _weekend(n, facts.zone), able)
        refused = defaultdict(dict)
        for (who, shift), finding in facts.refused.items():
            refused[who][shift] = finding.rule
        found = []
        for key in facts.persons:
            locked = self._locked(facts, held.get(key, ()))
            mine = [n for n in facts.problem.needs if n.key in locked]
            minutes = self._contract(facts, key, mine)
            found.append(
                Guard(
                    key,
                    contract_min=minutes,
                    contract_max=minutes or None,
                    eligible=self._eligible(facts, key) | locked,
                    refused=refused[key],
                    unavailable=self._unavailable(facts, key, held.get(key, ())),
                    locked=locked,
                    wishes=wishes.get(key, ()),
                    known_posts=frozenset(known[key]) | {None},
                    rate=rates[key],
                    share_nights=share_nights + len(locked & nights),
                    share_weekends=share_weekends
                    + sum(_weekend(need, facts.zone) for need in mine),
                    history=rota.history_of(
                        held.get(key, ()),
                        facts.problem.first,
                        facts.zone,
                        self._weeks_back(facts, key),
                        lambda slot: self._is_night(slot, facts.zone),
                    ),
                    limits=self._limits(facts, key),
                )
            )
        previous = frozenset(
            (who, shift)
            for shift, who in facts.previous.items()
            if who in facts.persons and (who, shift) not in facts.refused
        )
        facts.problem = replace(facts.problem, guards=tuple(found), previous=previous)

    def _able(self, facts, key):
        return any((key, shift) not in facts.refused for shift in facts.shift_ids)

    def _eligible(self, facts, key):
        return frozenset(s for s in facts.shift_ids if (key, s) not in facts.refused)

    def _locked(self, facts, slots):
        first, last = facts.problem.first, facts.problem.last
        return frozenset(
            slot.key
            for slot in slots
            if first <= rota.local_date(slot.start, facts.zone) <= last
        )

    def _person(self, facts, key):
        """The guard with the terms of the first day asked for."""
        terms = facts.persons[key]
        return next(
            (p for p in terms if not p.terms_to or p.terms_to >= self.date_from),
            terms[-1],
        )

    def _limits(self, facts, key):
        person = self._person(facts, key)

        def figure(code):
            known = person.parameters.has(code, self.date_from)
            return person.parameters.value(code, self.date_from) if known else None

        return rota.limits_of(person, figure)

    def _weeks_back(self, facts, key):
        return self._limits(facts, key).average_weeks - 1

    def _is_night(self, slot, zone):
        return _is_night(slot.start, slot.stop, zone, self._night_band())

    def _contract(self, facts, key, locked):
        """Minutes of the contract for the days asked, and what he has around them."""
        person = self._person(facts, key)
        if not person.weekly_hours:
            return 0
        away = rota.days_within(
            [(a.start, a.stop) for a in person.absences],
            self.date_from,
            self.date_to,
            facts.zone,
        )
        days = (self.date_to - self.date_from).days + 1
        asked = rota.contract_minutes(person.weekly_hours, days, away)
        facts.contracts[key] = asked
        around = sum(
            int((need.stop - need.start).total_seconds() // 60)
            for need in locked
            if not self.date_from
            <= rota.local_date(need.start, facts.zone)
            <= self.date_to
        )
        return asked + around

    def _unavailable(self, facts, key, slots):
        """Absences, the absence chosen for a repair, and the shifts afterwards."""
        spans = [(a.start, a.stop) for a in self._person(facts, key).absences]
        if key == self.absent_employee_id.id:
            first = self.absent_from or self.date_from
            last = self.absent_to or self.date_to
            spans.append(
                (
                    rota.midnight(first, facts.zone),
                    rota.midnight(last + ONE_DAY, facts.zone),
                )
            )
        border = rota.midnight(facts.problem.last + ONE_DAY, facts.zone)
        rest = timedelta(minutes=self._limits(facts, key).min_rest or 0)
        spans += [(s.start - rest, s.stop) for s in slots if s.start >= border]
        return tuple(spans)


def _need(key, start, stop, zone, night):
    # The day the clock goes back has 25 hours, the solver's days have 24.
    end = min(stop, start + ONE_DAY)
    return Need(key, start, end, night=_is_night(start, stop, zone, night))


def _is_night(start, stop, zone, band):
    """At least half of it is in the night, as the rules count it."""
    if band[0] == band[1]:
        return False
    pieces = split(start, stop, zone, (), band)
    hours = sum(piece.hours for piece in pieces)
    return sum(piece.hours for piece in pieces if piece.night) * 2 >= hours


def _weekend(need, zone):
    """It touches a Saturday or a Sunday."""
    days = (need.start, need.stop - timedelta(seconds=1))
    return any(rota.local_date(instant, zone).weekday() >= 5 for instant in days)
