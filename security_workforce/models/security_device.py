import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import signed_request

# Opens what only our own methods write: an object cannot be sent through an API.
ENROLLING = object()
TOKEN_BYTES = 16


class SecurityDevice(models.Model):
    """A phone or a gate that signs what it sends with a key that cannot leave it."""

    _name = "security.device"
    _description = "Enrolled Device"
    _order = "state, last_seen desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, readonly=True)
    employee_id = fields.Many2one(
        "hr.employee",
        "Guard",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="What the device calls itself in its requests; no secret.",
    )
    public_key = fields.Char(
        required=True, readonly=True, copy=False, groups="base.group_system"
    )
    state = fields.Selection(
        [("active", "In use"), ("revoked", "Revoked")],
        required=True,
        readonly=True,
        default="active",
        index=True,
    )
    app_version = fields.Char("Version of the App", readonly=True)
    enrolled_at = fields.Datetime(
        "Enrolled on", required=True, readonly=True, default=fields.Datetime.now
    )
    last_seen = fields.Datetime("Last Heard", readonly=True)
    last_number = fields.Integer("Last Event", readonly=True)
    last_hash = fields.Char(readonly=True, groups="base.group_system")
    clock_skew = fields.Integer(
        "Clock Ahead (s)",
        readonly=True,
        help="How far ahead of ours its clock was last.",
    )
    revoked_at = fields.Datetime("Revoked on", readonly=True)
    revoked_by = fields.Many2one("res.users", readonly=True)
    inbox_ids = fields.One2many("security.inbox", "device_id", "What It Sent")
    waiting_count = fields.Integer("To Look at", compute="_compute_waiting_count")

    _token_uniq = models.UniqueIndex("(token)", "Two devices cannot have one token.")
    _key_uniq = models.UniqueIndex(
        "(public_key)", "This phone is enrolled already: enrol it anew from its app."
    )

    @api.depends("inbox_ids.state")
    def _compute_waiting_count(self):
        counts = dict(
            self.env["security.inbox"]._read_group(
                [("device_id", "in", self.ids), ("state", "=", "quarantined")],
                ["device_id"],
                ["__count"],
            )
        )
        for device in self:
            device.waiting_count = counts.get(device, 0)

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._check_enrolling()
        return super().create(vals_list)

    def write(self, vals):
        self._check_enrolling()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if self.inbox_ids:
            raise UserError(
                self.env._("This phone sent facts that are kept: revoke it instead.")
            )

    def _enrolling(self):
        """The same, allowed to write: for our own methods."""
        return self.with_context(security_device=ENROLLING)

    def _check_enrolling(self):
        if self.env.context.get("security_device") is not ENROLLING:
            raise UserError(
                self.env._(
                    "A phone is enrolled from its app, and revoked by its button."
                )
            )

    # ------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------

    @api.model
    def _enrol(self, employee, public_key, name, app_version=None):
        """The device that holds ``public_key``, from now on this employee's.

        :param employee: ``hr.employee``, with a user; the caller has proven who asks
        :param public_key: base64url of 32 bytes
        """
        if not signed_request.is_key(public_key):
            raise UserError(
                self.env._(
                    "This phone sent no valid key: update its browser and try again."
                )
            )
        if self.sudo().search_count([("public_key", "=", public_key)], limit=1):
            raise UserError(
                self.env._(
                    "This phone is enrolled already: enrol it anew from its app."
                )
            )
        if not employee.user_id.active or not employee.active:
            raise UserError(
                self.env._(
                    "%(guard)s has no access to the portal: grant it first, then enrol "
                    "the phone.",
                    guard=employee.name,
                )
            )
        enrolling = self.sudo()._enrolling()
        return enrolling.create(
            {
                "name": (name or self.env._("Phone"))[:80],
                "employee_id": employee.id,
                "company_id": employee.company_id.id,
                "token": secrets.token_urlsafe(TOKEN_BYTES),
                "public_key": public_key,
                "app_version": (app_version or "")[:40],
            }
        )

    def action_revoke(self):
        """Stop listening to these devices, from the next request on."""
        for employee in self.employee_id:
            # sudo: guards read no employee; for any other the right below is needed.
            if employee.sudo().user_id != self.env.user:
                self._check_may_revoke()
        self.sudo()._enrolling().filtered(
            lambda device: device.state == "active"
        ).write(
            {
                "state": "revoked",
                "revoked_at": fields.Datetime.now(),
                "revoked_by": self.env.uid,
            }
        )

    def _check_may_revoke(self):
        if not any(
            self.env.user.has_group(f"security_workforce.{group}")
            for group in ("group_security_planner", "group_security_operator")
        ):
            raise UserError(
                self.env._("Planners and operators revoke the phones of guards.")
            )

    def _is_heard(self):
        """Whether what it signs counts: in use, its guard and user still here."""
        self.ensure_one()
        device = self.sudo()
        guard = device.employee_id
        return bool(
            device.state == "active"
            and guard.active
            and guard.user_id.active
            and guard.company_id == device.company_id
        )

    def _bundle(self):
        """What the app keeps to work without network: ``{part: JSON value}``.

        ``self.env.user`` is the guard. Modules add their parts.
        """
        self.ensure_one()
        guard = self.sudo().employee_id
        return {
            "guard": {"name": guard.name, "company": guard.company_id.name},
        }
