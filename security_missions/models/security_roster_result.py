from collections import defaultdict

from odoo import models

from odoo.addons.security_workforce.engine import verdict

from ..engine import rota
from .security_roster_problem import _weekend

MAX_NAMED = 3
MINUTES = 60


class SecurityRosterRun(models.Model):
    """What a search found, in records and in words."""

    _inherit = "security.roster.run"

    def _announce(self, needed):
        """Tell how many shifts are to be covered; answer the seconds allowed."""
        self._solving().needed = needed
        return self.seconds

    def _store(self, facts, solution, plan, kept, refused, gaps):
        """Write the result.

        :param plan: ``{shift id: guard id}`` of the solver
        :param kept, refused: what the rules said of it, see ``_verify``
        :param gaps: ``Uncovered`` of the solver, as far as it got
        """
        run = self._solving()
        shifts = {
            s.id: s for s in self.env["security.shift"].browse(facts.shift_ids).exists()
        }
        kept = {key: found for key, found in kept.items() if key in shifts}
        refused = {key: found for key, found in refused.items() if key in shifts}
        run.env["security.roster.assignment"].create(
            [
                # Who stays where he is needs nobody's attention.
                *(
                    run._kept_values(facts, shifts[key], plan[key], found)
                    for key, found in kept.items()
                    if facts.previous[key] != plan[key]
                ),
                *(
                    run._left_values(facts, shifts[key], plan[key], found)
                    for key, found in refused.items()
                ),
                *run._freed_values(facts, shifts, plan),
            ]
        )
        open_keys = [key for key in shifts if key not in kept]
        reasons = {gap.need: gap for gap in gaps}
        run.env["security.roster.uncovered"].create(
            [
                run._uncovered_values(facts, shifts[k], reasons.get(k), refused.get(k))
                for k in open_keys
            ]
        )
        sheet = run._score_sheet(facts, solution, refused, plan)
        run.env["security.roster.guard"].create(sheet)
        run.write(
            {
                "state": "stopped" if run.stop_requested else "done",
                "progress": 100,
                "phase": False,
                "cost": solution.cost,
                "bound": solution.bound or 0.0,
                "gap": 100 * (solution.gap or 0.0),
                "covered": len(kept),
                "night_spread": rota.spread(row["nights"] for row in sheet),
                "weekend_spread": rota.spread(row["weekends"] for row in sheet),
                "message": run._told(facts, solution, refused),
            }
        )

    # ------------------------------------------------------------
    # LINES
    # ------------------------------------------------------------

    def _line_values(self, shift):
        return {
            "run_id": self.id,
            "shift_id": shift.id,
            "date_start": shift.date_start,
            "date_stop": shift.date_stop,
        }

    def _kept_values(self, facts, shift, who, findings):
        told = [f for f in findings if f.severity != "info"]
        return {
            **self._line_values(shift),
            "employee_id": who,
            "previous_employee_id": facts.previous[shift.id],
            "eligibility": verdict.verdict(f.severity for f in findings),
            "sentence": "\n".join(self._say(finding) for finding in told),
        }

    def _left_values(self, facts, shift, who, finding):
        return {
            **self._line_values(shift),
            "employee_id": who,
            "previous_employee_id": facts.previous[shift.id],
            "eligibility": verdict.verdict([finding.severity]),
            "sentence": self._say(finding),
            "state": "left_out",
            "keep": False,
        }

    def _freed_values(self, facts, shifts, plan):
        """Shifts whose guard goes and nobody comes, in a repair."""
        for key, who in facts.previous.items():
            if who and key in shifts and key not in plan:
                yield {
                    **self._line_values(shifts[key]),
                    "employee_id": False,
                    "previous_employee_id": who,
                    "sentence": self.env._("Nobody can take it over."),
                }

    def _say(self, finding):
        return f"{finding.rule} {finding.text((self.env.lang or 'en')[:2])}"

    def _score_sheet(self, facts, solution, refused, plan):
        """Values of the lines of the score sheet: guards with a contract or shifts."""
        left_out = {(plan[key], key) for key in refused}
        needs = {need.key: need for need in facts.problem.needs}
        held = defaultdict(list)
        for who, key in solution.assignments - left_out:
            day = rota.local_date(needs[key].start, facts.zone)
            if self.date_from <= day <= self.date_to:
                held[who].append(needs[key])
        return [
            {
                "run_id": self.id,
                "employee_id": who,
                "hours": sum((n.stop - n.start).total_seconds() for n in held[who])
                / 3600,
                "contract_hours": facts.contracts.get(who, 0) / MINUTES,
                "shifts": len(held[who]),
                "nights": sum(need.night for need in held[who]),
                "weekends": sum(_weekend(need, facts.zone) for need in held[who]),
            }
            for who in facts.persons
            if held[who] or self._able(facts, who)
        ]

    def _told(self, facts, solution, refused):
        told = []
        if refused:
            told.append(
                self.env._(
                    "%(count)s proposals were left out, because the rules refuse them "
                    "with all the others.",
                    count=len(refused),
                )
            )
        if frozen := sorted(
            {facts.persons[who][0].name for who, _r in solution.violations}
        ):
            told.append(
                self.env._(
                    "What these guards have already breaks a limit, so they get "
                    "nothing more: %(guards)s.",
                    guards=", ".join(frozen),
                )
            )
        return "\n".join(told) or False

    # ------------------------------------------------------------
    # WHY NOT
    # ------------------------------------------------------------

    def _uncovered_values(self, facts, shift, gap, refused):
        lines = []
        if refused:
            lines.append(self._say(refused))
        if gap:
            lines += [
                self._why(facts, gap.need, codes, guards)
                for codes, guards in rota.by_reason(gap.reasons)
            ]
        reasons = "\n".join(lines) or self.env._(
            "The time was too short to say why: look at who can take it."
        )
        return {**self._line_values(shift), "reasons": reasons}

    def _why(self, facts, need, codes, guards):
        """ "4 guards (Ada, Bo, Cy…): more than 46 h a week over 12 weeks"."""
        names = sorted(facts.persons[who][0].name for who in guards)
        named = ", ".join(names[:MAX_NAMED]) + ("…" if len(names) > MAX_NAMED else "")
        if len(names) > 1:
            named = self.env._(
                "%(count)s guards (%(names)s)", count=len(names), names=named
            )
        return self.env._(
            "%(guards)s: %(reasons)s",
            guards=named,
            reasons=", ".join(
                self._word(facts, need, code, guards[0]) for code in codes
            ),
        )

    def _word(self, facts, need, code, who):
        guard = next(g for g in facts.problem.guards if g.id == who)
        limits = guard.limits
        hours = getattr(limits, code, None)
        figure = {
            "hours": f"{hours / MINUTES:g}" if isinstance(hours, int) else "",
            "number": hours,
            "weeks": limits.average_weeks,
        }
        finding = facts.refused.get((who, need))
        if finding is not None and code == finding.rule:
            return self._say(finding)
        sentences = self._sentences()
        return sentences[code] % figure if code in sentences else code

    def _sentences(self):
        """What each code of the solver's explanation means."""
        return {
            "planned": self.env._("with the other shifts of this rota"),
            "locked": self.env._("with the shifts held already"),
            "unavailable": self.env._("absent"),
            "eligible": self.env._("not for this shift"),
            "overlap": self.env._("would be in two places at once"),
            "one_shift_a_day": self.env._("has another shift that day"),
            "cost": self.env._("may take it, but what counts here speaks against it"),
            "min_rest": self.env._("less than %(hours)s h of rest"),
            "min_rest_switch": self.env._(
                "less than %(hours)s h between night and day"
            ),
            "max_day": self.env._("the shift is longer than %(hours)s h"),
            "max_week": self.env._("more than %(hours)s h in the week"),
            "max_average": self.env._(
                "more than %(hours)s h a week on average over %(weeks)s weeks"
            ),
            "max_days_week": self.env._("more than %(number)s days in the week"),
            "max_consecutive_days": self.env._("more than %(number)s days in a row"),
            "weekly_rest": self.env._("less than %(hours)s h of weekly rest"),
        }
