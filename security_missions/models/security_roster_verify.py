from collections import Counter, defaultdict
from dataclasses import replace

from odoo import models

from odoo.addons.security_workforce.engine import limits, verdict

from .security_roster_problem import STOPPING


class SecurityRosterRun(models.Model):
    """Every plan is asked of the rules as a whole, whatever the solver thinks of it."""

    _inherit = "security.roster.run"

    def _verify(self, plan, without=()):
        """What the rules say of a plan, all its shifts together.

        :param plan: ``{shift id: employee id}``
        :param without: ids of shifts that are free for the time being
        :return: (``{shift id: [Finding]}`` of those nothing stops,
            ``{shift id: Finding}`` of those left out, and what stops them)
        """
        shifts = self.env["security.shift"].browse(plan)
        if not shifts:
            return {}, {}
        before, after = shifts._engine_windows()
        start = min(shifts.mapped("date_start")) - before
        stop = max(shifts.mapped("date_stop")) + max(before, after)
        guards = self.env["hr.employee"].browse(set(plan.values()))
        known = shifts.sudo()._engine_slots(
            guards.ids, start, stop, without={*without, *plan}
        )
        persons = guards._security_persons(start, stop)
        mine = shifts._mark_accompanied(persons, self._proposed_slots(shifts, plan))
        refused = {}
        for key, terms in persons.items():
            mine[key] = _without_findings(
                lambda slots, key=key, terms=terms: limits.check_dated(
                    terms, [*known.get(key, ()), *slots]
                ),
                mine[key],
                refused,
            )
        self._leave_shortages(persons, mine, refused)
        return self._findings(persons, known, mine), refused

    def _proposed_slots(self, shifts, plan):
        places = shifts._engine_places(shifts.post_id.ids)
        slots = defaultdict(list)
        for shift in shifts:
            slots[plan[shift.id]].append(
                replace(
                    places[shift.post_id.id],
                    key=shift.id,
                    start=shift.date_start,
                    stop=shift.date_stop,
                )
            )
        return slots

    def _leave_shortages(self, persons, mine, refused):
        """Leave out who would complete a team that lacks what is asked of it."""
        Shift = self.env["security.shift"]
        while bad := _stopping(Shift._find_shortages(persons, mine), _keys(mine)):
            key = _blamed(bad, [slot for slots in mine.values() for slot in slots])
            refused[key] = _worst(f for f in bad if key in f.involved)
            for who in mine:
                mine[who] = [slot for slot in mine[who] if slot.key != key]

    def _findings(self, persons, known, mine):
        found = {key: [] for key in _keys(mine)}
        said = self.env["security.shift"]._find_shortages(persons, mine)
        for key, terms in persons.items():
            said += limits.check_dated(terms, [*known.get(key, ()), *mine[key]])
        for key, findings in limits.by_slot(said).items():
            if key in found:
                found[key] += findings
        return found


def _without_findings(check, slots, refused):
    """The slots without those that stop the plan; those go to ``refused``."""
    slots = list(slots)
    while bad := _stopping(check(slots), {slot.key for slot in slots}):
        key = _blamed(bad, slots)
        refused[key] = _worst(f for f in bad if key in (*f.keys, *f.involved))
        slots = [slot for slot in slots if slot.key != key]
    return slots


def _stopping(findings, keys):
    return [
        finding
        for finding in findings
        if finding.severity in STOPPING
        and not keys.isdisjoint((*finding.keys, *finding.involved))
    ]


def _blamed(findings, slots):
    """The slot that the most findings are about; of several, the latest."""
    blamed = Counter()
    for finding in findings:
        blamed.update({*finding.keys, *finding.involved})
    slot = max(
        (s for s in slots if blamed[s.key]), key=lambda s: (blamed[s.key], s.start)
    )
    return slot.key


def _worst(findings):
    return max(findings, key=lambda f: verdict.SEVERITIES.index(f.severity))


def _keys(mine):
    return {slot.key for slots in mine.values() for slot in slots}
