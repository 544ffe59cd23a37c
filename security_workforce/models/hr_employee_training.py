from datetime import datetime

from odoo import fields, models
from odoo.tools import SQL

from ..engine import facts
from .security_card import RENEWABLE_KINDS

# Titles that a course may prolong: verified, and not taken away.
RENEWED_STATES = ("valid", "to_renew", "receipt", "expired")
# In training for the rules: the session stands, and the guard was told.
AWAY = ("invited", "confirmed", "present")


class HrEmployee(models.Model):
    """The guard's file: his trainings, and what they are worth."""

    _inherit = "hr.employee"

    security_training_ids = fields.One2many(
        "security.training.attendee",
        "employee_id",
        string="Trainings",
        groups="hr.group_hr_user",
    )
    security_training_count = fields.Integer(
        string="Trainings in number",
        compute="_compute_security_training_count",
        groups="hr.group_hr_user",
    )

    def _compute_security_training_count(self):
        counts = dict(
            self.env["security.training.attendee"]._read_group(
                [("employee_id", "in", self.ids)], ["employee_id"], ["__count"]
            )
        )
        for employee in self:
            employee.security_training_count = counts.get(employee._origin, 0)

    def action_open_trainings(self):
        """Open the training sessions of this guard."""
        return self.env["security.training.attendee"]._action_of_guard(
            self.id, self.name
        )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _security_mac_obtained(self, activity_id, since):
        """``{employee id: day}`` of the last card renewal course passed.

        :param activity_id: id of the activity whose card it renews
        :param since: first day that counts (date)

        sudo: it is asked for a card, by whoever may read the card.
        """
        groups = (
            self.env["security.training.attendee"]
            .sudo()
            ._read_group(
                [
                    ("employee_id", "in", self.ids),
                    ("state", "=", "passed"),
                    ("obtained_on", ">=", since),
                    ("course_id.mac", "=", True),
                    ("course_id.activity_id", "=", activity_id),
                ],
                ["employee_id"],
                ["obtained_on:max"],
            )
        )
        return {guard.id: day for guard, day in groups}

    def _training_title_ends(self, course):
        """``{employee id: last day}`` of the title that a course renews.

        Only of those whose title has an end: the card of the activity, or the
        qualification. sudo: HR plans trainings without rights on each register.
        """
        if course.mac:
            return self._card_ends(course.activity_id)
        return self._qualification_ends(course.skill_id)

    def _card_ends(self, activity):
        groups = (
            self.env["security.card"]
            .sudo()
            ._read_group(
                [
                    ("employee_id", "in", self.ids),
                    ("activity_id", "=", activity.id),
                    ("kind", "in", RENEWABLE_KINDS),
                    ("state", "in", RENEWED_STATES),
                    ("date_expiry", "!=", False),
                ],
                ["employee_id"],
                ["date_expiry:max"],
            )
        )
        return {guard.id: day for guard, day in groups}

    def _qualification_ends(self, skill):
        groups = (
            self.env["hr.employee.skill"]
            .sudo()
            ._read_group(
                [("employee_id", "in", self.ids), ("skill_id", "=", skill.id)],
                ["employee_id"],
                ["valid_to:array_agg"],
            )
        )
        # One without end needs no refresher.
        return {guard.id: max(days) for guard, days in groups if all(days)}

    # ------------------------------------------------------------
    # Facts for the rules: in training, while the session stands
    # ------------------------------------------------------------

    def _facts_models(self):
        trainings = ("security.training.attendee", "security.training.slot")
        return (*super()._facts_models(), *trainings, "security.training.session")

    def _facts_readers(self):
        return {**super()._facts_readers(), "trainings": _read_training}

    def _facts_parts(self, ours, period):
        parts = super()._facts_parts(ours, period)
        if period:
            parts["trainings"] = self._fact_trainings(ours, *period)
        return parts

    def _fact_trainings(self, ours, start, stop):
        return SQL(
            """
            SELECT attendee.employee_id, jsonb_build_array(
                       slot.date_start, slot.date_stop
                   )
              FROM security_training_attendee attendee
              JOIN security_training_session session
                ON session.id = attendee.session_id AND session.state = 'confirmed'
              JOIN security_training_slot slot ON slot.session_id = session.id
             WHERE attendee.state IN %s AND attendee.employee_id %s
               AND slot.date_start < %s AND slot.date_stop > %s
            """,
            AWAY,
            ours,
            stop,
            start,
        )

    def _facts_known(self, parts, day):
        known = super()._facts_known(parts, day)
        trainings = sorted(parts["trainings"], key=lambda away: away.start)
        return {**known, "absences": (*known["absences"], *trainings)}


def _read_training(start, stop):
    start, stop = datetime.fromisoformat(start), datetime.fromisoformat(stop)
    return facts.Absence(start, stop, kind="training")
