from odoo import api, fields, models
from odoo.exceptions import UserError


class SecurityMission(models.Model):
    _name = "security.mission"
    _description = "Security Mission"
    _inherit = ["security.covered.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_start desc, name, id"
    _check_company_auto = True
    _cover_field = "mission_id"

    name = fields.Char(required=True, tracking=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("active", "Active"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    sale_order_id = fields.Many2one(
        "sale.order",
        "Sales Order",
        index="btree_not_null",
        copy=False,
        check_company=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        "res.partner", "Client", required=True, index=True, check_company=True
    )
    date_start = fields.Date("Starts On", default=fields.Date.context_today)
    date_stop = fields.Date("Ends On")
    site_ids = fields.Many2many("security.site", string="Sites", check_company=True)
    post_ids = fields.One2many("security.post", "mission_id", "Posts")
    shift_ids = fields.One2many("security.shift", "mission_id", "Shifts")
    shift_count = fields.Integer(compute="_compute_shift_figures")
    open_shift_count = fields.Integer("Without Guard", compute="_compute_shift_figures")

    _dates_in_order = models.Constraint(
        "CHECK (date_stop IS NULL OR date_start IS NULL OR date_stop >= date_start)",
        "A mission cannot end before it starts.",
    )
    _sale_order_uniq = models.UniqueIndex(
        "(sale_order_id) WHERE sale_order_id IS NOT NULL",
        "This sales order has its mission already.",
    )

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends("shift_ids.state", "shift_ids.employee_id")
    def _compute_shift_figures(self):
        Shift = self.env["security.shift"]
        planned = [("mission_id", "in", self.ids), ("state", "!=", "cancelled")]
        counts = dict(Shift._read_group(planned, ["mission_id"], ["__count"]))
        planned.append(("employee_id", "=", False))
        open_counts = dict(Shift._read_group(planned, ["mission_id"], ["__count"]))
        for mission in self:
            mission.shift_count = counts.get(mission, 0)
            mission.open_shift_count = open_counts.get(mission, 0)

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_activate(self):
        """Draft or cancelled missions may be planned (again)."""
        self._change_state(("draft", "cancelled"), "active")

    def action_done(self):
        """Close active missions; refused while shifts are still to come."""
        pending = self.shift_ids.filtered(
            lambda shift: shift.state in ("draft", "published", "started")
        )
        if pending:
            raise UserError(
                self.env._(
                    "%(count)s shifts of this mission are not over, the first one is "
                    "%(shift)s: cancel or finish them before closing the mission.",
                    count=len(pending),
                    shift=pending.sorted("date_start")[0].display_name,
                )
            )
        self._change_state(("active",), "done")

    def action_cancel(self):
        """Cancel the missions and their shifts that nobody has started."""
        self._change_state(("draft", "active"), "cancelled")
        self.shift_ids.filtered(
            lambda shift: shift.state in ("draft", "published")
        ).action_cancel()

    def action_generate(self):
        """Open the wizard that makes the shifts of a period."""
        return self.post_ids.action_generate()

    def action_open_shifts(self):
        """Rota of this mission."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_missions.security_shift_action"
        )
        return {**action, "domain": [("mission_id", "=", self.id)], "context": {}}

    def action_open_sale_order(self):
        """The order this mission was sold with."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.sale_order_id.id,
            "view_mode": "form",
        }

    # ------------------------------------------------------------
    # TOOLS
    # ------------------------------------------------------------

    def _creation_message(self):
        # The words of the framework do not agree with a feminine name in French.
        return self.env._("Mission created")

    def _change_state(self, sources, target):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for mission in self:
            if mission.state not in sources:
                raise UserError(
                    self.env._(
                        "Mission %(mission)s is %(state)s and cannot become "
                        "%(target)s.",
                        mission=mission.name,
                        state=labels[mission.state].lower(),
                        target=labels[target].lower(),
                    )
                )
        self.write({"state": target})
