from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class SecurityRotationRoll(models.TransientModel):
    """Rolls teams forward: shown first, written then, and only what was shown."""

    _name = "security.rotation.roll"
    _description = "Roll of Rotations"

    team_ids = fields.Many2many("security.rotation.team", string="Teams")
    date_from = fields.Date("From", required=True)
    date_to = fields.Date("To", required=True)
    summary = fields.Char(readonly=True)
    line_ids = fields.One2many("security.rotation.roll.line", "wizard_id", "Preview")

    @api.model
    def default_get(self, fields):
        """From tomorrow, as far as the firm rolls by itself."""
        values = super().default_get(fields)
        today = self._today()
        weeks = self.env.company.security_rotation_weeks or 4
        if "date_from" in fields:
            values.setdefault("date_from", today + timedelta(days=1))
        if "date_to" in fields:
            values.setdefault("date_to", today + timedelta(weeks=weeks))
        return values

    def _today(self):
        return fields.Date.context_today(self)

    @api.onchange("team_ids", "date_from", "date_to")
    def _onchange_period(self):
        """What was shown was for other teams or other dates."""
        self.line_ids = [Command.clear()]
        self.summary = False

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_preview(self):
        """Show what a roll would do; nothing is written on the rota."""
        self.ensure_one()
        steps = self._steps()
        self.line_ids.unlink()
        self.env["security.rotation.roll.line"].create(
            [self._line_values(step) for step in steps]
        )
        self.summary = self._summary(steps)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Roll the Rotation"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_roll(self):
        """Do what is ticked, if it is still what was shown."""
        self.ensure_one()
        ticked = self.line_ids.filtered("chosen")
        by_signature = {_signature(step): step for step in self._steps()}
        for line in ticked:
            if line.signature not in by_signature:
                raise UserError(
                    self.env._(
                        "The rota has changed since this list was made, around the "
                        "shift of %(start)s at “%(post)s”: preview it again.",
                        start=line._start_words(),
                        post=line.post_id.display_name,
                    )
                )
        steps = [by_signature[line.signature] for line in ticked]
        by_team = self.team_ids._steps_by_team(steps)
        shifts = self.env["security.shift"]._rotation_apply(self.team_ids, steps)
        self.team_ids._note_roll(self.date_to, by_team)
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_missions.security_shift_action"
        )
        return {**action, "domain": [("id", "in", shifts.ids)], "context": {}}

    # ------------------------------------------------------------
    # TOOLS
    # ------------------------------------------------------------

    def _steps(self):
        if not self.team_ids:
            raise UserError(self.env._("Choose at least one team to roll."))
        self.env["security.shift"].check_access("create")
        return self.env["security.shift"]._rotation_steps(
            self.team_ids, self.date_from, self.date_to
        )

    def _summary(self, steps):
        words = self.env["security.rotation.roll.line"]._count_words(steps)
        return words or self.env._("Nothing to roll: the rota is what the cycles want.")

    def _line_values(self, step):
        held, turn = step.held, step.turn
        what = turn or held
        return {
            "wizard_id": self.id,
            "kind": step.kind,
            "reason": step.why or (turn.why if turn else "") or False,
            "can_apply": bool(step.act),
            "chosen": bool(step.act),
            "signature": _signature(step),
            "shift_id": held.ref if held else False,
            "obstacle_id": turn.by if turn and turn.by else False,
            "post_id": what.post,
            "meant_id": (turn.meant or turn.guard if turn else held.asked[2]) or False,
            "employee_id": held.guard if held else False,
            "date_start": held.start if held else False,
            "date_stop": held.stop if held else False,
            "new_start": turn.start if turn else False,
            "new_stop": turn.stop if turn else False,
        }


def _signature(step):
    """What a step would do, and to a shift in which state."""
    turn, held = step.turn, step.held
    parts = [step.kind, step.act, step.why]
    if turn:
        parts += [turn.key, turn.post, *turn.wanted]
    if held:
        parts += [held.ref, held.state, *held.now]
    return "|".join(map(str, parts))
