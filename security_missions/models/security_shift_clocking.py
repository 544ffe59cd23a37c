import logging
from dataclasses import dataclass
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import clock_proof, geofence

_logger = logging.getLogger(__name__)


@dataclass
class Act:
    """An act on the clock, weighed: columns of the attendance, and what to explain."""

    shift: models.BaseModel
    side: str
    at: object
    values: dict
    doubts: tuple
    place: geofence.Place

    def open_exceptions(self, attendance):
        """Ask the guard to explain what is doubtful."""
        self.shift._open_clock_exceptions(
            attendance, self.side, self.at, self.doubts, self.place
        )


class SecurityShift(models.Model):
    """How the clock of a shift is proved, and closed for those who forget it."""

    _inherit = "security.shift"

    clock_exception_ids = fields.One2many(
        "security.clock.exception", "shift_id", "Clock Exceptions", readonly=True
    )
    clock_exception_count = fields.Integer(compute="_compute_clock_exception_count")
    clock_prompt_date = fields.Datetime(
        "Asked to Clock Out",
        readonly=True,
        copy=False,
        help="When the guard was asked whether he had left.",
    )

    @api.depends("clock_exception_ids")
    def _compute_clock_exception_count(self):
        counts = dict(
            self.env["security.clock.exception"]
            .sudo()
            ._read_group([("shift_id", "in", self.ids)], ["shift_id"], ["__count"])
        )
        for shift in self:
            shift.clock_exception_count = counts.get(shift, 0)

    def action_open_clock_exceptions(self):
        """What the guard has to explain about this shift."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_missions.security_clock_exception_action"
        )
        return {**action, "domain": [("shift_id", "=", self.id)], "context": {}}

    # ------------------------------------------------------------
    # Proof
    # ------------------------------------------------------------

    def _judge_clock(self, side, at, evidence):
        """Weigh an act; refuse it when the post asks for a proof that is not there.

        :return: Act
        """
        evidence = evidence or clock_proof.Evidence(method="portal")
        # sudo: the rules of the post and of the firm hold for the guard too, who reads
        # neither.
        post = self.sudo().post_id
        mode = post.clock_in_mode if side == "in" else post.clock_out_mode
        place = geofence.judge(
            evidence.position, post.site_id._centre(), post.clock_radius
        )
        proof = clock_proof.judge(
            mode,
            evidence,
            place,
            evidence.method in clock_proof.CODED
            and post._clock_code_holds(evidence.code),
            self.sudo().company_id.security_clock_skew,
        )
        if proof.refused:
            raise UserError(self._clock_refusal(proof.refused, place, post))
        doubts = proof.doubts
        if side == "in":
            doubts += self._order_doubts(at, evidence.is_offline(at))
        values = self.env["hr.attendance"]._clock_vals(side, evidence, place, at)
        return Act(self, side, at, values, doubts, place)

    def _clock_refusal(self, reason, place, post):
        guard = self.sudo().employee_id.name
        if reason == "out_of_place":
            return self.env._(
                "%(guard)s is %(distance)s m from %(site)s, and this post is clocked "
                "within %(radius)s m. Clock at the post, or call the control room.",
                guard=guard,
                distance=round(place.distance),
                site=post.site_id.name,
                radius=post.clock_radius,
            )
        if reason == "wrong_code":
            return self.env._(
                "%(guard)s showed a code that is not that of %(post)s. Scan the sheet "
                "of the post, or call the control room.",
                guard=guard,
                post=post.display_name,
            )
        return self.env._(
            "%(guard)s must show where he is to clock at %(post)s: allow the position, "
            "scan the sheet of the post, type its code, or call the control room.",
            guard=guard,
            post=post.display_name,
        )

    def _open_clock_exceptions(self, attendance, side, at, kinds, place=None):
        """Ask the guard to explain each of these kinds (one row each)."""
        self.ensure_one()
        # sudo: exceptions are written by the clock alone.
        exceptions = self.env["security.clock.exception"].sudo()
        return exceptions.create(
            [
                exceptions._vals(attendance, self, side, at, kind, place)
                for kind in kinds
            ]
        )

    # ------------------------------------------------------------
    # Forgotten
    # ------------------------------------------------------------

    def _close_forgotten(self, at):
        """End what the guard forgot on an earlier shift: he cannot be in two places."""
        # sudo: attendances are closed by the clock, as they are opened.
        attendances = self.env["hr.attendance"].sudo()
        for attendance in attendances.search(
            [
                ("employee_id", "=", self.sudo().employee_id.id),
                ("check_out", "=", False),
                ("security_shift_id", "not in", [False, self.id]),
                ("check_in", "<", at),
            ]
        ):
            shift = attendance.security_shift_id
            if not shift.approval_date:
                shift._presume_out(attendance, "forgot", at)

    def _presume_out(self, attendance, kind, latest):
        """Write the planned end, or the one decided since, as the time of leaving."""
        self.ensure_one()
        end = self._decided_until().get(self.id, self.date_stop)
        end = max(attendance.check_in, min(max(end, self.date_stop), latest))
        attendance.sudo().write({"check_out": end, "security_out_method": "forced"})
        self._open_clock_exceptions(attendance, "out", end, (kind,))

    @api.model
    def _cron_clock_out(self):
        """Ask those past their end whether they left, then presume that they did."""
        now = fields.Datetime.now()
        over = self.search([("state", "=", "started"), ("date_stop", "<", now)])
        decided = over._decided_until()
        for shift in over:
            end = max(decided.get(shift.id, shift.date_stop), shift.date_stop)
            try:
                with self.env.cr.savepoint():
                    shift._follow_end(end, now)
            except Exception:
                _logger.exception("The clock-out of shift %s failed.", shift.id)

    def _follow_end(self, end, now):
        company = self.company_id
        prompt = timedelta(minutes=company.security_clock_prompt)
        force = timedelta(hours=company.security_clock_force)
        if force and now >= end + force:
            for attendance in self.attendance_ids.filtered(lambda a: not a.check_out):
                self._presume_out(attendance, "forced", now)
        elif prompt and now >= end + prompt and not self.clock_prompt_date:
            self.clock_prompt_date = now
            self._ask_whether_left()

    def _ask_whether_left(self):
        """Send the guard a message; the app shows the same from its own clock."""
        template = self.env.ref("security_missions.mail_template_clock_prompt", False)
        email = (
            self.employee_id.private_email
            or self.employee_id.work_email
            or self.employee_id.user_id.email
        )
        if template and email:
            template.send_mail(self.id, email_values={"email_to": email})
