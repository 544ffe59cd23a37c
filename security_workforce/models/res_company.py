from datetime import datetime, time, timedelta

from odoo import api, fields, models

from ..engine import card_number, holidays_fr, worktime

# The wording of CSI L612-14, which L612-15 requires on every document: it is quoted
# from the law, hence not translated.
LEGAL_SENTENCE = (
    "L'autorisation d'exercice ne confère aucune prérogative de puissance publique à "
    "l'entreprise ou aux personnes qui en bénéficient."
)
HOLIDAY_REGIONS = [
    ("alsace_moselle", "Alsace and Moselle"),
    ("guadeloupe", "Guadeloupe"),
    ("guyane", "French Guiana"),
    ("martinique", "Martinique"),
    ("mayotte", "Mayotte"),
    ("reunion", "Réunion"),
    ("saint_barthelemy", "Saint Barthélemy"),
    ("saint_martin", "Saint Martin"),
]


class ResCompany(models.Model):
    """The firm: its authorisation, its legal notice and its public holidays."""

    _inherit = "res.company"

    security_authorisation_number = fields.Char(
        string="Authorisation number",
        help="Authorisation of the establishment by the CNAPS (CSI L612-9), "
        "as AUT-075-2124-07-01-20250906336.",
    )
    security_authorisation_warning = fields.Char(
        compute="_compute_security_authorisation_warning"
    )
    security_legal_notice = fields.Text(
        string="Legal notice",
        compute="_compute_security_legal_notice",
        help="Carried by every document of the firm (CSI L612-14, L612-15).",
    )
    security_holiday_region = fields.Selection(
        HOLIDAY_REGIONS,
        string="Regional public holidays",
        help="Region whose own public holidays come on top of the eleven legal ones.",
    )
    security_card_renewal_months = fields.Integer(
        string="Renewal opens",
        default=6,
        required=True,
        help="Months before its expiry from which a card is to be renewed.",
    )

    _security_card_renewal_months_check = models.Constraint(
        "CHECK(security_card_renewal_months BETWEEN 0 AND 60)",
        "A renewal opens between 0 and 60 months before the expiry.",
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("security_authorisation_number")
    @api.depends_context("lang")
    def _compute_security_authorisation_warning(self):
        for company in self:
            number = company.security_authorisation_number
            odd = card_number.authorisation_odd_points(number)
            company.security_authorisation_warning = bool(odd) and self.env._(
                "This does not look like an authorisation number "
                "(AUT-075-2124-07-01-20250906336): check it on the decision."
            )

    @api.depends("security_authorisation_number")
    def _compute_security_legal_notice(self):
        for company in self:
            number = company.security_authorisation_number
            company.security_legal_notice = (
                f"Autorisation d'exercice {number} – {LEGAL_SENTENCE}"
                if number
                else LEGAL_SENTENCE
            )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._tidy_authorisation(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._tidy_authorisation(vals))

    def _tidy_authorisation(self, vals):
        name = "security_authorisation_number"
        if vals.get(name):
            return dict(vals, **{name: card_number.normalise(vals[name])})
        return vals

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _security_holidays(self, date_from, date_to):
        """Local dates that are public holidays, both bounds included.

        A civil year for which the firm recorded public holidays (time off of its
        calendars without a resource) follows them; any other year follows the
        French calendar with the region of the firm.

        :param date_from: first local date
        :param date_to: last local date
        :return: set of dates
        """
        self.ensure_one()
        recorded = self._security_recorded_holidays(
            date_from.replace(month=1, day=1), date_to.replace(month=12, day=31)
        )
        own_years = {day.year for day in recorded}
        region = self.security_holiday_region or ""
        for year in range(date_from.year, date_to.year + 1):
            if year not in own_years:
                recorded |= holidays_fr.holidays(year, region).keys()
        return {day for day in recorded if date_from <= day <= date_to}

    def _security_recorded_holidays(self, date_from, date_to):
        """Dates of the time off of the firm's calendars that concerns everybody."""
        days = set()
        # sudo: public holidays are no secret, their table is.
        for leave in (
            self.env["resource.calendar.leaves"]
            .sudo()
            .search(
                [
                    ("resource_id", "=", False),
                    ("company_id", "in", [self.id, False]),
                    ("time_type", "=", "leave"),
                    ("date_from", "<=", datetime.combine(date_to, time.max)),
                    ("date_to", ">=", datetime.combine(date_from, time.min)),
                ]
            )
        ):
            tz = leave.calendar_id.tz or self.resource_calendar_id.tz or "UTC"
            first, last = worktime.local_days(leave.date_from, leave.date_to, tz)
            days |= {first + timedelta(n) for n in range((last - first).days + 1)}
        return {day for day in days if date_from <= day <= date_to}
