from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_time

from odoo.addons.security_workforce.engine.worktime import UTC, local, named_zone

from ..engine.demand import to_utc
from .security_shift_board import _seconds
from .security_shift_eligibility import MOVED_BY

ONE_DAY = timedelta(days=1)
LINKS = ("employee_id", "post_id")
INSTANTS = ("date_start", "date_stop")
CLOCK = ("day", "start", "stop")
STATES = {
    "publish": "action_publish",
    "draft": "action_draft",
    "cancel": "action_cancel",
    "delete": "unlink",
}


class SecurityShift(models.Model):
    """What a planner does on the rota board, on what he sees there.

    Each call says what the screen showed (``claims``: ``[[shift id, [post id, guard id
    or False, from, to, state]]]``, instants in seconds since 1970). When that is no
    longer true nothing is done and ``refused`` says who changed it. Everything else
    goes through ``write`` and its checks, which raise.

    Each answers ``{"refused": sentence or False, "shifts": [[…]], "removed": [ids],
    "totals": {guard id: […]}}`` as ``rota_board`` does, for the shifts and the guards
    that were touched.
    """

    _inherit = "security.shift"

    moved_by_id = fields.Many2one(
        "res.users", "Last Moved By", readonly=True, copy=False
    )
    moved_date = fields.Datetime("Last Moved On", readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        moved = self._moved_values()
        return super().create([{**vals, **moved} for vals in vals_list])

    def write(self, vals):
        if MOVED_BY & vals.keys():
            vals = {**vals, **self._moved_values()}
        return super().write(vals)

    def _moved_values(self):
        """Who and when; a verdict that is computed again moves nothing."""
        return {"moved_by_id": self.env.uid, "moved_date": fields.Datetime.now()}

    # ------------------------------------------------------------
    # WHAT THE BOARD CALLS
    # ------------------------------------------------------------

    @api.model
    def rota_move(self, shift_id, seen, vals, period):
        """Give a shift to another guard or post, or move its times.

        :param seen: what the screen showed of it, see the class
        :param vals: any of ``employee_id``, ``post_id``; ``day`` ("YYYY-MM-DD"),
            ``start`` and ``stop`` ("HH:MM") on the clock of the site, the length on
            that clock is kept when only the start moves; or ``date_start`` and
            ``date_stop`` in seconds since 1970
        :param period: [first, last] day of the screen
        :raises UserError: refused, with the reason
        """
        shift, refused, guards = self._rota_take([[shift_id, seen]])
        if not refused:
            shift.write(shift._rota_values(vals))
        return self._rota_answer(
            period, [shift_id], guards | shift.employee_id, refused
        )

    @api.model
    def rota_swap(self, claims, period):
        """Two guards change places; ``claims`` are of two shifts.

        :raises UserError: one of them may not take the place of the other
        """
        pair, refused, guards = self._rota_take(claims)
        if not refused:
            if len(pair) != 2:
                self._refuse_call()
            pair[0]._swap_guards(pair[1])
        # Those asked for: one that is gone leaves the screen too.
        return self._rota_answer(period, [key for key, _ in claims], guards, refused)

    @api.model
    def rota_create(self, vals, period):
        """A new draft: ``vals`` as in ``rota_move``, with the post and all its times.

        The answer also has ``created``: [shift id, what is now seen of it].

        :raises UserError: refused, with the reason
        """
        post = self._rota_post(self._rota_id(vals.get("post_id")))
        values = self.new({"post_id": post.id})._rota_values(vals)
        shift = self.create(values)
        answer = self._rota_answer(period, shift.ids, shift.employee_id, False)
        return {**answer, "created": [shift.id, shift._rota_seen()]}

    @api.model
    def rota_state(self, claims, action, period):
        """Publish, take back to draft, cancel or delete shifts, all or none.

        The answer also has ``deleted``: {shift id: what ``rota_restore`` asks for}.

        :param action: ``publish``, ``draft``, ``cancel`` or ``delete``
        :raises UserError: refused, with the reason
        """
        if action not in STATES:
            self._refuse_call()
        shifts, refused, guards = self._rota_take(claims)
        deleted = {}
        if not refused:
            deleted = shifts._rota_kept() if action == "delete" else {}
            getattr(shifts, STATES[action])()
        answer = self._rota_answer(period, [key for key, _ in claims], guards, refused)
        return {**answer, "deleted": deleted}

    # ------------------------------------------------------------
    # WHAT THE SCREEN SAW
    # ------------------------------------------------------------

    def _rota_take(self, claims):
        """(the shifts, why it is refused or False, the guards they had).

        Whoever comes second waits for the first, and is run again by Odoo on what is
        true then.
        """
        self.browse().check_access("write")
        try:
            claimed = {self._rota_id(key): tuple(seen) for key, seen in claims}
        except (TypeError, ValueError):
            self._refuse_call()
        ids = tuple(key for key in claimed if key)
        if not ids:
            self._refuse_call()
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "SELECT id FROM security_shift WHERE id IN %s ORDER BY id "
                "FOR NO KEY UPDATE",
                ids,
            )
        )
        shifts = self.browse(ids).exists()
        shifts.check_access("write")
        if len(shifts) < len(ids):
            gone = self.env._(
                "This shift was deleted meanwhile: the board no longer shows it."
            )
            return shifts, gone, shifts.employee_id
        for shift in shifts:
            if shift._rota_seen() != claimed[shift.id]:
                return shifts, shift._rota_moved_meanwhile(), shifts.employee_id
        return shifts, False, shifts.employee_id

    def _rota_seen(self):
        """What a screen that is up to date shows of this shift."""
        return (
            self.post_id.id,
            self.employee_id.id,
            _seconds(self.date_start),
            _seconds(self.date_stop),
            self.state,
        )

    def _rota_moved_meanwhile(self):
        # sudo: the name of a colleague.
        return self.env._(
            "“%(shift)s” was changed meanwhile by %(user)s at %(time)s: the board now "
            "shows it as it is. Move it again if you still want to.",
            shift=self.display_name,
            user=self.sudo().moved_by_id.name or self.sudo().write_uid.name,
            time=format_time(
                self.env,
                self.moved_date or self.write_date,
                tz=self.env.user.tz or self.tz,
                time_format="HH:mm",
            ),
        )

    # ------------------------------------------------------------
    # WHAT IT ASKS
    # ------------------------------------------------------------

    def _rota_values(self, vals):
        """Values to write, from those of the screen."""
        known = {*LINKS, *INSTANTS, *CLOCK}
        if not isinstance(vals, dict) or not vals or vals.keys() - known:
            self._refuse_call()
        values = {name: self._rota_id(vals[name]) for name in LINKS if name in vals}
        try:
            values.update(
                (name, _instant(vals[name])) for name in INSTANTS if name in vals
            )
            if vals.keys() & set(CLOCK):
                values.update(self._rota_times(vals))
        except (TypeError, ValueError, OverflowError, OSError):
            self._refuse_call()
        return values

    def _rota_times(self, vals):
        """The same clock on another day, or other times of it.

        A post held from 19:00 to 07:00 is held until 07:00 in the night of the clock
        change too: it is the length on the clock that is kept.
        """
        zone = named_zone(self.tz)
        begin, end = (
            local(self[name], zone).replace(tzinfo=None) if self[name] else None
            for name in INSTANTS
        )
        day = datetime.fromisoformat(vals["day"]) if "day" in vals else begin
        clock = datetime.strptime(vals["start"], "%H:%M") if "start" in vals else begin
        first = datetime.combine(day.date(), clock.time())
        if "stop" in vals:
            clock = datetime.strptime(vals["stop"], "%H:%M")
            last = datetime.combine(first.date(), clock.time())
            last += ONE_DAY if last <= first else timedelta()
        else:
            last = first + (end - begin)
        return {
            name: to_utc(wall.date(), wall.hour * 60 + wall.minute, zone)
            for name, wall in zip(INSTANTS, (first, last), strict=True)
        }

    def _rota_id(self, value):
        if value is False or value is None:
            return False
        if not isinstance(value, int) or isinstance(value, bool):
            self._refuse_call()
        return value

    def _rota_post(self, key):
        post = self.env["security.post"].browse(key)
        if not post.exists():
            raise UserError(
                self.env._("A shift is for a post: choose one that still exists.")
            )
        return post

    def _refuse_call(self):
        raise UserError(
            self.env._(
                "The rota board did not understand this: reload the page and try again."
            )
        )

    # ------------------------------------------------------------
    # ANSWER
    # ------------------------------------------------------------

    def _rota_answer(self, period, ids, guards, refused):
        """The new state of all that was touched, so that one call is enough."""
        first, last = self._rota_days(period)
        month = self._rota_month(first, last)
        self.env.flush_all()
        # A verdict of a teammate may have changed too: it was written just now.
        touched = (
            Domain("employee_id", "in", guards.ids)
            | Domain("id", "in", ids)
            | Domain("write_date", ">=", self.env.cr.now())
        )
        rows = self._rota_rows(min(first, month[0]), max(last, month[1]), touched)
        sent = self._rota_sent(rows, first, last)
        return {
            "refused": refused,
            "shifts": sent,
            "removed": list({*ids} - {values[0] for values in sent}),
            "totals": self._rota_totals(rows, guards.ids, month),
        }


def _instant(seconds):
    """Naive UTC of seconds since 1970."""
    if isinstance(seconds, bool):
        raise TypeError
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
