from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date

from odoo.addons.security_missions.models.security_shift_presence import (
    CLOCK_IN_EARLY,
)

from ..engine import badge_code

CHECKERS = (
    "security_workforce.group_security_access_officer",
    "security_workforce.group_security_operator",
)
ON_DUTY = ("published", "started")


class SecurityBadge(models.Model):
    """The answer at the gate: green, orange or red, and why."""

    _inherit = "security.badge"

    @api.model
    @api.readonly
    def check(self, token):
        """Tell whether the holder of a badge may pass now.

        :param token: what the scanner read or a person typed
        :return: ``color`` (``green``, ``orange`` or ``red``) and ``reason``, a
            sentence; for a badge that exists also ``badge`` (its number), ``guard``
            (name), ``guard_id`` and ``shift`` (post and local times, or False)
        :raises AccessError: only access officers and operators may ask
        """
        if not any(self.env.user.has_group(group) for group in CHECKERS):
            raise AccessError(
                self.env._("Only access officers and operators check badges.")
            )
        secret = badge_code.read(token)
        # sudo: the secret is readable by nobody. Other companies stay unknown.
        badge = secret and self.sudo().search(
            [("token", "=", secret), ("company_id", "in", self.env.companies.ids)]
        )
        if not badge:
            return {"color": "red", "reason": self.env._("This badge is unknown.")}
        return badge._verdict()

    def _verdict(self):
        self.ensure_one()
        guard = self.employee_id
        shift = self._current_shift()
        refusal = self._refusal() or self._card_gap(shift)
        if refusal:
            color, reason = "red", refusal
        elif shift:
            color, reason = "green", self.env._("Expected on this shift.")
        else:
            color, reason = "orange", self._no_shift()
        return {
            "color": color,
            "reason": reason,
            "badge": self.name,
            "guard": guard.name,
            "guard_id": guard.id,
            "shift": shift.display_name,
        }

    def _refusal(self):
        """Why the badge itself opens nothing, False when it is in use."""
        facts = {
            "guard": self.employee_id.name,
            "day": format_date(self.env, self.date_revoked),
        }
        if self.state == "replaced":
            return self.env._("This badge was replaced by another on %(day)s.", **facts)
        if self.state == "revoked":
            return {
                "lost": self.env._(
                    "This badge was reported lost on %(day)s: keep it.", **facts
                ),
                "stolen": self.env._(
                    "This badge was reported stolen on %(day)s: call your control "
                    "room.",
                    **facts,
                ),
            }.get(
                self.revoke_reason,
                self.env._("This badge was revoked on %(day)s: keep it.", **facts),
            )
        if not self.employee_id.active:
            return self.env._("%(guard)s no longer works for the firm.", **facts)
        return False

    def _card_gap(self, shift):
        """Why the guard may not work now, False when one of his cards allows it.

        On a shift, it is a card for the activity of its post; else any card will do.
        """
        Card = self.env["security.card"]
        guard, now = self.employee_id, fields.Datetime.now()
        if shift:
            stop = max(shift.date_stop, now + timedelta(minutes=1))
            asked = [(guard, shift.activity_id, now, stop, shift.tz)]
        else:
            activities = Card.search([("employee_id", "=", guard.id)]).activity_id
            stop = now + timedelta(minutes=1)
            asked = [(guard, a, now, stop, guard._get_tz()) for a in activities]
        if not asked:
            return self.env._("%s has no professional card.", guard.name)
        gaps = Card._find_gaps(asked)
        return len(gaps) == len(asked) and next(iter(gaps.values()))

    def _current_shift(self):
        """The shift that runs now, or that the guard may already come for."""
        now = fields.Datetime.now()
        return self.env["security.shift"].search(
            [
                ("employee_id", "=", self.employee_id.id),
                ("state", "in", ON_DUTY),
                ("date_start", "<=", now + CLOCK_IN_EARLY),
                ("date_stop", ">", now),
            ],
            order="date_start",
            limit=1,
        )

    def _no_shift(self):
        """That the guard is not expected now, and when he will be."""
        following = self.env["security.shift"].search(
            [
                ("employee_id", "=", self.employee_id.id),
                ("state", "=", "published"),
                ("date_start", ">", fields.Datetime.now()),
            ],
            order="date_start",
            limit=1,
        )
        if following:
            return self.env._(
                "No shift now; the next one is %s.", following.display_name
            )
        return self.env._("No shift now, and none planned.")
