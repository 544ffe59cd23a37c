from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..engine.patrol_facts import CLOSED
from .security_patrol import TO_WALK
from .security_shift_presence import CLOCK_IN_EARLY

LONGEST_CODE = 100


class SecurityPatrol(models.Model):
    """The facts that a phone brings: begun, passed, ended; hours late or not.

    Each of these methods takes facts, never refuses one for being late or doubtful,
    and derives the round again. They run as superuser on what the caller has checked.
    """

    _inherit = "security.patrol"

    @api.model
    def _of_phone(self, guard, uuid, route, patrol_id=None, at=None, shift=None):
        """The round that a phone calls ``uuid``: known, planned, or a new one.

        A planned round goes to the first phone that begins it; of two, the second one
        walks a round of its own, so that both are kept.

        :param guard: hr.employee of the phone
        :param patrol_id: id of the planned round that he chose, if he did
        :raises UserError: the route is not one of his firm
        """
        Patrol = self.sudo()
        known = Patrol.search([("employee_id", "=", guard.id), ("uuid", "=", uuid)])
        if known:
            return known
        route = route.sudo().exists()
        if not route or route.company_id != guard.sudo().company_id:
            raise UserError(
                self.env._(
                    "The phone has sent a round of a route that your firm does not "
                    "have: it was deleted, or the phone was enrolled by another firm."
                )
            )
        chosen = Patrol.browse(patrol_id or []).exists()
        planned = chosen.filtered(lambda p: p.route_id == route)._free()
        planned = planned or Patrol._nearest(route, at)
        if not planned:
            planned = Patrol.create(route._round_vals(at=at))
        planned.write(
            {
                "uuid": uuid,
                "employee_id": guard.id,
                "shift_id": (shift or planned._shift_at(at, guard)).id,
            }
        )
        return planned

    def _free(self):
        """Those of these that nobody has begun."""
        return self.filtered(lambda p: p.state in TO_WALK and not p.uuid)

    @api.model
    def _nearest(self, route, at):
        """The round of a route that was due when somebody began one."""
        before = timedelta(minutes=route.minutes + route.grace)
        due = self.search(
            [
                ("route_id", "=", route.id),
                ("state", "in", TO_WALK),
                ("uuid", "=", False),
                ("planned_start", ">=", at - before),
                ("planned_start", "<=", at + before),
            ]
        )
        return due.sorted(lambda p: (abs(p.planned_start - at), p.id))[:1]

    def _shift_at(self, at, guard=None):
        """The shift on a post of the route at that time, of a guard or of anybody."""
        self.ensure_one()
        domain = (
            Domain("post_id", "in", self.route_id.post_ids.ids)
            & Domain("state", "in", ("published", "started", "done"))
            & Domain(
                "employee_id", "=" if guard else "!=", guard.id if guard else False
            )
            & Domain("date_start", "<=", at + CLOCK_IN_EARLY)
            & Domain("date_stop", ">=", at - CLOCK_IN_EARLY)
        )
        # The one that the phone has named answers without a query.
        return self.shift_id.filtered_domain(domain) or self.env[
            "security.shift"
        ].search(domain, order="date_start", limit=1)

    # ------------------------------------------------------------
    # FACTS
    # ------------------------------------------------------------

    def _begin(self, at):
        """The guard says that he begins."""
        self.ensure_one()
        self._reopen()
        self.date_started = min(at, self.date_started or at)
        self._follow(fields.Datetime.now())

    def _pass(self, at, values, code="", checkpoint_id=None):
        """The guard passed a point.

        :param values: fields of security.patrol.scan, ``technology`` among them
        :param code: text of the QR code, number of the tag, or what was typed
        :param checkpoint_id: id of the one that the phone has recognised, if it did
        :return: security.patrol.scan
        """
        self.ensure_one()
        among = self.point_ids.checkpoint_id
        checkpoint = among._with_id(checkpoint_id).filtered(
            lambda c: c.company_id == self.company_id
        )
        technology, shown = values["technology"], None
        if technology == "gps":
            found = checkpoint.filtered(lambda c: c._position())
        else:
            found, shown = among._recognise(code, technology, self.company_id, among)
        on_shift = self.employee_id and self._shift_at(at, self.employee_id)
        self._reopen()
        # Created by nobody: the round says who walked it, as long as it may.
        scan = (
            self.env["security.patrol.scan"]
            .with_user(SUPERUSER_ID)
            .create(
                {
                    **values,
                    "patrol_id": self.id,
                    "checkpoint_id": (found or checkpoint).id,
                    "is_proven": bool(found),
                    "happened_at": at,
                    "code_shown_at": shown,
                    "code": False if found else (code or "")[:LONGEST_CODE],
                    "on_shift": bool(on_shift),
                }
            )
        )
        self._follow(fields.Datetime.now())
        return scan.with_env(self.env)

    def _end(self, at, reason=None):
        """The guard says that the round is over; early, he says why."""
        self.ensure_one()
        self._reopen()
        self.write({"date_ended": at, "end_reason": reason or False})
        self._follow(fields.Datetime.now())
        if self.state == "incomplete" and not reason:
            self._to_review(self.env._("It ended early and no reason was given."))

    def _reopen(self):
        """A fact that comes after the round was closed is for somebody to look at."""
        if self.state in CLOSED or self.closed_at:
            self._to_review(self.env._("Facts came after the round was closed."))
        if self.state == "cancelled":
            self._to_review(self.env._("The round was cancelled and walked."))
            self.state = "planned"
        self.heard_at = fields.Datetime.now()
