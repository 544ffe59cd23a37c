from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.security_workforce.engine import margin
from odoo.addons.security_workforce.engine.plan import local_day

from .sale_order_line import BANDS
from .security_shift_candidates import PLANNERS

# Grids of the conventional minimum pay, by annex of the contract; staff without one.
GRIDS = {"annexe V": "am", "annexe VI": "cadre"}
STAFF = "ae"
DAY = timedelta(days=1)


class SecurityShift(models.Model):
    """What a shift costs with a guard, and what its order leaves of it.

    The cost is shown to planners, the wage it comes from to nobody here.
    """

    _inherit = "security.shift"

    currency_id = fields.Many2one(related="company_id.currency_id")
    planned_cost = fields.Monetary(
        compute="_compute_planned_margin",
        groups=PLANNERS,
        help="Pay of the guard for this shift: premiums, minimum period of work, meal "
        "allowance, overtime of the week and employer charges included.",
    )
    planned_margin = fields.Monetary(
        compute="_compute_planned_margin",
        groups=PLANNERS,
        help="What the order bills for this shift, less its cost.",
    )
    has_planned_cost = fields.Boolean(
        "Planned Cost Known", compute="_compute_planned_margin", groups=PLANNERS
    )
    has_planned_margin = fields.Boolean(
        "Planned Margin Known", compute="_compute_planned_margin", groups=PLANNERS
    )

    @api.depends("employee_id", "post_id", "date_start", "date_stop")
    def _compute_planned_margin(self):
        for shift in self:
            cost, left = shift._planned_money()
            shift.planned_cost, shift.planned_margin = cost or 0.0, left or 0.0
            shift.has_planned_cost = cost is not None
            shift.has_planned_margin = left is not None

    def _planned_money(self):
        """(cost, margin) in euros with the guard it has; None: not known."""
        guard = self.employee_id._origin
        times = self.date_start and self.date_stop and self.date_start < self.date_stop
        if not guard or not self.post_id or not times:
            return None, None
        slot = self._engine_slot()
        persons, known = guard._security_plans([slot], self._origin.ids)
        money = self._money(slot, persons, known, self._pays(persons, slot))
        return money[guard.id]

    def _money(self, slot, persons, known, pays, ways=None):
        """``{employee id: (cost, margin)}`` of one slot, None when not known.

        :param pays: see ``_pays``
        :param ways: ``{employee id: km to the site}``
        """
        firm = self.company_id.sudo()
        holidays = self._holidays_around(slot)
        billed = self._price(slot, holidays)
        money, day = {}, local_day(slot)
        for key, terms in persons.items():
            if pays.get(key) is None:
                money[key] = None, None
                continue
            way = 2 * firm.security_km_cost * ((ways or {}).get(key) or 0.0)
            cost = margin.cost(
                of_day(terms, day),
                slot,
                pays[key],
                holidays,
                known.get(key, ()),
                way,
            )
            left = None if billed is None else round(billed - cost, 2)
            money[key] = round(cost, 2), left
        return money

    def _holidays_around(self, slot):
        return self.company_id.sudo()._security_holidays(
            (slot.start - DAY).date(), (slot.stop + DAY).date()
        )

    def _price(self, slot, holidays):
        """Euros that the order of the post bills for a slot; None: not by the hour.

        sudo: whoever plans needs the margin, whatever he may read of the sales.
        """
        line = self.post_id.sudo().sale_line_id
        if not line:
            return None
        hour = self.env.ref("uom.product_uom_hour")
        hourly = line.product_uom_id._compute_price(
            line.price_unit * (1 - line.discount / 100), hour
        )
        premiums = tuple(
            (
                one.security_band,
                hourly * line.order_id[BANDS[one.security_band][0]] / 100,
            )
            for one in line.security_premium_line_ids
        )
        return margin.price(slot, margin.Price(hourly, premiums), holidays)

    def _pays(self, persons, slot):
        """``{employee id: engine.margin.Pay or None}``, in one query.

        sudo: the wage is read to make the cost of a shift, and never shown.
        """
        self.env["hr.version"].flush_model()
        day = local_day(slot)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (employee_id)
                       employee_id, COALESCE(wage, 0)::float, security_annex
                  FROM hr_version
                 WHERE active AND employee_id IN %s
                 ORDER BY employee_id, (date_version <= %s) DESC,
                          CASE WHEN date_version <= %s THEN date_version END DESC,
                          date_version
                """,
                tuple(persons) or (0,),
                day,
                day,
            )
        )
        charges = self.company_id.sudo().security_charges_percent
        return {
            key: self._pay(of_day(persons[key], day), wage, annex, day, charges)
            for key, wage, annex in rows
        }

    def _pay(self, person, wage, annex, day, charges):
        figures = person.parameters
        grid = GRIDS.get(annex, STAFF)
        least = figures.find(f"min_month_pay_{grid}_{person.coefficient}", day)
        month = figures.find("month_h", day)
        return margin.hourly_pay(
            wage,
            least.value if least else 0.0,
            person.weekly_hours,
            month.value if month else 0.0,
            charges,
        )


def of_day(terms, day):
    """The person with the terms in force on a day, the first ones before them."""
    found = terms[0]
    for person in terms:
        if person.terms_from and person.terms_from <= day:
            found = person
    return found
