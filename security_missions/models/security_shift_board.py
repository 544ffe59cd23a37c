from collections import defaultdict
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.security_workforce.engine.worktime import UTC, local, named_zone

from .security_shift_eligibility import READERS

LONGEST_DAYS = 62
# The local days of all the timezones are inside the day of UTC and half a day around.
AROUND = timedelta(hours=15)
READ = (
    "id",
    "post_id",
    "employee_id",
    "date_start",
    "date_stop",
    "hours",
    "state",
    "mission_id",
    "acknowledgement",
    "eligibility",
    "eligibility_findings",
)
# Of a shift as the screen gets it; the screen names them in the same order.
SENT = (
    "id",
    "post",
    "guard",
    "day",
    "start",
    "stop",
    "hours",
    "state",
    "status",
    "ack",
    "verdict",
    "reasons",
    "mission",
    "from",
    "to",
)
# More would hide the board behind its own tooltip.
MAX_REASONS = 4


class SecurityShift(models.Model):
    """The rota board: all that a screen shows, in one call."""

    _inherit = "security.shift"

    @api.model
    def rota_board(self, first, last):
        """What the rota board shows from one local day to another.

        :param first, last: "YYYY-MM-DD", both included, two months at most
        :return: ``{"fields": names of the values of a shift, "shifts": [[…]],
            "guards": [[id, name, [skill ids], [totals]]], "posts": [[id, name, site,
            mission id]], "sites", "missions", "skills": [[id, name]], "holidays":
            ["YYYY-MM-DD"], "month": "YYYY-MM", "can_write": bool}``; ``from`` and
            ``to`` are seconds since 1970, ``start`` and ``stop`` the clock of the site
        :raises UserError: no dates, or too long a period

        Read with the rights of the caller, in a number of queries that does not depend
        on how many guards and shifts there are.
        """
        self.browse().check_access("read")
        first, last = self._rota_days((first, last))
        month = self._rota_month(first, last)
        rows = self._rota_rows(min(first, month[0]), max(last, month[1]))
        posts = self._rota_posts({row["post_id"] for row in rows})
        guards = self._rota_guards({row["employee_id"] for row in rows})
        totals = self._rota_totals(rows, guards.ids, month)
        skills, held = self._rota_skills(guards.ids)
        return {
            "fields": SENT,
            "shifts": self._rota_sent(rows, first, last),
            "guards": [[g.id, g.name, held[g.id], totals[g.id]] for g in guards],
            "posts": [[p.id, p.name, p.site_id.id, p.mission_id.id] for p in posts],
            "sites": [[s.id, s.name] for s in posts.site_id.sorted("name")],
            "missions": [[m.id, m.name] for m in posts.mission_id.sorted("name")],
            "skills": skills,
            "holidays": self._rota_holidays(first, last),
            "month": month[0].strftime("%Y-%m"),
            "can_write": self.has_access("write"),
        }

    # ------------------------------------------------------------
    # PERIOD
    # ------------------------------------------------------------

    def _rota_days(self, period):
        """(first day, last day) of what an API or the screen asked for."""
        try:
            first, last = (datetime.fromisoformat(day).date() for day in period)
        except (TypeError, ValueError):
            first = last = None
        if not first or not 0 <= (last - first).days < LONGEST_DAYS:
            raise UserError(
                self.env._(
                    "The rota board shows from one day to two months: ask for a first "
                    "and a last day such as 2026-12-01 and 2026-12-31."
                )
            )
        return first, last

    def _rota_month(self, first, last):
        """The month of the totals: that of the middle of what is shown."""
        middle = first + (last - first) // 2
        begin = middle.replace(day=1)
        return begin, begin + relativedelta(months=1, days=-1)

    def _rota_domain(self, first, last):
        midnight = datetime.min.time()
        begin = datetime.combine(first, midnight) - AROUND
        end = datetime.combine(last + timedelta(days=1), midnight) + AROUND
        return Domain("date_start", ">=", begin) & Domain("date_start", "<", end)

    def _rota_holidays(self, first, last):
        """The public holidays of the firms that the user looks at."""
        days = set()
        for company in self.env.companies:
            days |= company._security_holidays(first, last)
        return sorted(day.isoformat() for day in days)

    # ------------------------------------------------------------
    # SHIFTS
    # ------------------------------------------------------------

    @api.model
    def _rota_rows(self, first, last, extra=Domain.TRUE):
        """The shifts that may begin on these days, as rows of the database: records
        would cost more than all the rest."""
        query = self._search(self._rota_domain(first, last) & extra, order="date_start")
        names = self._rota_columns()
        columns = [self._field_to_sql(query.table, name, query) for name in names]
        zones = self._rota_zones()
        rows = []
        for values in self.env.execute_query(query.select(*columns)):
            row = dict(zip(names, values, strict=True))
            row["tz"] = zones[row["post_id"]]
            rows.append(row)
        return rows

    def _rota_columns(self):
        """The columns a row is read from; verdicts are not for everybody."""
        return READ if self.env.user.has_groups(READERS) else READ[:-2]

    def _rota_zones(self):
        """``{post id: timezone of its site}``.

        sudo: the clock of a place is no secret of whoever reads a shift there.
        """
        posts = self.env["security.post"].sudo().with_context(active_test=False)
        posts = posts.search_fetch([], ["site_id"])
        posts.site_id.fetch(["tz"])
        return {post.id: post.site_id.tz for post in posts}

    @api.model
    def _board_status(self, row):
        """What the board colours a shift by, and what its guard has said of it.

        :param row: values of a shift, by the names of ``_rota_columns``
        :return: (``open`` or the state, False or ``pending``, ``acknowledged``,
            ``changed``)
        """
        is_open = row["state"] == "draft" and not row["employee_id"]
        status = "open" if is_open else row["state"]
        return status, row["acknowledgement"] or False

    def _rota_sent(self, rows, first, last):
        """The rows as the screen gets them, in the order of ``SENT``."""
        sent = []
        for row in rows:
            zone = named_zone(row["tz"])
            start, stop = (local(row[key], zone) for key in ("date_start", "date_stop"))
            if first <= start.date() <= last:
                status, acknowledgement = self._board_status(row)
                sent.append(
                    [
                        row["id"],
                        row["post_id"],
                        row["employee_id"] or False,
                        start.date().isoformat(),
                        start.strftime("%H:%M"),
                        stop.strftime("%H:%M"),
                        round(row["hours"] or 0, 2),
                        row["state"],
                        status,
                        acknowledgement,
                        row.get("eligibility") or False,
                        self._rota_reasons(row),
                        row["mission_id"] or False,
                        _seconds(row["date_start"]),
                        _seconds(row["date_stop"]),
                    ]
                )
        return sent

    def _rota_reasons(self, row):
        """The first sentences of a verdict that is not plainly “allowed”."""
        if row.get("eligibility") in (None, "ok"):
            return []
        lang = (self.env.lang or "en")[:2]
        found = row.get("eligibility_findings") or []
        worded = ({**each, **each.get("words", {}).get(lang, {})} for each in found)
        told = [f"{each['text']} ({each['source']})" for each in worded]
        return told[:MAX_REASONS]

    # ------------------------------------------------------------
    # ROWS
    # ------------------------------------------------------------

    def _rota_posts(self, planned):
        """All that are held, and those of yesterday as long as a shift is shown."""
        shown = Domain("active", "=", True) | Domain("id", "in", list(planned))
        posts = self.env["security.post"].with_context(active_test=False)
        posts = posts.search_fetch(
            Domain("company_id", "in", self.env.companies.ids) & shown,
            ["name", "site_id", "mission_id"],
        )
        posts.site_id.fetch(["name"])
        posts.mission_id.fetch(["name"])
        return posts

    def _rota_guards(self, planned):
        """All who hold a title or a shift here, as far as the caller sees them.

        Whoever has left keeps the row of his shifts.
        """
        Public = self.env["hr.employee.public"].with_context(active_test=False)
        domain = Domain("id", "in", list(planned))
        if Public._has_field_access(Public._fields["has_card"], "read"):
            domain |= Domain("has_card", "=", True) & Domain("active", "=", True)
        firms = Domain("company_id", "in", [*self.env.companies.ids, False])
        return Public.search_fetch(domain & firms, ["name"], order="name, id")

    def _rota_skills(self, guard_ids):
        """([[id, name]] of the qualifications held, {guard id: [ids]})."""
        held, names = defaultdict(list), {}
        if not self.env["hr.employee.skill"].has_access("read"):
            return [], held
        today = fields.Date.context_today(self)
        for guard, skill in self.env["hr.employee.skill"]._read_group(
            [
                ("employee_id", "in", guard_ids),
                "|",
                ("valid_to", "=", False),
                ("valid_to", ">=", today),
            ],
            ["employee_id", "skill_id"],
        ):
            held[guard.id].append(skill.id)
            names[skill.id] = skill.name
        return sorted(map(list, names.items()), key=lambda pair: pair[1]), held


def _seconds(instant):
    """Seconds since 1970 of a naive UTC instant."""
    return int(instant.replace(tzinfo=UTC).timestamp())
