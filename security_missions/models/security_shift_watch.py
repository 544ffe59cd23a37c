from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.security_workforce.engine.worktime import local, named_zone

from ..engine import watch
from .security_shift_presence import CLOCK_IN_EARLY

# Opens the fields of the watch to our own methods: no call from outside can send it.
WATCHING = object()
WATCH_FIELDS = (
    "on_my_way_date",
    "reminded_date",
    "client_told_date",
    "watch_level",
    "watch_level_date",
    "watch_ack_user_id",
    "watch_ack_date",
    "watch_ack_note",
)
LEVELS = [
    ("later", "Later"),
    ("reminder", "To be reminded"),
    ("expected", "Not heard of"),
    ("on_time", "On the way"),
    ("amber", "Late"),
    ("red", "Not there"),
    ("client", "Not there, client to be told"),
    ("open", "Without guard"),
    ("missed", "Nobody came"),
    ("on_post", "On post"),
    ("over", "Past the end, still on post"),
    ("done", "Done"),
]
# Nobody has to act any more.
SETTLED = ("on_post", "done")
# How far from now a change of the rota is of interest to the live board.
NEAR = timedelta(hours=36)
# Who follows starts around the end of the one before.
RELIEF_BEFORE = timedelta(hours=1)
RELIEF_AFTER = timedelta(hours=4)


