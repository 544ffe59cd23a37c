from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import badge_code

REVOKE_REASONS = [
    ("lost", "Lost"),
    ("stolen", "Stolen"),
    ("left", "Left the firm"),
    ("other", "Other"),
]
# Decided here, whatever the caller sends.
OWN_FIELDS = {"name", "token", "state", "date_issued", "date_revoked", "revoke_reason"}


class SecurityBadge(models.Model):
    """A badge of one guard; its QR code carries a secret and nothing else.

    Nobody has the right to write: a badge is issued by creating it, and then only
    replaced or revoked, through the methods below.
    """

    _name = "security.badge"
    _description = "Badge"
    _inherit = ["mail.thread"]
    _mail_post_access = "read"
    _order = "date_issued desc, id desc"
    _check_company_auto = True

    name = fields.Char("Number", required=True, readonly=True, copy=False)
    employee_id = fields.Many2one(
        "hr.employee", "Guard", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True, precompute=True
    )
    token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )
    state = fields.Selection(
        [("issued", "Issued"), ("replaced", "Replaced"), ("revoked", "Revoked")],
        required=True,
        readonly=True,
        default="issued",
        copy=False,
        index=True,
        tracking=True,
    )
    date_issued = fields.Datetime("Issued on", required=True, readonly=True, copy=False)
    date_revoked = fields.Datetime("Ended on", readonly=True, copy=False, tracking=True)
    revoke_reason = fields.Selection(
        REVOKE_REASONS, readonly=True, copy=False, tracking=True
    )

    _token_uniq = models.Constraint("unique(token)", "This code exists already.")
    _one_live_badge = models.UniqueIndex(
        "(employee_id) WHERE state = 'issued'",
        "This guard has a badge already: replace it, or revoke it first.",
    )

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends("name", "employee_id")
    def _compute_display_name(self):
        for badge in self:
            badge.display_name = f"{badge.name or ''} {badge.employee_id.name or ''}"

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Issue one badge per line; only the guard is taken from the caller."""
        self.check_access("create")
        sequence = self.env["ir.sequence"].sudo()
        now = fields.Datetime.now()
        issued = [
            {
                **{key: vals[key] for key in vals.keys() - OWN_FIELDS},
                "name": sequence.next_by_code("security.badge"),
                "token": badge_code.new_token(),
                "state": "issued",
                "date_issued": now,
                "date_revoked": False,
                "revoke_reason": False,
            }
            for vals in vals_list
        ]
        # sudo: nobody may write a token. The rules are checked on the result.
        badges = super(SecurityBadge, self.sudo()).create(issued).sudo(self.env.su)
        badges.check_access("create")
        return badges

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_replace(self):
        """Issue a new badge to the same guards; the old ones open nothing any more."""
        self.check_access("create")
        self._end("replaced")
        badges = self.create([{"employee_id": badge.employee_id.id} for badge in self])
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_access.security_badge_action"
        )
        if len(badges) == 1:
            form = {"views": [(False, "form")], "res_id": badges.id}
            return {**action, **form, "view_mode": "form"}
        return {**action, "domain": [("id", "in", badges.ids)], "context": {}}

    def action_revoke(self):
        """Ask why, then revoke."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Revoke Badge"),
            "res_model": "security.badge.revoke",
            "view_mode": "form",
            "target": "new",
            "context": {"default_badge_ids": self.ids},
        }

    def action_print(self):
        """The cards of these badges, as PDF."""
        report = self.env.ref("security_access.security_badge_report")
        return report.report_action(self, config=False)

    # ------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------

    @api.model
    def _issue(self, employees):
        """Issue a badge to each of ``employees`` who has none.

        :return: the new badges
        :raises UserError: everybody has one already
        """
        self.check_access("create")
        live = self.sudo().search(
            [("employee_id", "in", employees.ids), ("state", "=", "issued")]
        )
        without = employees - live.employee_id
        if not without:
            raise UserError(
                self.env._(
                    "Everybody chosen has a badge already: replace it from the list "
                    "of badges when it is worn out or lost."
                )
            )
        return self.create([{"employee_id": employee.id} for employee in without])

    def _revoke(self, reason):
        """End these badges for good.

        :param reason: one of ``REVOKE_REASONS``
        """
        self.check_access("create")
        self._end("revoked", reason)

    def _code(self):
        """What the QR code of this badge says: a secret, for printing only."""
        self.ensure_one()
        self.check_access("create")
        return badge_code.code(self.sudo().token)

    # ------------------------------------------------------------
    # TOOLS
    # ------------------------------------------------------------

    def _end(self, state, reason=False):
        ended = self.filtered(lambda badge: badge.state != "issued")
        if ended:
            raise UserError(
                self.env._(
                    "The badge %(badge)s is no longer in use: issue a new one to the "
                    "guard instead.",
                    badge=ended[0].display_name,
                )
            )
        # sudo: nobody has the right to write a badge, whoever may issue may end it.
        self.sudo().write(
            {
                "state": state,
                "date_revoked": fields.Datetime.now(),
                "revoke_reason": reason,
            }
        )
        # Before a new badge of the same guards is inserted.
        self.flush_recordset(["state"])
