from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, format_datetime

from .security_shift_eligibility import BEFORE

# A month refused as a whole is told by its first reasons.
MAX_TOLD = 15


class SecurityShift(models.Model):
    """What a verdict forbids: publishing, unless somebody has answered for it."""

    _inherit = "security.shift"

    @api.constrains("state", "employee_id", "post_id", "date_start", "date_stop")
    def _check_published(self):
        """Nobody is published against a rule, unless somebody has answered for it.

        A missing card is told first, by its number.
        """
        super()._check_published()
        published = self.sudo().filtered(lambda s: s.state == "published")
        if not published or self._corrects():
            return
        published._take_turns()
        # In the middle of a write: the neighbours are not judged again yet.
        if self.env.context.get("security_shift_moving"):
            published._judge_neighbours(published._stays())
        blamed = published | published._published_neighbours()
        if refusals := blamed._refusals(set(published.ids)):
            raise ValidationError("\n".join(refusals))

    def _take_turns(self, employee_ids=None):
        """Let whoever publishes for the same guards at the same instant begin again.

        Two shifts that are lawful one by one may together be a week too long, and
        neither transaction sees the other. Each touches the row of the resource that it
        plans: the second waits, fails as a concurrent update does, and is run again by
        Odoo, with the first shift in sight.
        """
        self.env.execute_query(
            SQL(
                """
                UPDATE resource_resource AS resource SET write_date = write_date
                  FROM (
                        SELECT r.id FROM resource_resource r
                          JOIN hr_employee e ON e.resource_id = r.id
                         WHERE e.id IN %s ORDER BY r.id FOR NO KEY UPDATE OF r
                       ) AS ours
                 WHERE resource.id = ours.id
                """,
                tuple(employee_ids or self.employee_id.ids) or (0,),
            )
        )

    def _published_neighbours(self):
        """Other published shifts that these may put in the wrong."""
        after = self._engine_windows()[0]
        return self.search(
            [
                ("employee_id", "in", self.employee_id.ids),
                ("state", "=", "published"),
                ("eligibility", "in", ("override", "blocked")),
                ("date_start", ">", min(self.mapped("date_start")) - BEFORE),
                ("date_start", "<", max(self.mapped("date_stop")) + after),
                ("id", "not in", self.ids),
            ]
        )

    def _refusals(self, shift_ids):
        """The sentences that refuse to publish the shifts of these ids."""
        told = [
            self.env._(
                "“%(shift)s”, %(guard)s: %(reason)s",
                shift=shift.display_name,
                guard=shift.employee_id.name,
                reason=f"{row['text']} ({row['source']})",
            )
            for shift in self
            for row in shift._worded_findings()
            if row["severity"] in ("override", "block")
            and shift_ids & {shift.id, *row["involved"]}
        ]
        if len(told) > MAX_TOLD:
            more = self.env._("… and %(count)s more.", count=len(told) - MAX_TOLD)
            told = [*told[:MAX_TOLD], more]
        if told and all(shift.eligibility != "blocked" for shift in self):
            told.append(
                self.env._(
                    "What is “to be justified” may be published after “Answer For It” "
                    "on the shift, with a reason."
                )
            )
        return told

    def _worded_findings(self):
        """The findings of one shift, in the language of the reader."""
        lang = (self.env.lang or "en")[:2]
        rows = self.sudo().eligibility_findings or []
        return [{**row, **(row.get("words") or {}).get(lang, {})} for row in rows]

    def _worded_answers(self, rows):
        """``{override id: who answered for it, when and why}``, as a line of HTML.

        The register itself says why, to those who may read it.
        """
        # sudo: who answers for a shift is no secret to who reads the shift.
        found = self.env["security.override"].sudo()
        found = found.browse([r["override_id"] for r in rows if r.get("override_id")])
        with_reason = found.with_user(self.env.user).has_access("read")
        answers = {}
        for override in found.exists():
            who = self.env._(
                "Answered for by %(user)s on %(date)s",
                user=override.user_id.name,
                date=format_datetime(self.env, override.date, dt_format="short"),
            )
            why = f" – {override.reason}" if with_reason else ""
            answers[override.id] = Markup("<br/>✓ <i>%s%s</i>") % (who, why)
        return answers

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered_for(self):
        """The register of derogations says for which shift each was given."""
        # sudo: whoever deletes shifts may not see the whole register.
        kept = self.env["security.override"].sudo()
        kept = kept.search([("shift_id", "in", self.ids)], order="id", limit=1)
        if kept:
            raise UserError(
                self.env._(
                    "%(user)s has answered for “%(shift)s”, and the register of "
                    "derogations is kept: cancel the shift instead of deleting it.",
                    user=kept.user_id.name,
                    shift=kept.shift_id.display_name,
                )
            )

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_candidates(self):
        """Show who can take this shift, and why the others cannot."""
        self.ensure_one()
        # Saved first: its lines have buttons, which a new dialog could not press.
        wizard = self.env["security.shift.candidates"].create({"shift_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who Can Take This?"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            # The live board asks for it without pressing a button.
            "views": [[False, "form"]],
            "target": "new",
        }

    def action_override(self):
        """Open the form where a planner answers for the first rule that stops this."""
        self.ensure_one()
        row = next(
            (r for r in self._worded_findings() if r["severity"] == "override"), None
        )
        if self.eligibility != "override" or not row:
            raise UserError(
                self.env._(
                    "Nothing here can be answered for: a rule of public order has no "
                    "way round."
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer for %(rule)s", rule=row["rule"]),
            "res_model": "security.override",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_shift_id": self.id,
                "default_employee_id": self.employee_id.id,
                "default_rule_code": row["rule"],
                "default_message": row["text"],
            },
        }
