import re
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date, get_lang, ormcache

from ..engine.parameters import Parameter, Parameters

# Agreements that add their own figures to those of the collective agreement. The keys
# are the names that the texts, hence the engine, use.
ANNEXES = [
    ("annexe IV", "Annex IV: operations staff"),
    ("annexe V", "Annex V: supervisors"),
    ("annexe VI", "Annex VI: managers"),
    ("annexe VIII", "Annex VIII: airport security"),
]
TEXT_UNITS = ("clock", "text")
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")
# One row answers for a code only among those of the same people.
SCOPE = ("code", "regime_id", "annex", "company_id")


class SecurityParameter(models.Model):
    """A figure of the law between two dates, with the text that gives it.

    No rule holds a number of its own: it asks for a code on a day, and the most
    precise row in force answers (see ``engine/parameters.py``).
    """

    _name = "security.parameter"
    _description = "Legal Figure"
    _order = "code, company_id, annex, regime_id, date_from desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["name", "code", "source"]

    code = fields.Char(
        required=True,
        index=True,
        help="The name by which the rules ask for it: changing it disables them.",
    )
    name = fields.Char(required=True, translate=True)
    # === The figure ===
    unit = fields.Selection(
        [
            ("hours", "Hours"),
            ("minutes", "Minutes"),
            ("days", "Days"),
            ("weeks", "Weeks"),
            ("months", "Months"),
            ("years", "Years"),
            ("count", "Number"),
            ("percent", "%"),
            ("euro", "Euros"),
            ("kmh", "km/h"),
            ("clock", "Time of day"),
            ("text", "Text"),
        ],
        required=True,
        default="hours",
    )
    value_number = fields.Float(string="Figure", digits=(16, 4))
    value_text = fields.Char(
        string="Value", help="A time of day is written on 24 hours: 21:00."
    )
    value = fields.Char(string="In force", compute="_compute_value")
    # === Whom it is for ===
    regime_id = fields.Many2one(
        "security.regime",
        index=True,
        ondelete="restrict",
        check_company=True,
        help="Empty: whatever the regime of the contract.",
    )
    annex = fields.Selection(
        ANNEXES, help="Annex of the collective agreement; empty: all staff."
    )
    company_id = fields.Many2one(
        "res.company",
        index=True,
        ondelete="cascade",
        help="Empty: every firm. A figure of the firm itself comes first.",
    )
    # === When, and why ===
    date_from = fields.Date(string="From", help="First day; empty: since always.")
    date_to = fields.Date(string="To", help="Last day; empty: until further notice.")
    source = fields.Char(
        required=True,
        help="Article that gives the figure, as quoted in refusals and registers.",
    )
    note = fields.Text(translate=True)

    _dates_check = models.Constraint(
        "CHECK(date_from <= date_to)", "The figure ends before it starts."
    )

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains("unit", "value_number", "value_text")
    def _check_value(self):
        for row in self:
            if row.unit not in TEXT_UNITS:
                if row.value_text:
                    raise ValidationError(
                        self.env._(
                            "“%(name)s” is a number: empty its text, or choose "
                            "the unit “Text”.",
                            name=row.name,
                        )
                    )
            elif row.value_number:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is a text: set its number to 0, or choose "
                        "another unit.",
                        name=row.name,
                    )
                )
            elif not row.value_text:
                raise ValidationError(
                    self.env._("Write the value of “%(name)s”.", name=row.name)
                )
            elif row.unit == "clock" and not CLOCK.fullmatch(row.value_text):
                raise ValidationError(
                    self.env._(
                        "“%(value)s” is not a time of day: write it on 24 hours, "
                        "as 21:00.",
                        value=row.value_text,
                    )
                )

    @api.constrains("code", "regime_id", "annex", "company_id", "date_from", "date_to")
    def _check_overlap(self):
        # sudo: a row that the user may not see would be in force all the same.
        same_code = self.sudo().search([("code", "in", self.mapped("code"))])
        by_scope = same_code.grouped(lambda row: tuple(row[name] for name in SCOPE))
        for rows in by_scope.values():
            ordered = rows.sorted(lambda row: row.date_from or date.min)
            for first, second in zip(ordered, ordered[1:], strict=False):
                if (second.date_from or date.min) <= (first.date_to or date.max):
                    self._refuse_overlap(first, second)

    def _refuse_overlap(self, first, second):
        rows = first | second
        starts = [day for day in rows.mapped("date_from") if day]
        ends = [day for day in rows.mapped("date_to") if day]
        # A day on which both are in force, whatever is left open.
        day = max(starts, default=min(ends, default=fields.Date.today()))
        raise ValidationError(
            self.env._(
                "“%(name)s” (%(code)s) would have two figures for the same people: "
                "%(first)s (%(first_source)s) and %(second)s (%(second_source)s) "
                "are both in force on %(day)s. End the first one the day before.",
                name=second.name,
                code=second.code,
                first=first.value,
                first_source=first.source,
                second=second.value,
                second_source=second.source,
                day=format_date(self.env, day),
            )
        )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("unit", "value_number", "value_text")
    @api.depends_context("lang")
    def _compute_value(self):
        point = get_lang(self.env).decimal_point
        units = dict(self._fields["unit"]._description_selection(self.env))
        for row in self:
            if row.unit in TEXT_UNITS:
                row.value = row.value_text
                continue
            number = f"{row.value_number:.10g}".replace(".", point)
            row.value = (
                number
                if row.unit == "count"
                else f"{number}\N{NO-BREAK SPACE}{units.get(row.unit, '').lower()}"
            )

    @api.onchange("unit")
    def _onchange_unit(self):
        """The field that is hidden must not keep a value that would be refused."""
        if self.unit in TEXT_UNITS:
            self.value_number = 0
        else:
            self.value_text = False

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create([self._tidy(vals) for vals in vals_list])
        self._forget()
        return rows

    def write(self, vals):
        result = super().write(self._tidy(vals))
        self._forget()
        return result

    def unlink(self):
        result = super().unlink()
        self._forget()
        return result

    def _tidy(self, vals):
        """Codes are compared: no space around; an empty text is no text."""
        tidied = dict(vals)
        for name in ("code", "value_text"):
            if isinstance(vals.get(name), str):
                tidied[name] = vals[name].strip() or False
        return tidied

    def _forget(self):
        # Every worker drops what it kept: the registry signals it on commit.
        self.env.registry.clear_cache()

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    @api.model
    @ormcache()
    def _engine_rows(self):
        """Every figure of every firm, for the engine; one query, then none."""
        # sudo: the same rows serve all users; _for keeps those of one firm.
        names = [
            *SCOPE,
            "unit",
            "value_number",
            "value_text",
            "source",
            "date_from",
            "date_to",
        ]
        return [row._engine_row() for row in self.sudo().search_fetch([], names)]

    def _engine_row(self):
        """This figure as the engine reads it."""
        self.ensure_one()
        return Parameter(
            code=self.code,
            value=self.value_text if self.unit in TEXT_UNITS else self.value_number,
            source=self.source,
            regime=self.regime_id.id or None,
            annex=self.annex or None,
            company=self.company_id.id or None,
            start=self.date_from or None,
            end=self.date_to or None,
        )

    @api.model
    def _for(self, regime=None, annex=None, company=None):
        """The figures of the people of one regime, annex and firm.

        :param regime: a security.regime; none: that of the firm
        :param annex: a key of ANNEXES
        :param company: a res.company; none: the figures of no firm in particular
        :rtype: engine.parameters.Parameters
        """
        if not regime and company:
            regime = company.security_regime_id
        return self._engine_parameters(
            regime.id if regime else None,
            annex or None,
            company.id if company else None,
        )

    @api.model
    @ormcache("regime_id", "annex", "company_id")
    def _engine_parameters(self, regime_id, annex, company_id):
        """Shared by all the guards of a kind: sorting rows costs more than rules."""
        return Parameters(self._engine_rows(), regime_id, annex, company_id)
