from datetime import timedelta

from odoo import Command, api, fields, models
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

    missing_count = fields.Integer(
        "Shifts to Add", compute="_compute_differences", store=True
    )
    line_ids = fields.One2many(
        "security.shift.generate.line",
        "wizard_id",
        "Differences",
        compute="_compute_differences",
        store=True,
        readonly=False,
        help="Shifts made from needs that have changed since.",
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

    @api.depends("post_ids", "date_from", "date_to")
    def _compute_differences(self):
        """What is proposed: empty drafts follow their need unless told otherwise, a
        shift somebody holds or has been told of only when the planner says so."""
        for wizard in self:
            lines, missing = [Command.clear()], 0
            period = (wizard.date_from, wizard.date_to)
            shifts = self.env["security.shift"]
            # An impossible period is refused by the button, not while it is typed.
            if wizard.post_ids and all(period) and not shifts._period_error(*period):
                missing, surplus, changed = shifts._compare(
                    wizard.post_ids._origin, *period
                )
                lines += [self._line(shift) for shift in surplus]
                lines += [self._line(shift, slot) for shift, slot in changed.items()]
            wizard.missing_count = missing
            wizard.line_ids = lines

    def _line(self, shift, slot=None):
        # Not known of shifts made before their need was kept: the planner decides.
        times = (shift.date_start, shift.date_stop)
        untouched = times == (shift.demand_start, shift.demand_stop)
        free = shift.state == "draft" and not shift.employee_id and untouched
        return Command.create(
            {
                "shift_id": shift.id,
                "employee_id": shift.employee_id.id,
                "state": shift.state,
                "kind": "changed" if slot else "surplus",
                "new_start": slot and slot.start,
                "new_stop": slot and slot.stop,
                "chosen": free,
            }
        )

    def action_generate(self):
        """Make the shifts that are missing, follow the needs where it was asked, and
        show what has changed."""
        self.ensure_one()
        if not self.post_ids:
            raise UserError(
                self.env._("Choose at least one mission or post to make shifts for.")
            )
        followed = self._follow_needs()
        shifts = followed.exists() | self.env["security.shift"]._generate(
            self.post_ids, self.date_from, self.date_to
        )
        if not shifts:
            return self._notify_nothing_new(len(followed))
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_missions.security_shift_action"
        )
        return {**action, "domain": [("id", "in", shifts.ids)], "context": {}}

    def _follow_needs(self):
        """Apply the differences that are ticked, as they are now.

        :return: the shifts concerned; drafts nobody needs any more are gone
        """
        lines = self.line_ids.filtered("chosen")
        ticked = lines.shift_id
        if not ticked:
            return ticked
        lines._check_as_shown()
        _missing, surplus, changed = ticked._compare(
            self.post_ids, self.date_from, self.date_to
        )
        for shift, slot in changed.items():
            if shift in ticked:
                shift._follow(slot)
        (surplus & ticked)._drop()
        return ticked

    def _notify_nothing_new(self, dropped=0):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "Shifts removed, which nobody needs any more: %s", dropped
                )
                if dropped
                else self.env._(
                    "Nothing to add: every shift of this period is there already."
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
