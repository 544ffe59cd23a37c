from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields, models

from ..engine.guard_counters import breaks
from ..engine.row_totals import contract_hours, row_totals
from .security_device_bundle import MOST, zulu

MONTHS_BEFORE, MONTHS_AFTER = 1, 1


class SecurityDevice(models.Model):
    """What the phone keeps of the rota: versions, offers, swaps and counters."""

    _inherit = "security.device"

    def _bundle(self):
        """``rota``, ``offers``, ``swaps`` and ``counters`` of this guard."""
        device = self.with_context(lang=self.env.user.lang)
        return super()._bundle() | {
            "rota": device._bundle_rota(),
            "offers": device._bundle_offers(),
            "swaps": device._bundle_swaps(),
            "counters": device._bundle_counters(),
        }

    def _bundle_own(self):
        return [("employee_id", "=", self.sudo().employee_id.id)]

    # ------------------------------------------------------------
    # Versions and late changes
    # ------------------------------------------------------------

    def _bundle_rota(self):
        """The last version of each month from last month on, and late changes that
        wait for his word."""
        today = fields.Date.context_today(self)
        since = today.replace(day=1) - relativedelta(months=1)
        # With the versions before, which say what is new: all in one query.
        told = self.env["security.publication"].search_fetch(
            [*self._bundle_own(), ("month", ">=", since)],
            ["is_current", "state", "acknowledged_at", "previous_id"],
            order="month, number",
        )
        versions = told.filtered("is_current")[:6]
        notices = self.env["security.notice"].search(
            [*self._bundle_own(), ("consent", "=", "pending")], limit=50
        )
        # sudo: he reads his versions by his own rights; what they refer to comes with.
        return {
            "versions": [self._bundle_version(one) for one in versions.sudo()],
            "notices": [
                {
                    "id": notice.id,
                    "sentence": notice.sentence,
                    "changed_at": zulu(notice.changed_at),
                    "hours": round(notice.notice_hours, 1),
                }
                for notice in notices.sudo()
            ],
        }

    def _bundle_version(self, version):
        names = ("shift_id", "date", "from", "to", "duration", "post", "site", "change")
        return {
            "id": version.id,
            "month": version.month.isoformat(),
            "number": version.number,
            "published_at": zulu(version.published_at),
            "read_at": zulu(version.acknowledged_at),
            "hours": round(version.hours, 2),
            "lines": [
                {name: line.get(name) for name in names} for line in version._lines()
            ],
            "gone": [
                {name: line.get(name) for name in names}
                for line in version._taken_away()
            ],
        }

    # ------------------------------------------------------------
    # Offers and swaps
    # ------------------------------------------------------------

    def _bundle_offers(self):
        """Shifts that he is asked to take and has not answered."""
        answers = self.env["security.shift.offer.answer"].search(
            [
                *self._bundle_own(),
                ("asked_at", "!=", False),
                ("answer", "=", "none"),
                ("offer_state", "=", "open"),
            ],
            order="deadline, id",
            limit=MOST,
        )
        # sudo: the place and the times of a shift that is not his yet.
        return [
            {
                "id": answer.id,
                "deadline": zulu(answer.deadline),
                "mode": answer.mode,
                "note": answer.offer_id.note or "",
                **self._bundle_where(answer.shift_id),
            }
            for answer in answers.sudo()
        ]

    def _bundle_where(self, shift):
        return {
            "start": zulu(shift.date_start),
            "stop": zulu(shift.date_stop),
            "tz": shift.tz,
            "hours": round(shift.hours, 2),
            "site": shift.site_id.name,
            "post": shift.post_id.name,
        }

    def _bundle_swaps(self):
        """Swaps that are not over, and whom he may ask."""
        guard = self.sudo().employee_id
        swaps = self.env["security.shift.swap"].search(
            [
                ("state", "in", ("asked", "accepted")),
                "|",
                ("guard_id", "=", guard.id),
                ("other_guard_id", "=", guard.id),
            ],
            limit=MOST,
        )
        # sudo: the firm's guards, as the portal's page of swaps shows them.
        own = self._bundle_shift_records()[-1:]
        colleagues = own._candidate_guards() - guard
        return {
            "open": [self._bundle_swap(swap, guard) for swap in swaps.sudo()],
            "colleagues": [[one.id, one.name] for one in colleagues.sorted("name")],
        }

    def _bundle_swap(self, swap, guard):
        return {
            "id": swap.id,
            "state": swap.state,
            "mine": swap.guard_id == guard,
            "guard": swap.guard_id.name,
            "other": swap.other_guard_id.name,
            "shift": self._bundle_where(swap.shift_id),
            "in_exchange": self._bundle_where(swap.other_shift_id)
            if swap.other_shift_id
            else None,
            "note": swap.note or "",
        }

    # ------------------------------------------------------------
    # Counters
    # ------------------------------------------------------------

    def _bundle_counters(self):
        """Month by month: hours planned, worked and due, nights, Sundays, the average
        of twelve weeks and the shortest rest."""
        today = fields.Date.context_today(self)
        this = today.replace(day=1)
        months = [
            this + relativedelta(months=step)
            for step in range(-MONTHS_BEFORE, MONTHS_AFTER + 1)
        ]
        shifts = self._bundle_counted(months)
        return [self._bundle_month(month, shifts) for month in months]

    def _bundle_counted(self, months):
        """His shifts of these months. sudo: read with the zone of their site."""
        return (
            self.env["security.shift"]
            .search(
                [
                    *self._bundle_own(),
                    ("state", "in", ("published", "started", "done")),
                    ("date_stop", ">", months[0] - timedelta(days=1)),
                    ("date_start", "<", months[-1] + relativedelta(months=1, days=1)),
                ],
                order="date_start",
            )
            .sudo()
        )

    def _bundle_month(self, first, shifts):
        guard = self.sudo().employee_id
        last = first + relativedelta(months=1, days=-1)
        # sudo: the hours of a contract are shown to him whose contract it is.
        counted = self.env["security.shift"].sudo()
        terms = counted._rota_terms(guard.ids, first, last)[guard.id]
        before = counted._rota_before(guard.ids, last).get(guard.id, 0.0)
        spans = [(shift.date_start, shift.date_stop, shift.tz) for shift in shifts]
        totals = row_totals(spans, first, last, terms, before)
        worked = shifts.attendance_ids.filtered(
            lambda one: first <= one.check_in.date() <= last
        )
        rests = breaks([(start, stop) for start, stop, __ in spans], first, last)
        return {
            "month": first.isoformat(),
            "planned": round(totals.planned, 2),
            "worked": round(sum(worked.mapped("worked_hours")), 2),
            "contract": round(contract_hours(terms, first, last), 2),
            "nights": totals.nights,
            "sundays_off": totals.sundays_off,
            "sundays": totals.sundays,
            "average": round(totals.average, 2),
            "shortest_rest": min(rests, default=None),
        }
