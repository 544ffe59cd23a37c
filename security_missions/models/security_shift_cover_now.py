from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.security_workforce.engine.worktime import local, named_zone

from ..engine import watch
from ..engine.demand import to_utc
from .security_shift_candidates import STOPPED

OPERATOR = "security_workforce.group_security_operator"
PLANNER = "security_workforce.group_security_planner"
MANAGER = "security_workforce.group_security_manager"
READER = "security_workforce.group_security_user"
# What the board shows around now, in hours, besides the day of the site.
AROUND = 6
ONE_DAY = timedelta(days=1)


class SecurityShift(models.Model):
    """The live board: who is where now, and what is done about the others."""

    _inherit = "security.shift"

    @api.model
    def cover_now(self, site_ids=None, shift_ids=None):
        """The rows of the live board, of everything or of some shifts only.

        :param site_ids: ids of sites; empty: all
        :param shift_ids: ids of shifts to read again; one that comes back without a
            row is not on the board any more
        :return: ``{"now", "rows", "rights", "around"}``; instants are UTC strings, each
            row has the timezone of its site
        :raises AccessError: whoever asks does not read the rota

        The number of queries does not depend on the number of shifts.
        """
        if not self.env.user.has_group(READER):
            raise AccessError(
                self.env._("The live board is for those who read the rota: ask for it.")
            )
        now = fields.Datetime.now()
        domain = Domain("state", "!=", "cancelled") & (
            Domain("state", "=", "started")
            | Domain("date_start", "<", now + 2 * ONE_DAY)
            & Domain("date_stop", ">", now - 2 * ONE_DAY)
        )
        if site_ids:
            domain &= Domain("site_id", "in", site_ids)
        if shift_ids is not None:
            domain &= Domain("id", "in", shift_ids)
        # Searched with the rights of the reader; sudo: the phone and the times of a
        # guard come with the shift that may be read.
        shifts = self.search(domain, order="date_start, id").sudo()
        shifts = shifts.filtered(lambda s: s._is_of_now(now))
        return {
            "now": fields.Datetime.to_string(now),
            "around": AROUND,
            "rows": shifts._cover_rows(now),
            "rights": self._cover_rights(),
        }

    @api.model
    def _cover_rights(self):
        user = self.env.user
        return {
            "act": user.has_group(OPERATOR) or user.has_group(PLANNER),
            "plan": user.has_group(PLANNER),
            "decide": user.has_group(MANAGER),
        }

    def _is_of_now(self, now):
        """Within the hours around now, of the day of the site, or still going on."""
        zone = named_zone(self.tz)
        today = local(now, zone).date()
        around = timedelta(hours=AROUND)
        first = min(to_utc(today, 0, zone), now - around)
        last = max(to_utc(today + ONE_DAY, 0, zone), now + around)
        within = self.date_start < last and self.date_stop > first
        return within or self.state == "started"

    def _cover_rows(self, now):
        over = self.filtered(lambda s: s.state == "started" and s.date_stop <= now)
        # The relief of a row may be read again alone: its post is held by another.
        before = self.search(
            Domain("post_id", "in", self.post_id.ids)
            & Domain("state", "=", "started")
            & Domain("date_stop", "<=", now)
        )
        waiting, held = (over | before)._relief()
        limits, decided = over._service_limits(), over._decided_until()
        rows = []
        for shift in self:
            delays, facts = shift.company_id._watch_delays(), shift._watched()
            barred = shift.eligibility in STOPPED
            rows.append(
                {
                    **shift._cover_row(facts),
                    "level": watch.level(facts, now, delays),
                    "next": _text(watch.next_change(facts, now, delays)),
                    "cover": watch.cover(facts, now, delays, barred, shift.id in held),
                    "barred": barred,
                    "waiting": shift.id in waiting,
                    "relief": [
                        s.employee_id.name or "" for s in waiting.get(shift.id, ())
                    ],
                    "limit": _text(watch.limit_at(facts, limits.get(shift))),
                    "decided": _text(decided.get(shift.id)),
                }
            )
        return rows

    def _cover_row(self, facts):
        """What is written on the row of this shift."""
        guard = self.employee_id
        return {
            "id": self.id,
            "state": self.state,
            "site_id": self.site_id.id,
            "site": self.site_id.name,
            "post_id": self.post_id.id,
            "post": self.post_id.name,
            "tz": self.tz,
            "guard": guard.name or "",
            "phone": guard.mobile_phone or guard.work_phone or "",
            "start": _text(facts.start),
            "stop": _text(facts.stop),
            "entered": _text(facts.entered),
            "left": _text(facts.left),
            "on_my_way": _text(facts.on_my_way),
            "reminded": _text(self.reminded_date),
            "client_told": _text(self.client_told_date),
            "tell_client": facts.tell_client,
            "ack_user": self.watch_ack_user_id.name or "",
            "ack_date": _text(self.watch_ack_date),
            "ack_note": self.watch_ack_note or "",
        }

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def watch_act(self, kind, note=None, until=None):
        """Record what an operator, a planner or a manager did about one shift.

        :param kind: ``on_my_way`` (the guard said so), ``acknowledged``, ``called``,
            ``note`` or ``decision`` (kept beyond the limit, managers only)
        :param note: words; a must for a remark and a decision
        :param until: UTC text, until when the decision holds
        :raises AccessError: the user may not; UserError: what is missing
        """
        self.ensure_one()
        self.check_access("read")
        rights = self._cover_rights()
        if not rights["act"] or (kind == "decision" and not rights["decide"]):
            raise AccessError(
                self.env._(
                    "Operators and planners act on the live board; only a manager "
                    "keeps a guard beyond the limit: ask one of them."
                )
            )
        self._lock_for_clock()
        note = (note or "").strip()
        now = fields.Datetime.now()
        until = fields.Datetime.to_datetime(until) if kind == "decision" else None
        self.sudo()._check_act(kind, note, until, now)
        values = {
            "on_my_way": {"on_my_way_date": now},
            "acknowledged": {
                "watch_ack_user_id": self.env.uid,
                "watch_ack_date": now,
                "watch_ack_note": note,
            },
        }
        if kind in values:
            self._write_watch(values[kind])
        self._log_watch(kind, note=note, date_until=until)
        if kind == "decision":
            self.sudo()._close_watch_activities(
                self.env._("Somebody decided until when the guard stays.")
            )
        self.sudo()._store_levels(now)
        self._tell_cover_now()

    def _check_act(self, kind, note, until, now):
        if kind not in ("on_my_way", "acknowledged", "called", "note", "decision"):
            raise UserError(self.env._("The live board knows no such action."))
        if kind in ("note", "decision") and not note:
            raise UserError(
                self.env._("Nothing was written: say what happened, or why.")
            )
        if kind == "on_my_way" and self.state != "published":
            raise UserError(
                self.env._(
                    "“%(shift)s” is %(state)s: nobody is on his way to it.",
                    shift=self.display_name,
                    state=self._state_label(self.state).lower(),
                )
            )
        if kind == "decision":
            self._check_decision(until, now)

    def _check_decision(self, until, now):
        if self.state != "started" or self.date_stop > now:
            raise UserError(
                self.env._(
                    "“%(shift)s” has nobody on post after its end: there is nothing to "
                    "decide.",
                    shift=self.display_name,
                )
            )
        if not isinstance(until, datetime) or not now < until <= now + ONE_DAY:
            raise UserError(
                self.env._(
                    "Say until when %(guard)s stays: a time to come, within 24 hours.",
                    guard=self.employee_id.name,
                )
            )

    def _on_my_way(self, at=None):
        """The guard of the shift says that he sets out.

        :param at: the instant of the fact in UTC, now when not said
        """
        self._check_own()
        self._lock_for_clock()
        now = fields.Datetime.now()
        at = at or now
        if not self._sets_out(at):
            raise UserError(
                self.env._(
                    "It is too early, or you have said so already: nothing to do now."
                )
            )
        self._write_watch({"on_my_way_date": at})
        self._log_watch("on_my_way", date=at)
        self.sudo()._store_levels(now)
        self._tell_cover_now()

    def _log_watch(self, kind, **values):
        """sudo: the log is written by what is done, never by hand."""
        self.env["security.shift.watch.event"].sudo().create(
            {
                "shift_id": self.id,
                "employee_id": self.sudo().employee_id.id,
                "kind": kind,
                "user_id": self.env.uid,
                **values,
            }
        )


def _text(instant):
    return fields.Datetime.to_string(instant) if instant else False
