from datetime import datetime
from zoneinfo import ZoneInfo

from psycopg2 import IntegrityError

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import format_datetime

from ..engine.demand import to_utc
from ..models.security_availability import KINDS
from .own_pages import OwnPages

PAGE = "/my/security/availability"
KIND_NAMES = [key for key, _label in KINDS]
TOLD_SHIFTS = ("published", "started")


class AvailabilityPortal(OwnPages):
    """What the guard says of his own time, and what he is planned on meanwhile."""

    def _own_guard(self):
        """The guard whose user asks; not found when he is none."""
        guard = self._own_guards()[:1]
        if not guard:
            raise request.not_found()
        return guard

    @http.route(PAGE, type="http", auth="user", website=True, readonly=True)
    def portal_my_availability(self, **kwargs):
        """His declarations, the last ones first, and the form to add one."""
        guard = self._own_guard()
        # Read by his own rights; planners read those of others, not here.
        declared = request.env["security.availability"].search(
            [("employee_id", "=", guard.id)], limit=100
        )
        meanwhile = {
            key: [self._planned_words(shift) for shift in shifts]
            for key, shifts in declared._shifts_meanwhile(TOLD_SHIFTS).items()
        }
        values = self._prepare_portal_layout_values()
        values.update(
            {
                "declarations": declared,
                "meanwhile": meanwhile,
                "tz": guard.tz or "Europe/Paris",
                "kinds": request.env["security.availability"]
                ._fields["kind"]
                ._description_selection(request.env),
                "typed": request.session.pop("security_availability_typed", {}),
                "error": request.session.pop("security_availability_error", None),
                "page_name": "security_availability",
            }
        )
        return request.render("security_missions.portal_my_availability", values)

    def _planned_words(self, shift):
        """The shift a declaration runs into, on the clock of its site."""
        env = request.env
        return env._(
            "You are planned on %(post)s from %(start)s to %(stop)s during this.",
            post=shift.post_id.display_name,
            start=format_datetime(env, shift.date_start, shift.tz, "short"),
            stop=format_datetime(env, shift.date_stop, shift.tz, "short"),
        )

    @http.route(f"{PAGE}/add", type="http", auth="user", methods=["POST"], website=True)
    def portal_declare(self, **typed):
        """Add a declaration; what is refused is told on the page, with what was
        typed."""
        guard = self._own_guard()
        typed = {name: self._text(value) for name, value in typed.items()}
        try:
            vals = self._declaration(typed, guard.tz or "Europe/Paris")
            with request.env.cr.savepoint():
                request.env["security.availability"]._declare(guard, vals)
        except (UserError, IntegrityError) as refusal:
            known = ("kind", "date_start", "date_stop", "repeat_until", "note")
            request.session["security_availability_typed"] = {
                name: typed.get(name, "")[:200] for name in known
            } | {"is_weekly": bool(typed.get("is_weekly"))}
            request.session["security_availability_error"] = (
                str(refusal)
                if isinstance(refusal, UserError)
                else request.env._("Check both times: the end comes after the start.")
            )
        return request.redirect(PAGE)

    def _declaration(self, typed, tz):
        """The values of a declaration, from what was typed on the clock of ``tz``."""
        start, stop = typed.get("date_start"), typed.get("date_stop")
        weekly = bool(typed.get("is_weekly"))
        try:
            return {
                "kind": KIND_NAMES[KIND_NAMES.index(typed["kind"])],
                "date_start": _instant(start, tz),
                "date_stop": _instant(stop, tz),
                "is_weekly": weekly,
                "repeat_until": weekly
                and fields.Date.to_date(typed.get("repeat_until") or False),
                "note": (typed.get("note") or "").strip()[:200],
            }
        except (KeyError, TypeError, ValueError, OverflowError):
            raise UserError(
                request.env._("Fill in what you declare, and both its times.")
            ) from None

    @http.route(
        f"{PAGE}/<int:declaration_id>/withdraw",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_withdraw(self, declaration_id, **kwargs):
        """Take a declaration back; that of somebody else is not found."""
        guard = self._own_guard()
        mine = request.env["security.availability"].search(
            [("id", "=", declaration_id), ("employee_id", "=", guard.id)]
        )
        if not mine:
            raise request.not_found()
        try:
            with request.env.cr.savepoint():
                mine._withdraw()
        except UserError as refusal:
            request.session["security_availability_error"] = str(refusal)
        return request.redirect(PAGE)


def _instant(text, tz):
    """Naive UTC of what a field for a local date and time sends."""
    wall = datetime.fromisoformat(text)
    if wall.tzinfo:
        raise ValueError(text)
    return to_utc(wall.date(), wall.hour * 60 + wall.minute, ZoneInfo(tz))
