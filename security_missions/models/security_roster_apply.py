from psycopg2.errors import ExclusionViolation

from odoo import models
from odoo.exceptions import LockError, UserError, ValidationError

from .security_roster_run import ENDED, SOLVING


class SecurityRosterRun(models.Model):
    """From proposals to the rota, and back while nobody was told."""

    _inherit = "security.roster.run"

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_apply(self):
        """Give the kept proposals to their guards, in one transaction.

        What changed since is refused line by line, the rest is applied.
        """
        self.ensure_one()
        self._check_appliable()
        lines = self.assignment_ids.filtered(
            lambda line: line.keep and line.state == "proposed"
        )
        if not lines:
            raise UserError(
                self.env._("No proposal is kept: tick those you want, or search again.")
            )
        self._lock_shifts(lines)
        good = self._refuse_changed(lines)
        good = self._refuse_against_rules(good)
        self._give(good)
        applied = lines.filtered(lambda line: line.state == "applied")
        refused = len(lines) - len(applied)
        if applied:
            self._solving().state = "applied"
        self._solving().message = self.env._(
            "%(applied)s shifts given, %(refused)s refused because something changed "
            "meanwhile: see the proposals.",
            applied=len(applied),
            refused=refused,
        )

    def action_undo(self):
        """Give the shifts back to who had them, while all are drafts still."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "applied":
            raise UserError(
                self.env._("This search is not applied: there is nothing to undo.")
            )
        lines = self.assignment_ids.filtered(lambda line: line.state == "applied")
        self._lock_shifts(lines)
        told = lines.filtered(lambda line: line.shift_id.state != "draft")
        if told:
            raise UserError(
                self.env._(
                    "“%(shift)s” is no draft any more: what guards were told is "
                    "changed shift by shift.",
                    shift=told[0].shift_id.display_name,
                )
            )
        # Given to somebody else since: that was a decision of its own.
        ours = lines.filtered(
            lambda line: line.shift_id.employee_id == line.employee_id
        )
        ours.shift_id.write({"employee_id": False})
        for guard, group in ours.grouped("previous_employee_id").items():
            if guard:
                group.shift_id.write({"employee_id": guard.id})
        self._mark(ours, "undone", False)
        self._mark(lines - ours, "refused", self.env._("Changed since it was applied."))
        self._solving().write(
            {
                "state": "done",
                "message": self.env._("%(count)s shifts taken back.", count=len(ours)),
            }
        )

    # ------------------------------------------------------------
    # TOOLS
    # ------------------------------------------------------------

    def _check_appliable(self):
        self.check_access("write")
        if self.state not in ENDED:
            raise UserError(
                self.env._(
                    "“%(run)s” is %(state)s: only a search that has ended is applied.",
                    run=self.name,
                    state=self._state_name(),
                )
            )

    def _lock_shifts(self, lines):
        shifts = lines.shift_id
        shifts.check_access("write")
        try:
            shifts.lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else is changing these shifts right now: try again in a "
                    "moment."
                )
            ) from error

    def _mark(self, lines, state, sentence):
        values = {"state": state}
        if sentence:
            values["sentence"] = sentence
        lines.sudo().with_context(security_roster_solving=SOLVING).write(values)

    def _refuse_changed(self, lines):
        """Mark what is not any more what the search looked at; answer the others."""
        good = lines
        for line in lines:
            if reason := self._changed(line):
                self._mark(line, "refused", reason)
                good -= line
        return good

    def _changed(self, line):
        shift = line.shift_id
        if shift.state != "draft":
            return self.env._(
                "The shift is %(state)s by now.",
                state=shift._state_label(shift.state).lower(),
            )
        if shift.employee_id != line.previous_employee_id:
            if shift.employee_id:
                return self.env._(
                    "%(guard)s has it by now.", guard=shift.employee_id.name
                )
            return self.env._("Its guard was taken off meanwhile.")
        if (shift.date_start, shift.date_stop) != (line.date_start, line.date_stop):
            return self.env._("The times of the shift have changed: search again.")
        return None

    def _refuse_against_rules(self, lines):
        """Ask the rules again, with the rota as it is now.

        Who is refused a shift keeps his own, and that may stop somebody else: asked
        until nothing more is refused.
        """
        stopped = lines
        while stopped:
            plan = {
                line.shift_id.id: line.employee_id.id
                for line in lines
                if line.employee_id
            }
            _kept, refused = self._verify(plan, lines.shift_id.ids)
            stopped = lines.filtered(lambda line, no=refused: line.shift_id.id in no)
            for line in stopped:
                self._mark(line, "refused", self._say(refused[line.shift_id.id]))
            lines -= stopped
        return lines

    def _give(self, lines):
        """Write the guards; a swap meets itself half-way, so all are freed first."""
        lines.filtered("previous_employee_id").shift_id.write({"employee_id": False})
        for guard, group in lines.grouped("employee_id").items():
            if not guard:
                self._mark(group, "applied", False)
                continue
            try:
                with self.env.cr.savepoint():
                    group.shift_id.write({"employee_id": guard.id})
                    group.shift_id.flush_recordset()
                self._mark(group, "applied", False)
            except (ValidationError, UserError, ExclusionViolation) as error:
                self.env.invalidate_all(flush=False)
                self._mark(group, "refused", str(error))
                self._give_back(group)

    def _give_back(self, lines):
        """Who had a refused shift before has it again, where that is possible."""
        for line in lines.filtered("previous_employee_id"):
            try:
                with self.env.cr.savepoint():
                    line.shift_id.employee_id = line.previous_employee_id
                    line.shift_id.flush_recordset()
            except (ValidationError, UserError, ExclusionViolation):
                self.env.invalidate_all(flush=False)
