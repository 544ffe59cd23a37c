from babel.dates import get_day_names

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import babel_locale_parse, format_date, get_lang

from ..engine.demand import Need, summarise
from .security_post_requirements import READERS

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]
MONTH_WEEKS = [
    ("1", "First of the month"),
    ("2", "Second of the month"),
    ("3", "Third of the month"),
    ("4", "Fourth of the month"),
    ("-1", "Last of the month"),
]
HOLIDAYS = [("only", "On public holidays only"), ("not", "Not on public holidays")]


class SecurityPostNeed(models.Model):
    _name = "security.post.need"
    _description = "Need of a Post"
    _inherit = ["security.placed.mixin"]
    _order = "post_id, date, weekday, hour_start, id"
    _check_company_auto = True
    _place_field = "post_id"

    post_id = fields.Many2one(
        "security.post",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(related="post_id.company_id", store=True, index=True)
    weekday = fields.Selection(WEEKDAYS, help="Every week on this day.")
    date = fields.Date(help="Once, on this date.")
    week_step = fields.Integer(
        "Every (weeks)",
        required=True,
        default=1,
        help="1: every week. 2: every other week, counted from the week of reference.",
    )
    week_anchor = fields.Date(
        "Week of Reference", help="Any day of a week in which the need is asked."
    )
    month_week = fields.Selection(
        MONTH_WEEKS,
        "Place in the Month",
        help="Only that Monday, Tuesday… of the month; empty: all of them.",
    )
    holidays = fields.Selection(
        HOLIDAYS,
        "Public Holidays",
        help="Those of the firm's calendar. With “only”, the day of the week may stay "
        "empty: every public holiday.",
    )
    requirement_ids = fields.One2many(
        "security.requirement",
        "need_id",
        "Requirements",
        copy=True,
        groups=READERS,
        help="Asked of the shifts made for this need, and of no other.",
    )
    hour_start = fields.Float("Start", required=True, default=8.0)
    duration = fields.Float("Duration (h)", required=True, default=12.0)
    headcount = fields.Integer("Head-count", required=True, default=1)
    date_from = fields.Date("Valid From", help="First day; empty: since always.")
    date_to = fields.Date("Valid To", help="Last day; empty: until further notice.")
    order_ref = fields.Char(
        "Client's Order No.", help="The client's order or amendment that asks for it."
    )

    _weekday_or_date = models.Constraint(
        "CHECK ((weekday IS NULL) <> (date IS NULL)"
        " OR (weekday IS NULL AND date IS NULL"
        " AND holidays IS NOT NULL AND holidays = 'only'))",
        "A need is either for a day of the week or for one date: fill in exactly one, "
        "or none for every public holiday.",
    )
    _pattern_of_weeks = models.Constraint(
        "CHECK (week_step = 1 OR (week_step BETWEEN 2 AND 52"
        " AND week_anchor IS NOT NULL AND weekday IS NOT NULL))",
        "A need every few weeks has a day of the week and a week of reference, and "
        "comes back after 52 weeks at most.",
    )
    _pattern_of_months = models.Constraint(
        "CHECK (month_week IS NULL OR (weekday IS NOT NULL AND week_step = 1))",
        "The first, second… of the month is that of a day of the week, and is not "
        "counted in weeks: choose the day, and 1 for the weeks.",
    )
    _headcount_positive = models.Constraint(
        "CHECK (headcount BETWEEN 1 AND 500)",
        "The head-count of a need goes from 1 to 500 guards.",
    )

    _validity_in_order = models.Constraint(
        "CHECK (date_to >= date_from)",
        "A need cannot end before it starts: check the days it is valid.",
    )

    @api.constrains("hour_start", "duration")
    def _check_hours(self):
        for need in self:
            if not 0 <= need._minutes("hour_start") < 24 * 60:
                raise ValidationError(
                    self.env._("A need starts between 00:00 and 23:59.")
                )
            if not 0 < need._minutes("duration") <= 24 * 60:
                raise ValidationError(
                    self.env._("A need lasts from one minute to 24 hours.")
                )

    @api.depends(
        "weekday",
        "date",
        "hour_start",
        "duration",
        "headcount",
        "date_from",
        "date_to",
        "week_step",
        "week_anchor",
        "month_week",
        "holidays",
    )
    @api.depends_context("lang")
    def _compute_display_name(self):
        for need in self:
            need.display_name = need._summary()

    def unlink(self):
        # Their shifts stay, and are judged again without what the need asked.
        self.sudo().requirement_ids.unlink()
        return super().unlink()

    def _minutes(self, field):
        return round(self[field] * 60)

    def _as_engine_need(self):
        """The need as the engine understands it."""
        self.ensure_one()
        return Need(
            ref=self.id,
            weekday=int(self.weekday) if self.weekday else None,
            day=self.date or None,
            start_minute=self._minutes("hour_start"),
            minutes=self._minutes("duration"),
            headcount=self.headcount,
            first=self.date_from or None,
            last=self.date_to or None,
            every=self.week_step or 1,
            anchor=self.week_anchor or None,
            month_week=int(self.month_week) if self.month_week else None,
            holidays=self.holidays or "",
        )

    # ------------------------------------------------------------
    # TOOLS
    # ------------------------------------------------------------

    def _summary(self):
        """These needs in words: “Mon-Fri 07:00-19:00 × 2, Sat 08:00-12:00 × 1”."""
        locale = babel_locale_parse(get_lang(self.env).code)
        names = get_day_names("abbreviated", locale=locale)
        known = self.filtered(
            lambda need: need.weekday or need.date or need.holidays == "only"
        )
        bands = summarise(need._as_engine_need() for need in known)
        return ", ".join(
            f"{self._day_words(need, runs, names)} {self._band_words(need)}"
            for runs, need in bands
        )

    def _day_words(self, need, runs, names):
        if need.day:
            return format_date(self.env, need.day)
        words = [
            "-".join(names[day] for day in ([run[0], run[-1]] if run[1:] else run))
            for run in runs
        ]
        return " ".join(filter(None, [", ".join(words), *self._pattern_words(need)]))

    def _pattern_words(self, need):
        if need.month_week:
            options = self._fields["month_week"]._description_selection(self.env)
            yield f"({dict(options)[str(need.month_week)].lower()})"
        if need.every > 1:
            yield self.env._(
                "(every %(count)s weeks from %(day)s)",
                count=need.every,
                day=format_date(self.env, need.anchor) if need.anchor else "?",
            )
        if need.holidays:
            options = self._fields["holidays"]._description_selection(self.env)
            yield f"({dict(options)[need.holidays].lower()})"

    def _band_words(self, need):
        clock = [
            f"{minute // 60 % 24:02}:{minute % 60:02}"
            for minute in (need.start_minute, need.start_minute + need.minutes)
        ]
        words = f"{'-'.join(clock)} × {need.headcount}"
        if need.first:
            words += self.env._(" from %s", format_date(self.env, need.first))
        if need.last:
            words += self.env._(" until %s", format_date(self.env, need.last))
        return words
