from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import formatLang

from odoo.addons.security_workforce.engine import cycle_law

from ..engine.rotation import LONGEST_CYCLE
from ..engine.rotation_patterns import pattern


class SecurityRotation(models.Model):
    """A cycle of work that guards turn in, whatever the post."""

    _name = "security.rotation"
    _description = "Rotation"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", default=lambda self: self.env.company, index=True
    )
    start_from = fields.Selection(
        [
            ("2x12", "2 × 12 h: two days, two nights, four off"),
            ("3x8", "3 × 8 h: mornings, afternoons, nights"),
            ("4-2", "4 days on, 2 off, of 8 h"),
            ("2-2-3", "2-2-3 (Pitman), of 12 h"),
            ("panama", "2-2-3 (Panama), days then nights"),
            ("dupont", "DuPont, 28 days of 12 h"),
        ],
        string="Start From…",
        help="Replaces the days below by those of a cycle known in the trade; "
        "change them then as you like.",
    )
    day_count = fields.Integer("Days in the Cycle", required=True, default=7)
    line_ids = fields.One2many(
        "security.rotation.line", "rotation_id", "Days of Work", copy=True
    )
    team_ids = fields.One2many("security.rotation.team", "rotation_id", "Teams")
    team_count = fields.Integer("Number of Teams", compute="_compute_team_count")
    weekly_hours = fields.Float(
        "Hours a Week",
        compute="_compute_figures",
        help="On average over the cycle; a full-time contract is 35 hours.",
    )
    sundays_off = fields.Float(
        "Sundays off out of 4",
        compute="_compute_figures",
        help="On average, when the first day of the cycle is a Monday.",
    )
    strip = fields.Html("Cycle", compute="_compute_strip", sanitize=False)
    law_warning = fields.Html(
        "What the Law Says",
        compute="_compute_law_warning",
        help="For a full-time guard, when the first day of the cycle is a Monday.",
    )

    _length_range = models.Constraint(
        f"CHECK (day_count BETWEEN 1 AND {LONGEST_CYCLE})",
        "A cycle has from 1 to 366 days.",
    )

    # ------------------------------------------------------------
    # CONSTRAINTS
    # ------------------------------------------------------------

    @api.constrains("day_count", "line_ids")
    def _check_days(self):
        for rotation in self:
            if beyond := rotation.line_ids.filtered(
                lambda line, last=rotation.day_count: line.day > last
            ):
                raise ValidationError(
                    self.env._(
                        "Day %(day)s is beyond the %(length)s days of “%(rotation)s”: "
                        "remove that day of work, or make the cycle longer.",
                        day=max(beyond.mapped("day")),
                        length=rotation.day_count,
                        rotation=rotation.name,
                    )
                )

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends("team_ids")
    def _compute_team_count(self):
        for rotation in self:
            rotation.team_count = len(rotation.team_ids)

    @api.depends(
        "day_count", "line_ids.day", "line_ids.hour_start", "line_ids.duration"
    )
    def _compute_figures(self):
        for rotation in self:
            cycle = rotation._cycle()
            rotation.weekly_hours = cycle and cycle_law.weekly_hours(*cycle)
            rotation.sundays_off = cycle and cycle_law.sundays_off(*cycle)

    @api.depends(
        "day_count",
        "line_ids.day",
        "line_ids.hour_start",
        "line_ids.duration",
        "line_ids.label",
    )
    @api.depends_context("lang")
    def _compute_strip(self):
        for rotation in self:
            days = range(1, rotation.day_count + 1) if rotation._cycle() else ()
            rotation.strip = rotation._strip_table([("", days)], days)

    @api.depends(
        "company_id",
        "day_count",
        "line_ids.day",
        "line_ids.hour_start",
        "line_ids.duration",
    )
    @api.depends_context("lang")
    def _compute_law_warning(self):
        for rotation in self:
            rotation.law_warning = rotation._law_words()

    @api.onchange("start_from")
    def _onchange_start_from(self):
        if not self.start_from:
            return
        self.day_count, bands = pattern(self.start_from)
        self.line_ids = [
            Command.clear(),
            *(
                Command.create(
                    {
                        "day": band.day,
                        "hour_start": band.start_minute / 60,
                        "duration": band.minutes / 60,
                        "label": band.label,
                    }
                )
                for band in bands
            ),
        ]

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_teams(self):
        """The teams that turn in this cycle."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_missions.security_rotation_team_action"
        )
        return {
            **action,
            "domain": [("rotation_id", "=", self.id)],
            "context": {"default_rotation_id": self.id},
        }

    # ------------------------------------------------------------
    # TOOLS
    # ------------------------------------------------------------

    def _cycle(self):
        """(length, [(day, start minute, minutes)]) or None while it makes no sense."""
        if not 1 <= self.day_count <= LONGEST_CYCLE:
            return None
        bands = [line._as_engine_band() for line in self.line_ids]
        return self.day_count, [
            (band.day, band.start_minute, band.minutes)
            for band in bands
            if 1 <= band.day <= self.day_count and band.minutes > 0
        ]

    def _law_words(self, weekdays=(0,)):
        """What forbids this cycle to a full-time guard, as HTML, or False.

        :param weekdays: 0 (Monday) to 6, those of the first day of the cycle; each rule
            is told once, with its worst figure
        """
        cycle = self._cycle()
        if not cycle:
            return False
        company = self.company_id or self.env.company
        parameters = self.env["security.parameter"].sudo()._for(company=company)
        today = fields.Date.context_today(self)
        return self._told_in_words(
            cycle_law.worst_by_rule(
                finding
                for weekday in weekdays
                for finding in cycle_law.check_cycle(*cycle, parameters, today, weekday)
            )
        )

    def _told_in_words(self, findings):
        words = self._law_sentences()
        return bool(findings) and Markup("<ul class='mb-0 ps-3'>%s</ul>") % (
            Markup().join(
                Markup("<li>%s <span class='text-muted'>%s</span></li>")
                % (
                    words[finding.rule]
                    % {
                        "value": self._number(finding.value),
                        "limit": self._number(finding.limit),
                    },
                    finding.source,
                )
                for finding in findings
            )
        )

    def _number(self, value):
        if value is None:
            return "?"
        return formatLang(self.env, value, digits=0 if value == int(value) else 1)

    def _law_sentences(self):
        """``{rule: what it says of a cycle}``: no shift has a date yet."""
        return {
            "TPS-01": self.env._("A day has %(value)s h of work: %(limit)s h at most."),
            "TPS-02": self.env._(
                "There are %(value)s h of rest: %(limit)s h at least."
            ),
            "TPS-03": self.env._(
                "From night to day: %(value)s h of rest, %(limit)s h at least."
            ),
            "TPS-04": self.env._("A civil week has %(value)s h: %(limit)s h at most."),
            "TPS-05": self.env._(
                "The average over weeks is %(value)s h: %(limit)s h at most."
            ),
            "TPS-06": self.env._(
                "A week has %(value)s h of rest: %(limit)s h at least."
            ),
            "TPS-07": self.env._("A civil week has %(value)s days: %(limit)s at most."),
            "TPS-08": self.env._(
                "There are %(value)s days in a row: %(limit)s advised."
            ),
            "TPS-09": self.env._(
                "There are %(value)s h without a day off: %(limit)s h at most."
            ),
            "TPS-10": self.env._(
                "Sundays off a month: %(value)s on average, %(limit)s at least."
            ),
        }

    def _strip_table(self, rows, days, heads=None):
        """The cycle as a read-only table.

        :param rows: [(name, days of the cycle, one a column)]
        :param days: the columns; ``heads`` is what is written over them
        """
        lines = self.line_ids.grouped("day")
        head = Markup().join(
            Markup("<th class='text-center fw-normal text-muted px-1'>%s</th>") % each
            for each in heads or days
        )
        body = Markup().join(
            Markup("<tr><th class='text-nowrap pe-2 fw-normal'>%s</th>%s</tr>")
            % (name, Markup().join(self._strip_cell(lines.get(day)) for day in columns))
            for name, columns in rows
        )
        return bool(days) and (
            Markup(
                "<div class='table-responsive'><table class='table table-sm "
                "table-bordered w-auto mb-0'><tr><th></th>%s</tr>%s</table></div>"
            )
            % (head, body)
        )

    def _strip_cell(self, lines):
        if not lines:
            return Markup("<td class='text-center text-muted'>·</td>")
        return Markup(
            "<td class='text-center table-info' title='%s'><b>%s</b></td>"
        ) % (
            ", ".join(line._band_words() for line in lines),
            " ".join(line.label or line._clock() for line in lines),
        )
