from odoo import fields, models

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

    def _facts_absences(self, ids, date_from, date_to):
        """Time in training too, while the session stands."""
        result = super()._facts_absences(ids, date_from, date_to)
        if date_from and date_to:
            for attendee, slots in self.browse(ids)._training_slots(
                date_from, date_to, AWAY, ("confirmed",)
            ):
                result[attendee.employee_id.id] += [
                    facts.Absence(
                        slot.date_start,
                        slot.date_stop,
                        attendee.session_id.display_name,
                        kind="training",
                    )
                    for slot in slots
                ]
        return result
