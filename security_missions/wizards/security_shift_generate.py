from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class SecurityShiftGenerate(models.TransientModel):
    _name = "security.shift.generate"
    _description = "Generate Shifts"

    date_from = fields.Date("From", required=True)
    date_to = fields.Date("To", required=True)
    mission_ids = fields.Many2many("security.mission", string="Missions")
    post_ids = fields.Many2many(
        "security.post",
        string="Posts",
        compute="_compute_post_ids",
        store=True,
        readonly=False,
    )

    @api.model
    def default_get(self, fields):
        """The next calendar month, which is what a planner prepares."""
        values = super().default_get(fields)
        first = self._first_of_next_month()
        if "date_from" in fields:
            values.setdefault("date_from", first)
        if "date_to" in fields:
            values.setdefault(
                "date_to",
                (first + timedelta(days=31)).replace(day=1) - timedelta(days=1),
            )
        return values

    def _first_of_next_month(self):
        today = fields.Date.context_today(self)
        return (today.replace(day=1) + timedelta(days=31)).replace(day=1)

    @api.depends("mission_ids")
    def _compute_post_ids(self):
        for wizard in self:
            if wizard.mission_ids:
                wizard.post_ids = wizard.mission_ids.post_ids

    def action_generate(self):
        """Make the shifts that are missing and show them."""
        self.ensure_one()
        if not self.post_ids:
            raise UserError(
                self.env._("Choose at least one mission or post to make shifts for.")
            )
        shifts = self.env["security.shift"]._generate(
            self.post_ids, self.date_from, self.date_to
        )
        if not shifts:
            return self._notify_nothing_new()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_missions.security_shift_action"
        )
        return {**action, "domain": [("id", "in", shifts.ids)], "context": {}}

    def _notify_nothing_new(self):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "Nothing to add: every shift of this period is there already."
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
