from odoo import api, fields, models
from odoo.exceptions import UserError

from .security_append_only_mixin import ANSWERING

STATES = [
    ("new", "Being read"),
    ("accepted", "Accepted"),
    ("flagged", "Accepted, to look at"),
    ("quarantined", "Set aside"),
    ("conflict", "Sent twice, differently"),
    ("dismissed", "Dismissed"),
]


class SecurityInbox(models.Model):
    """Every fact that a device sent, once, with both times; nothing is thrown away."""

    _name = "security.inbox"
    _inherit = ["security.append.only.mixin"]
    _description = "Fact from a Device"
    _order = "received_at desc, id desc"
    _rec_name = "kind"
    _check_company_auto = True

    _answered = ("state", "message", "res_model", "res_id", "decided_by", "decided_at")

    device_id = fields.Many2one(
        "security.device", required=True, index=True, ondelete="restrict"
    )
    employee_id = fields.Many2one(
        "hr.employee", "Guard", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    uuid = fields.Char("Identity", required=True)
    number = fields.Integer(required=True, help="The device counts what it sends.")
    kind = fields.Char(required=True)
    payload = fields.Json("Content", required=True)
    digest = fields.Char("Hash", required=True)
    device_time = fields.Datetime(
        "Time of the Device", required=True, help="What its own clock said."
    )
    happened_at = fields.Datetime(
        "Happened on", required=True, help="The clock of the device, put right."
    )
    received_at = fields.Datetime("Received on", required=True)
    skew = fields.Integer(
        "Clock Ahead (s)", help="How far ahead of ours the clock of the device was."
    )
    state = fields.Selection(STATES, required=True, default="new", index=True)
    message = fields.Text("Reason", help="What is doubtful, or why it was set aside.")
    res_model = fields.Char("Model of the Record")
    res_id = fields.Many2oneReference("Record", model_field="res_model")
    decided_by = fields.Many2one("res.users", ondelete="set null")
    decided_at = fields.Datetime("Decided on")

    # Whoever sends the same fact again is told what became of it; one that differs
    # under the same identity is kept beside it.
    _uuid_uniq = models.UniqueIndex(
        "(device_id, uuid, digest)", "This fact was received already."
    )
    _once_uniq = models.UniqueIndex(
        "(device_id, uuid) WHERE state <> 'conflict'", "This fact was received already."
    )
    _waiting_idx = models.Index(
        "(company_id, received_at) WHERE state IN ('quarantined', 'conflict')"
    )

    # ------------------------------------------------------------
    # KINDS
    # ------------------------------------------------------------

    @api.model
    def _kinds(self):
        """The facts a device may tell: ``{name: Kind}``. Modules add theirs.

        The handler of a kind is called with one row, as the guard's user and inside a
        savepoint. It returns the record that it made, or nothing; ``_flag`` says what
        is doubtful. A ``UserError`` sets the fact aside, with that sentence.
        """
        return {}

    # ------------------------------------------------------------
    # APPLYING
    # ------------------------------------------------------------

    def _flag(self, sentence):
        """Accept this fact, and say what is doubtful about it."""
        self.ensure_one()
        before = self.sudo().message
        self._answer(
            {
                "state": "flagged",
                "message": f"{before}\n{sentence}" if before else sentence,
            }
        )

    def _settle(self, record):
        """Accepted, unless it was flagged on the way; ``record`` is what it made."""
        vals = {} if self.sudo().state == "flagged" else {"state": "accepted"}
        if record:
            vals.update(res_model=record._name, res_id=record.ids[0])
        if vals:
            self._answer(vals)

    def _set_aside(self, sentence):
        self._answer({"state": "quarantined", "message": sentence})

    def _record(self):
        """The record this fact made, as far as it still exists; else ``None``."""
        row = self.sudo()
        if not row.res_model or row.res_model not in self.env:
            return None
        return self.env[row.res_model].browse(row.res_id).exists() or None

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_apply_again(self):
        """Try facts that were set aside once more, for instance after a correction."""
        self._check_waiting()
        for row in self:
            user = row.sudo().employee_id.user_id
            row.with_user(user).with_company(row.company_id)._apply()
            row._answer(
                {"decided_by": self.env.uid, "decided_at": fields.Datetime.now()}
            )

    def action_dismiss(self):
        """Keep facts without effect: somebody looked at them."""
        self._check_waiting()
        self._answer(
            {
                "state": "dismissed",
                "decided_by": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )

    def action_open_record(self):
        self.ensure_one()
        record = self._record()
        if record is None:
            raise UserError(self.env._("This fact made no record."))
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "view_mode": "form",
        }

    def _check_waiting(self):
        if not any(
            self.env.user.has_group(f"security_workforce.{group}")
            for group in ("group_security_planner", "group_security_operator")
        ):
            raise UserError(
                self.env._("Planners and operators decide on what was set aside.")
            )
        self.check_access("read")
        if any(row.state not in ("quarantined", "conflict") for row in self):
            raise UserError(
                self.env._("Only facts that were set aside are decided on.")
            )

    def _create(self, data_list):
        # Rows come from ``_receive`` alone, which writes them once in SQL.
        if self.env.context.get("security_append_only") is not ANSWERING:
            raise UserError(self.env._("Only devices write what they sent."))
        return super()._create(data_list)
