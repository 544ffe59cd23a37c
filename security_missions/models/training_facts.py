"""The records of a training that decide whether a guard is away.

Several models in one file: each only says when it makes the rules run again.
"""

from odoo import models


class SecurityTrainingSession(models.Model):
    _name = "security.training.session"
    _inherit = ["security.training.session", "security.eligibility.mixin"]

    def _eligibility_concerns(self, vals):
        return "state" in vals

    def _eligibility_guards(self):
        return self.sudo().attendee_ids.employee_id


class SecurityTrainingSlot(models.Model):
    _name = "security.training.slot"
    _inherit = ["security.training.slot", "security.eligibility.mixin"]

    def _eligibility_guards(self):
        return self.sudo().session_id.attendee_ids.employee_id


class SecurityTrainingAttendee(models.Model):
    _name = "security.training.attendee"
    _inherit = ["security.training.attendee", "security.eligibility.mixin"]

    def _eligibility_concerns(self, vals):
        return not vals.keys().isdisjoint({"state", "employee_id"})
