from collections import defaultdict
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models

from odoo.addons.security_workforce.engine import limits, verdict

from .security_shift import LONGEST

VERDICTS = [
    ("ok", "Allowed"),
    ("warning", "Allowed, with a warning"),
    ("override", "To be justified"),
    ("blocked", "Not allowed"),
]
FIELDS = ("eligibility", "eligibility_findings")
READ = ("employee_id", "post_id", "company_id", "date_start", "date_stop", "state")
MOVED_BY = {"employee_id", "date_start", "date_stop", "post_id", "state"}
# A shift changes what is said of those shortly before it (rest, week), and of all
# those after it in the longest window.
BEFORE = timedelta(days=8)
NIGHTLY_DAYS = 60
CRON_BATCH = 1000
READERS = "security_workforce.group_security_user"
REGISTER_READERS = (
    "security_workforce.group_security_planner,"
    "security_workforce.group_security_compliance_officer"
)


class SecurityShift(models.Model):
    """May this guard be there then: the rules' answer, stored with its reasons."""

    _inherit = "security.shift"

    eligibility = fields.Selection(
        VERDICTS,
        compute="_compute_eligibility",
        store=True,
        index="btree_not_null",
        compute_sudo=True,
        copy=False,
        groups=READERS,
        help="What the law, the branch and the client say of this guard on this shift.",
    )
    eligibility_findings = fields.Json(
        compute="_compute_eligibility",
        store=True,
        compute_sudo=True,
        copy=False,
        groups=READERS,
    )
    override_ids = fields.One2many(
        "security.override",
        "shift_id",
        string="Derogations",
        groups=REGISTER_READERS,
    )

    eligibility_reasons = fields.Html(
        "Reasons", compute="_compute_eligibility_reasons", groups=READERS
    )

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends("eligibility_findings")
    @api.depends_context("lang", "uid", "tz")
    def _compute_eligibility_reasons(self):
        for shift in self:
            rows = shift._worded_findings()
            answers = shift._worded_answers(rows)
            shift.eligibility_reasons = rows and Markup(
                "<ul class='mb-0 ps-3'>%s</ul>"
            ) % Markup().join(
                Markup("<li><b>%s</b> %s <span class='text-muted'>%s</span>%s%s</li>")
                % (
                    row["rule"],
                    row["text"],
                    row["source"],
                    Markup().join(
                        Markup("<br/>→ %s") % remedy["text"]
                        for remedy in row["remedies"]
                    ),
                    answers.get(row.get("override_id"), ""),
                )
                for row in rows
            )

    @api.depends(
        "employee_id",
        "post_id",
        "date_start",
        "date_stop",
        "state",
        "attendance_ids.check_in",
        "attendance_ids.check_out",
        "override_ids.rule_code",
    )
    def _compute_eligibility(self):
        others = self._others_to_judge()
        try:
            with self.env.protecting([self._fields[name] for name in FIELDS], others):
                (self | others)._judge_now()
        except Exception:
            others._judge()
            raise

    def _others_to_judge(self):
        """The other shifts that wait for a verdict: a month of a firm is read once,
        where the ORM would ask for a thousand shifts at a time."""
        if not all(self._ids):
            return self.browse()
        pending = self.env.records_to_compute(self._fields["eligibility"]) - self
        others = pending.filtered("id").with_env(self.env).exists()
        for name in FIELDS:
            self.env.remove_to_compute(self._fields[name], others)
        return others

    def _judge_now(self):
        """Compute and store the verdict of these shifts."""
        self.fetch(READ)
        judged = self.filtered(
            lambda s: (
                s.employee_id
                and s.post_id
                and s.state != "cancelled"
                and s.date_start
                and s.date_stop
                and s.date_start < s.date_stop
            )
        )
        idle = self - judged
        idle.eligibility = idle.eligibility_findings = False
        if not judged:
            return
        findings = judged._find()
        answered = judged._answered()
        answers = {}
        for shift in judged:
            rows = shift._finding_rows(
                findings.get(shift._origin.id or shift.id, ()),
                answered.get(shift._origin.id, {}),
            )
            answers[shift] = (verdict.verdict(row["severity"] for row in rows), rows)
        judged._store_answers(answers)

    def _find(self):
        """``{shift id: [Finding]}`` of these shifts, all guards in one go."""
        saved = self.filtered(lambda s: s == s._origin)
        found = saved._find_saved() if saved else {}
        for shift in self - saved:
            found[shift._origin.id or shift.id] = shift._find_unsaved()
        return found

    def _find_saved(self):
        before, after = self._engine_windows()
        start = min(self.mapped("date_start")) - before
        stop = max(self.mapped("date_stop")) + after
        guards = self.employee_id
        slots = self._engine_slots(guards.ids, start, stop, asked=frozenset(self.ids))
        persons = guards._security_persons(start, stop)
        slots = self._mark_accompanied(persons, slots)
        found = {}
        for guard_id, terms in persons.items():
            found.update(limits.by_slot(limits.check_dated(terms, slots[guard_id])))
        for key, shortages in limits.by_slot(
            self._find_shortages(persons, slots)
        ).items():
            found[key] = [*found.get(key, ()), *shortages]
        return found

    def _find_unsaved(self):
        """The form is asked before it is saved: nothing is flushed, nothing stored."""
        guard = self.employee_id._origin
        answers = guard._security_verdicts(
            [self._engine_slot()], without=self._origin.ids
        )
        return answers[guard.id][0]

    def _answered(self):
        """``{shift id: {(rule, what it said): override}}``."""
        answered = defaultdict(dict)
        overrides = self.env["security.override"].sudo()
        for override in overrides.search_fetch(
            [("shift_id", "in", self._origin.ids)],
            ["shift_id", "employee_id", "rule_code", "message"],
        ):
            # Given for this guard: another one on the same shift needs his own.
            if override.employee_id == override.shift_id.employee_id:
                said = (override.rule_code, override.message)
                answered[override.shift_id.id][said] = override
        return answered

    def _finding_rows(self, findings, answered):
        """What is stored: both languages of the suite, worst finding first.

        An answer is for what the rule said then: thirteen hours, not fifteen.
        """
        lang = (self.company_id.partner_id.lang or "fr")[:2]
        rows = []
        for finding in findings:
            row = finding.as_json(lang)
            override = next(
                (answered[said] for said in _sayings(row) if said in answered), None
            )
            if override and row["severity"] == "override":
                row.update(severity="warn", override_id=override.id)
            rows.append(row)
        order = verdict.SEVERITIES.index
        return sorted(rows, key=lambda r: (-order(r["severity"]), r["rule"], r["text"]))

    # ------------------------------------------------------------
    # WHEN IT CHANGES
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        moving = self.with_context(security_shift_moving=True)
        shifts = super(SecurityShift, moving).create(vals_list).with_env(self.env)
        shifts._judge_neighbours(shifts._stays())
        shifts._teammates()._judge()
        return shifts

    def write(self, vals):
        # A state moves nobody, unless the shift goes away or comes back.
        states = {vals.get("state"), *self.mapped("state")}
        moved = MOVED_BY & vals.keys()
        if not moved or (moved == {"state"} and "cancelled" not in states):
            return super().write(vals)
        before, team = self._stays(), self._teammates()
        moving = self.with_context(security_shift_moving=moved != {"state"})
        result = super(SecurityShift, moving).write(vals)
        # Into the same statement as what was written: the search below flushes it.
        self._recompute_recordset(["hours"])
        self._judge_neighbours(before | self._stays())
        (team | self._teammates())._judge()
        return result

    def unlink(self):
        before, team = self._stays(), self._teammates()
        result = super().unlink()
        self.browse()._judge_neighbours(before)
        team._judge()
        return result

    def _stays(self):
        """Who is where: ``{(employee id, start, stop)}``."""
        return {
            (shift.employee_id.id, shift.date_start, shift.date_stop)
            for shift in self.sudo()
            if shift.employee_id
        }

    def _judge_neighbours(self, stays):
        """Have the other shifts of these guards judged again, at the next flush."""
        if not stays:
            return
        guards, starts, stops = zip(*stays, strict=True)
        reach = self._engine_windows()[0]
        start, stop = min(starts) - BEFORE, max(stops) + reach
        self._judge_again(set(guards), start, stop, without=self.ids)

    @api.model
    def _judge_again(self, employee_ids, start=None, stop=None, without=()):
        """Compute the eligibility of shifts again, in this same transaction.

        :param start, stop: the period, naive UTC; from today on when none is given,
            because what is over was judged with what was known then
        """
        if not employee_ids:
            return
        domain = [
            ("employee_id", "in", list(employee_ids)),
            ("state", "in", ("draft", "published", "started")),
            ("date_start", ">", (start or fields.Datetime.now()) - LONGEST),
            ("date_stop", ">", start or fields.Datetime.now()),
            ("id", "not in", list(without)),
        ]
        if stop:
            domain.append(("date_start", "<", stop))
        # sudo: every shift of the guard, whoever may see it.
        shifts = self.sudo().search_fetch(domain, READ, order="id")
        (shifts | shifts._teammates())._judge()

    def _judge(self):
        """Compute the eligibility of these shifts at the next flush."""
        for name in FIELDS:
            self.env.add_to_compute(self._fields[name], self)

    @api.model
    def _guards_to_come(self, companies=None, posts=None):
        """The guards who have shifts to come: everywhere, or in these firms, or on
        these posts."""
        domain = [
            ("date_stop", ">", fields.Datetime.now()),
            ("employee_id", "!=", False),
            ("state", "in", ("draft", "published", "started")),
        ]
        if companies is not None:
            domain.append(("company_id", "in", companies.ids))
        if posts is not None:
            domain.append(("post_id", "in", posts.ids))
        # sudo: the rule applies whoever may see the shift.
        groups = self.sudo()._read_group(domain, [], ["employee_id:recordset"])
        return groups[0][0]

    @api.model
    def _cron_eligibility(self):
        """Judge the shifts to come again: a day that passes changes what is true."""
        now = fields.Datetime.now()
        shifts = self.search(
            [
                ("date_stop", ">", now),
                ("date_start", "<", now + timedelta(days=NIGHTLY_DAYS)),
                ("state", "in", ("draft", "published", "started")),
                ("employee_id", "!=", False),
            ],
            order="employee_id, date_start",
        )
        self.env["ir.cron"]._commit_progress(remaining=len(shifts))
        for batch in range(0, len(shifts), CRON_BATCH):
            part = shifts[batch : batch + CRON_BATCH].exists()
            part._judge()
            part.flush_recordset(FIELDS)
            if not self.env["ir.cron"]._commit_progress(len(part)):
                break


def _sayings(row):
    """What a finding says, in the language of the firm or any other."""
    texts = [row["text"], *(words["text"] for words in row["words"].values())]
    return [(row["rule"], text) for text in texts]
