from odoo import api, fields, models

from ..engine import lone_worker
from .security_alert import OPERATOR, PLANNER

# Closed ones stay on the screen for a moment: somebody else has seen them there.
ROWS = 200


class SecurityAlert(models.Model):
    """The control list: alarms that are open, and who is where by declaration."""

    _inherit = "security.alert"

    @api.model
    def control_list(self):
        """All that the live screen shows, in a fixed number of queries.

        What is due is done first: a screen that is open makes the escalation and the
        alarm of a silence as punctual as itself.

        :return: ``{"now": text, "rights": {...}, "alerts": [...], "people": [...]}``,
            instants in UTC
        """
        self.check_access("read")
        rights = self._control_rights()
        if rights["act"]:
            self.env["security.shift"]._raise_silences()
            self._escalate()
        alerts = self.search(
            [
                ("state", "!=", "closed"),
                ("company_id", "in", self.env.companies.ids),
            ],
            limit=ROWS,
        )
        return {
            "now": fields.Datetime.to_string(fields.Datetime.now()),
            "rights": rights,
            "alerts": alerts._control_alerts(rights["act"]),
            "people": self.env["security.shift"]._control_people(rights["act"]),
        }

    def _control_rights(self):
        user = self.env.user
        act = user.has_group(OPERATOR) or user.has_group(PLANNER)
        return {"act": act, "user": user.name}

    def _control_alerts(self, with_details):
        positions = {}
        if with_details:
            positions = self._last_positions()
        return [alert._control_row(positions.get(alert.id)) for alert in self.sudo()]

    def _last_positions(self):
        """{id: last position}, one query."""
        found = self.env["security.alert.position"].search(
            [("alert_id", "in", self.ids)], order="date, id"
        )
        return {position.alert_id.id: position for position in found}

    def _control_row(self, position):
        guard = self.employee_id
        text = fields.Datetime.to_string
        return {
            "id": self.id,
            "kind": self.kind,
            "state": self.state,
            "level": self.level,
            "silent": self.silent,
            "guard": guard.name or "",
            "phone": guard.mobile_phone or guard.work_phone or "",
            "site": self.site_id.name or "",
            "post": self.post_id.name or "",
            "tz": self._clock(),
            "details": self.details or "",
            "raised": text(self.raised_at),
            "received": text(self.received_at),
            "normal": text(self.normal_at) or "",
            "taken_by": self.acknowledged_by.name or "",
            "taken_mine": self.acknowledged_by == self.env.user,
            "taken": text(self.acknowledged_at) or "",
            "next": text(self.next_change) or "",
            "shelved_until": text(self.shelved_until) or "",
            "shelved_reason": self.shelved_reason or "",
            "position": position
            and {
                "latitude": position.latitude,
                "longitude": position.longitude,
                "accuracy": position.accuracy,
                "date": text(position.date),
            },
        }


class SecurityShift(models.Model):
    """Who is on post, by what was declared."""

    _inherit = "security.shift"

    @api.model
    def _control_people(self, with_details):
        """Open presences on shifts, with the last sign of life of the phone."""
        shifts = self.search(
            [("state", "=", "started"), ("company_id", "in", self.env.companies.ids)],
            limit=ROWS,
        )
        # sudo: presences and signs of life of the shifts that this user reads.
        facts = shifts.sudo()._lone_facts()
        now = fields.Datetime.now()
        return [
            shift._control_person(facts[shift], now, with_details)
            for shift in shifts.sudo()
            if facts[shift]
        ]

    def _control_person(self, facts, now, with_details):
        text = fields.Datetime.to_string
        lone = self.post_id.lone_worker
        check = lone and lone_worker.next_check(facts["checks"], now)
        guard = self.employee_id
        rules = self.company_id._lone_worker_rules()
        return {
            "id": self.id,
            "guard": guard.name or "",
            "phone": with_details and (guard.mobile_phone or guard.work_phone) or "",
            "site": self.site_id.name,
            "post": self.post_id.name,
            "tz": self.tz,
            "stop": text(self.date_stop),
            "entered": text(min(self.attendance_ids.mapped("check_in"))),
            "heard": text(facts["heard"]) or "",
            "battery": facts["battery"],
            "lone": lone,
            "lost_after": rules.link,
            "check": text(check.due) if check else "",
            "missed_at": text(check.ends) if check else "",
        }
