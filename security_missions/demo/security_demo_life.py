import random
from datetime import datetime, time, timedelta

import pytz
from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.security_workforce.engine import facts, limits
from odoo.addons.security_workforce.engine.rules import (
    time_daily,
    time_rest,
    time_weekly,
)

from .firm_data import (
    CONTRACTS,
    EVENT,
    EVENT_DAYS,
    JOBS_OF_PRODUCT,
)
from .roster import Guard, Planner, Slot
from .security_demo import TZ

SEED = 613
PUBLISHED_DAYS = 7
WAITING_DAYS = 3
# One in so many of the shifts planned for later is still without a guard.
ONE_HOLE_IN = 19
GUARD_LOGIN_POST = "Renfort ponctuel"
# The weeks that a new shift may put in the wrong.
LOOK_BACK = timedelta(weeks=3)


class SecurityDemo(models.AbstractModel):
    """Three months of the firm: rota, presence, approval, invoices."""

    _inherit = "security.demo"

    def _live_months(self):
        """Last month done and invoiced, this one under way, the next one planned."""
        planner = self._demo_as("planner")
        own = planner._need_guard_login()
        shifts = planner._generate_months()
        planner._plan(shifts, own)
        planner._publish(shifts)
        dice = random.Random(SEED)
        planner._work(shifts, dice)
        month = self._local_start(fields.Date.context_today(self).replace(day=1))
        planner._approve(shifts, month)
        self._demo_as("accountant")._invoice()
        waiting = self._local_start(fields.Date.context_today(self)) - timedelta(
            days=WAITING_DAYS
        )
        planner._approve(shifts, waiting)

    def _local_start(self, day):
        """Naive UTC instant at which a day of the firm begins."""
        local = pytz.timezone(TZ).localize(datetime.combine(day, time.min))
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    # ------------------------------------------------------------
    # Rota, by the planner
    # ------------------------------------------------------------

    def _need_guard_login(self):
        """Ask today and tomorrow for a guard on the post that the login holds."""
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        start = now.replace(minute=30 * (now.minute // 30), second=0, microsecond=0)
        start += timedelta(minutes=30)
        post = self.env["security.post"].search(
            [
                ("name", "=", GUARD_LOGIN_POST),
                ("company_id", "=", self.env.company.id),
            ]
        )
        self.env["security.post.need"].create(
            [
                {
                    "post_id": post.id,
                    "date": start.date() + timedelta(days=day),
                    "hour_start": start.hour + start.minute / 60,
                    "duration": 7,
                }
                for day in (0, 1)
            ]
        )
        return post

    def _generate_months(self):
        """Every shift from last month to the next one; the event clears the stadium."""
        first = self._first_of_last_month()
        last = first + relativedelta(months=3, days=-1)
        missions = self.env["security.mission"].search([("state", "=", "active")])
        shifts = self.env["security.shift"]._generate(missions.post_ids, first, last)
        event = missions.filtered(lambda mission: mission.date_stop)
        begin = self._local_start(event.date_start)
        displaced = shifts.filtered(
            lambda shift: (
                shift.site_id in event.site_ids
                and shift.mission_id != event
                and begin <= shift.date_start < begin + timedelta(days=EVENT_DAYS)
            )
        )
        displaced.action_cancel()
        return shifts - displaced

    def _plan(self, shifts, own):
        """Assign the guards, each in one write; some later shifts stay open."""
        jobs = self._jobs_by_post(shifts.post_id)
        guards = self._roster_guards(shifts)
        dice = random.Random(SEED)
        planner = Planner(list(guards.values()), TZ, dice, self._allows())
        login = self.sudo()._demo_user("guard").employee_id
        slots = {
            shift.id: Slot(
                ref=shift.id,
                post=shift.post_id.id,
                activity=shift.activity_id.id,
                jobs=jobs[shift.post_id],
                start=shift.date_start,
                stop=shift.date_stop,
            )
            for shift in shifts
        }
        found = {}
        for shift in shifts.filtered(lambda s: s.post_id == own):
            planner.take(guards[login.id], slots.pop(shift.id))
            found[shift.id] = login.id
        found.update(planner.plan(slots.values()))
        self._assign(shifts, found)

    def _allows(self):
        """``allowed(guard, slot)``: the days and weeks of the guard keep to the law."""
        # sudo: the figures of the law are not a planner's to read one by one.
        parameters = (
            self.env["security.parameter"].sudo()._for(company=self._demo_company())
        )
        rules = (*time_daily.RULES, *time_rest.RULES, *time_weekly.RULES)

        def allowed(guard, slot):
            since = slot.start - LOOK_BACK
            spans = [span for span in guard.spans if span[0] > since]
            plan = [
                facts.Slot(key=key, start=start, stop=stop, tz=TZ)
                for key, (start, stop) in enumerate([*spans, (slot.start, slot.stop)])
            ]
            person = facts.Person(guard.ref, "", parameters)
            found = limits.check(person, plan, rules)
            return all(finding.severity in ("info", "warn") for finding in found)

        return allowed

    def _assign(self, shifts, found):
        later = self._publication_end()
        planned = shifts.filtered(lambda s: s.id in found)
        open_ones = planned.filtered(lambda s: s.date_start >= later)[::ONE_HOLE_IN]
        for employee, mine in (
            (planned - open_ones).grouped(lambda shift: found[shift.id]).items()
        ):
            mine.write({"employee_id": employee})
        # What could not be held in the past was not held.
        now = fields.Datetime.now()
        (shifts - planned).filtered(lambda s: s.date_start < now).action_cancel()

    def _publication_end(self):
        today = fields.Date.context_today(self)
        return self._local_start(today + timedelta(days=PUBLISHED_DAYS))

    def _jobs_by_post(self, posts):
        rows = [row for rows in (*CONTRACTS.values(), EVENT) for row in rows]
        products = {row[3]: row[1] for row in rows}
        return {post: JOBS_OF_PRODUCT[products[post.name]] for post in posts}

    def _roster_guards(self, shifts):
        """{employee id: Guard}, with the days that the cards of each allow."""
        jobs = {key for keys in JOBS_OF_PRODUCT.values() for key in keys}
        guards = {
            employee.id: Guard(employee.id, job, {})
            for job in sorted(jobs)
            for employee in self.sudo()._demo_guards(job)
        }
        first = min(shifts.mapped("date_start")).date() - timedelta(days=1)
        last = max(shifts.mapped("date_stop")).date()
        days = [first + timedelta(n) for n in range((last - first).days + 1)]
        employees = self.env["hr.employee"].browse(guards)
        asked = [
            (employee, activity, day)
            for employee in employees
            for activity in shifts.activity_id
            for day in days
        ]
        gaps = self.env["security.card"]._find_gaps(
            [
                (
                    employee,
                    activity,
                    self._local_start(day),
                    self._local_start(day + timedelta(days=1)),
                    TZ,
                )
                for employee, activity, day in asked
            ]
        )
        for index, (employee, activity, day) in enumerate(asked):
            if index not in gaps:
                guards[employee.id].cover.setdefault(activity.id, set()).add(day)
        return guards

    def _publish(self, shifts):
        later = self._publication_end()
        shifts.filtered(
            lambda s: s.employee_id and s.state == "draft" and s.date_start < later
        ).action_publish()

    # ------------------------------------------------------------
    # Presence and approval
    # ------------------------------------------------------------

    def _work(self, shifts, dice):
        """Guards come and go: the past is over, the present has its troubles."""
        now = fields.Datetime.now()
        begun = shifts.filtered(
            lambda s: s.state == "published" and s.date_start < now
        ).sorted("date_start")
        over = begun.filtered(lambda s: s.date_stop <= now)
        for shift in over:
            shift._record_times(*self._times(shift, dice))
        for rank, shift in enumerate(begun - over):
            late = timedelta(minutes=dice.randint(11, 28) if rank == 1 else rank % 3)
            # The first one never came.
            if rank and shift.date_start + late <= now:
                shift._record_times(shift.date_start + late, False)

    def _times(self, shift, dice):
        """When the guard of a past shift came and left."""
        late, early = dice.choices((0, 1, 2, 4), (60, 20, 12, 8))[0], 0
        if dice.random() < 0.05:
            late = dice.randint(8, 40)
        if dice.random() < 0.03:
            early = dice.randint(10, 60)
        return (
            shift.date_start + timedelta(minutes=late),
            shift.date_stop - timedelta(minutes=early),
        )

    def _approve(self, shifts, before):
        """Approve what was done before an instant, as one selection of the list."""
        shifts.filtered(
            lambda s: s.state == "done" and s.date_start < before
        ).action_approve()

    # ------------------------------------------------------------
    # Invoices, by the accountant
    # ------------------------------------------------------------

    def _invoice(self):
        """Invoice what is approved by now, dated the last day of last month."""
        orders = self.env["sale.order"].search(
            Domain("company_id", "=", self.env.company.id)
            & Domain("invoice_status", "=", "to invoice")
        )
        invoices = orders._create_invoices()
        today = fields.Date.context_today(self)
        invoices.write({"invoice_date": today.replace(day=1) - timedelta(days=1)})
        invoices.action_post()