class SecurityShift(models.Model):
    """Where a shift stands now, and what was done about it."""

    _inherit = "security.shift"

    on_my_way_date = fields.Datetime("On My Way", readonly=True, copy=False)
    reminded_date = fields.Datetime("Reminded", readonly=True, copy=False)
    client_told_date = fields.Datetime("Client Told", readonly=True, copy=False)
    watch_level = fields.Selection(
        LEVELS, "Live Level", readonly=True, copy=False, index=True
    )
    watch_level_date = fields.Datetime("Level Since", readonly=True, copy=False)
    watch_ack_user_id = fields.Many2one(
        "res.users", "Taken in Charge By", readonly=True, copy=False
    )
    watch_ack_date = fields.Datetime("Taken in Charge", readonly=True, copy=False)
    watch_ack_note = fields.Char("Note of the Operator", readonly=True, copy=False)
    watch_event_ids = fields.One2many(
        "security.shift.watch.event", "shift_id", "Watch Log", readonly=True
    )
    can_say_on_my_way = fields.Boolean(compute="_compute_can_say_on_my_way")

    @api.depends("state", "on_my_way_date", "date_start", "date_stop")
    def _compute_can_say_on_my_way(self):
        """From the reminder on, until the guard has clocked in."""
        now = fields.Datetime.now()
        for shift in self:
            shift.can_say_on_my_way = shift.state == "published" and shift._sets_out(
                now
            )

    def _sets_out(self, at):
        """Whether this is a time to set out, said for the first time.

        A word that arrives after the guard himself is a fact still.
        """
        self.ensure_one()
        before = timedelta(minutes=self.sudo().company_id.security_watch_reminder)
        return (
            self.state in ("published", "started", "done")
            and not self.on_my_way_date
            and self.date_start - max(before, CLOCK_IN_EARLY) <= at < self.date_stop
            and not self._was_there(at)
        )

    def _was_there(self, at):
        """Whether the guard had clocked in by then."""
        # sudo: a guard does not read attendances.
        entries = self.sudo().attendance_ids.mapped("check_in")
        return any(entry <= at for entry in entries)

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # Set here so that a default of the context cannot make a guard on his way.
        blank = dict.fromkeys(WATCH_FIELDS, False)
        if any(vals.get(name) for vals in vals_list for name in WATCH_FIELDS):
            self._refuse_forged_watch()
        shifts = super().create([{**vals, **blank} for vals in vals_list])
        shifts._tell_cover_now()
        return shifts

    def write(self, vals):
        watching = self.env.context.get("security_shift_watch") is WATCHING
        if not watching and any(name in vals for name in WATCH_FIELDS):
            self._refuse_forged_watch()
        if watching:
            return super().write(vals)
        before = {
            shift: (shift.employee_id, shift.date_start)
            for shift in self
            if "employee_id" in vals or "date_start" in vals
        }
        # The board they leave is told too; the one they come to, once only.
        moved = vals.keys() & {"date_start", "date_stop"}
        told = self._tell_cover_now() if moved else self.browse()
        result = super().write(vals)
        # What one guard has said or was told does not hold for another one.
        self.filtered(
            lambda s: (
                s in before
                and before[s] != (s.employee_id, s.date_start)
                and any(s[name] for name in WATCH_FIELDS)
            )
        )._forget_watch()
        if vals.get("state") == "cancelled":
            self._leave_watch()
        if moved or vals.keys() & {"state", "employee_id", "post_id"}:
            (self - told)._tell_cover_now()
        return result

    def unlink(self):
        self._tell_cover_now()
        return super().unlink()

    def _sync_state_with_attendance(self):
        """The board and the level follow the guard as he comes and goes."""
        result = super()._sync_state_with_attendance()
        self._store_levels(fields.Datetime.now())
        self._tell_cover_now()
        return result

    def _write_watch(self, vals):
        if self:
            self.sudo().with_context(security_shift_watch=WATCHING).write(vals)

    def _forget_watch(self):
        self._write_watch(dict.fromkeys(WATCH_FIELDS, False))
        self._close_watch_activities(self.env._("The guard or the time has changed."))

    def _leave_watch(self):
        """Nobody is expected any more: no level, nothing to do."""
        self._write_watch({"watch_level": False, "watch_level_date": False})
        self._close_watch_activities(self.env._("The shift is cancelled."))

    def _refuse_forged_watch(self):
        raise UserError(
            self.env._(
                "What the live board knows of a shift is written by its buttons only: "
                "use “Cover Now”."
            )
        )

    # ------------------------------------------------------------
    # FACTS
    # ------------------------------------------------------------

    def _watched(self):
        """This shift as the engine sees it (``engine.watch.Watched``)."""
        self.ensure_one()
        entries = self.attendance_ids.mapped("check_in")
        exits = self.attendance_ids.mapped("check_out")
        return watch.Watched(
            start=self.date_start,
            stop=self.date_stop,
            entered=min(entries, default=None),
            left=max(exits) if exits and all(exits) else None,
            on_my_way=self.on_my_way_date or None,
            tell_client=self.mission_id.tell_client_late,
            guarded=self.state != "draft" and bool(self.employee_id),
        )

    def _service_limits(self):
        """{shift: hours of the longest service, None when no figure is known}."""
        limits = {}
        for company, shifts in self.grouped("company_id").items():
            figures = self.env["security.parameter"].sudo()._for(company=company)
            for shift in shifts:
                day = local(shift.date_start, named_zone(shift.tz)).date()
                row = figures.find("max_vacation_h", day)
                limits[shift] = row.value if row else None
        return limits

    def _relief(self):
        """Who follows those who are still on post after their end.

        :return: ``({id of a shift that is not relieved: shifts that should relieve it},
            {ids of the shifts whose post is held meanwhile})``, in a fixed number of
            queries
        """
        if not self:
            return {}, set()
        following = self.sudo().search(
            [
                ("post_id", "in", self.post_id.ids),
                ("state", "!=", "cancelled"),
                ("id", "not in", self.ids),
                ("date_start", ">=", min(self.mapped("date_stop")) - RELIEF_BEFORE),
                ("date_start", "<=", max(self.mapped("date_stop")) + RELIEF_AFTER),
            ]
        )
        entered = {s: s.attendance_ids.mapped("check_in") for s in self}
        waiting, held = {}, set()
        for shifts in self.grouped(lambda s: (s.post_id, s.date_stop)).values():
            post, stop = shifts[0].post_id, shifts[0].date_stop
            after = following.filtered(
                lambda s, post=post, stop=stop: (
                    s.post_id == post
                    and stop - RELIEF_BEFORE <= s.date_start <= stop + RELIEF_AFTER
                )
            )
            arrived = after.filtered(lambda s: s.state in ("started", "done"))
            free = watch.relieved(
                {s.id: min(entered[s]) for s in shifts if entered[s]}, len(arrived)
            )
            left = shifts.filtered(lambda s, free=free: s.id not in free)
            absent = (after - arrived).sorted("date_start")[: len(left)]
            waiting.update(dict.fromkeys(left.ids, absent))
            held.update(absent.ids)
        return waiting, held

    def _store_levels(self, now):
        """Store the level reached, and since when, where it has changed."""
        changed = {}
        for shift in self.sudo():
            delays = shift.company_id._watch_delays()
            level = (
                shift.state != "cancelled"
                and watch.level(shift._watched(), now, delays)
                or False
            )
            if level != shift.watch_level:
                changed.setdefault(level, self.browse())
                changed[level] |= shift
        for level, shifts in changed.items():
            shifts._write_watch({"watch_level": level, "watch_level_date": now})
        changed = self.browse().union(*changed.values())
        changed.filtered(lambda s: s.watch_level in SETTLED)._close_watch_activities(
            self.env._("The post is held.")
        )
        return changed

    # ------------------------------------------------------------
    # BUS
    # ------------------------------------------------------------

    def _tell_cover_now(self):
        """Tell the boards that are open which rows to read again: ids, nothing else.

        :return: the shifts that were told
        """
        now = fields.Datetime.now()
        near = self.sudo().filtered(
            lambda s: (
                s.id
                and s.date_start < now + NEAR
                and (s.date_stop > now - NEAR or s.state == "started")
            )
        )
        for company, shifts in near.grouped("company_id").items():
            self.env["bus.bus"]._sendone(
                (company, "security_cover_now"),
                "security_cover_now",
                {"ids": shifts.ids},
            )
        return near
