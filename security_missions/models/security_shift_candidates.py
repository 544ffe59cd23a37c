from odoo import api, fields, models

from odoo.addons.security_workforce.engine import verdict

from .security_shift_eligibility import VERDICTS

PLANNERS = "security_workforce.group_security_planner"
ORDER = [key for key, _label in VERDICTS]
ALLOWED = ("ok", "warning")
STOPPED = ("override", "blocked")
# The first ones by name; the dialog has them all.
MAX_NAMED = 5


class SecurityShift(models.Model):
    """Who can take a shift, asked when somebody looks at it: never stored."""

    _inherit = "security.shift"

    replacement_hint = fields.Char(
        "Who May Take It",
        compute="_compute_replacement_hint",
        groups=PLANNERS,
        help="The guards whom no rule stops, for a shift whose own guard is stopped.",
    )

    @api.depends("eligibility", "eligibility_findings", "state")
    @api.depends_context("lang")
    def _compute_replacement_hint(self):
        for shift in self:
            stopped = shift.sudo().eligibility in STOPPED
            planned = shift.state in ("draft", "published")
            shift.replacement_hint = stopped and planned and shift._replacement_hint()

    def _replacement_hint(self):
        """The remedy that no rule knows: those of the firm who may take it."""
        able = [row for row in self._candidates() if row["eligibility"] in ALLOWED]
        names = ", ".join(row["name"] for row in able[:MAX_NAMED])
        if not able:
            return self.env._("No other guard may take it as it is.")
        if len(able) <= MAX_NAMED:
            return self.env._("May take it: %(names)s.", names=names)
        return self.env._(
            "May take it: %(names)s and %(count)s more.",
            names=names,
            count=len(able) - MAX_NAMED,
        )

    def _candidates(self):
        """Each other guard of the firm on this shift, the allowed first.

        :return: ``[{"employee_id", "name", "eligibility", "reasons", "score",
            "rank_reasons", "cost", "margin", "hours_due"}]``: the reasons in the
            language of the reader, the worst first; those whom no rule stops by their
            score (0 to 100), None for the others; euros, None when not known; hours of
            the contract still due in the month, None when it says none

        The number of queries does not depend on the number of guards.
        """
        self.ensure_one()
        guards = self._candidate_guards() - self.employee_id._origin
        if not guards or not self.post_id:
            return []
        slot = self._engine_slot()
        plans = guards._security_plans([slot], without=self._origin.ids)
        answers = guards._security_verdicts([slot], self._origin.ids, plans)
        lang = (self.env.lang or "en")[:2]
        rows = []
        for guard in guards:
            [findings] = answers[guard.id]
            told = sorted(
                (f for f in findings if f.severity != "info"),
                key=lambda f: -verdict.SEVERITIES.index(f.severity),
            )
            rows.append(
                {
                    "employee_id": guard.id,
                    "name": guard.name,
                    "eligibility": verdict.verdict(f.severity for f in findings),
                    "reasons": "\n".join(f"{f.rule} {f.text(lang)}" for f in told),
                }
            )
        rows.sort(key=lambda row: row["name"])
        self._rank(rows, slot, *plans, wishes=self._wishes_now(guards))
        rows.sort(
            key=lambda row: (ORDER.index(row["eligibility"]), -(row["score"] or 0))
        )
        return rows

    def _wishes_now(self, guards):
        """``{employee id: 1 or -1}`` of those who wish to work at this time, or not."""
        wishes = {}
        declared = guards._security_wishes(self.date_start, self.date_stop)
        for who, times in declared.items():
            for start, stop, kind in times:
                if start < self.date_stop and self.date_start < stop:
                    wishes[who] = 1 if kind == "work" else -1
        return wishes

    def _candidate_guards(self):
        """sudo: a planner chooses among all the guards of the firm that hold a title,
        without reading their files."""
        groups = (
            self.env["security.card"]
            .sudo()
            ._read_group(
                [
                    ("company_id", "=", self.company_id.id),
                    ("employee_id.active", "=", True),
                ],
                [],
                ["employee_id:recordset"],
            )
        )
        return groups[0][0]
