from odoo import api, fields, models
from odoo.exceptions import UserError

SIGNATURES = {"given_by_id", "returned_to_id"}
KINDS = [("uniform", "Uniform"), ("equipment", "Equipment"), ("key", "Keys and passes")]


class SecurityKitItem(models.Model):
    """A piece handed over to a guard, and given back (CSI R631-17).

    The uniform stays the firm's: worn on duty only, given back at the end of the
    contract (collective agreement, annex IV art. 5).
    """

    _name = "security.kit.item"
    _description = "Piece of a Guard's Kit"
    _inherit = ["mail.thread"]
    _order = "returned_on desc, given_on desc, id desc"
    _rec_names_search = ["name", "serial", "employee_id"]
    _check_company_auto = True

    employee_id = fields.Many2one(
        "hr.employee", string="Guard", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True
    )
    kind = fields.Selection(KINDS, required=True, default="uniform", tracking=True)
    name = fields.Char(string="Item", required=True, tracking=True)
    size = fields.Char()
    quantity = fields.Integer(default=1, required=True, tracking=True)
    serial = fields.Char(
        string="Serial number", help="Radio, lone-worker alarm, keys: their number."
    )
    given_on = fields.Date(
        string="Handed over on",
        required=True,
        default=fields.Date.context_today,
        tracking=True,
    )
    given_by_id = fields.Many2one(
        "res.users",
        string="Handed over by",
        readonly=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    returned_on = fields.Date(
        string="Given back on", copy=False, index=True, tracking=True
    )
    returned_to_id = fields.Many2one(
        "res.users",
        string="Given back to",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    note = fields.Char(help="State of the piece when it was handed over or given back.")

    _quantity_check = models.Constraint(
        "CHECK(quantity > 0)", "Say how many pieces: one or more."
    )
    _dates_check = models.Constraint(
        "CHECK(returned_on >= given_on)",
        "A piece is given back on the day it was handed over, or later.",
    )
    _held_index = models.Index("(employee_id) WHERE returned_on IS NULL")

    @api.depends("name", "size", "quantity")
    def _compute_display_name(self):
        for item in self:
            item.display_name = item._label()

    @api.model_create_multi
    def create(self, vals_list):
        uid = self.env.uid
        return super().create(
            [{**self._signed(vals), "given_by_id": uid} for vals in vals_list]
        )

    def write(self, vals):
        return super().write(self._signed(vals))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_returned(self):
        if kept := self.filtered("returned_on"):
            raise UserError(
                self.env._(
                    "%s was handed over and given back: it stays in the register.",
                    kept[0].display_name,
                )
            )

    def action_return(self):
        """Record that these pieces are back today."""
        today = fields.Date.context_today(self)
        self.filtered(lambda item: not item.returned_on).write({"returned_on": today})

    def _creation_message(self):
        # The words of the framework do not agree with a feminine name in French.
        return self.env._("Piece of kit created")

    def _signed(self, vals):
        """Who handed over and who took back are facts, not choices."""
        vals = {k: v for k, v in vals.items() if k not in SIGNATURES}
        if "returned_on" in vals:
            vals["returned_to_id"] = vals["returned_on"] and self.env.uid
        return vals

    def _label(self):
        """The piece as a receipt names it: "2 × Polo shirt (L)"."""
        self.ensure_one()
        name = f"{self.name} ({self.size})" if self.size else self.name or ""
        return f"{self.quantity} × {name}" if self.quantity > 1 else name
