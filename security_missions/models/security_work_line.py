from odoo import api, fields, models
from odoo.exceptions import UserError


class SecurityWorkLine(models.Model):
    """A piece of an approved shift, all of one kind.

    Written once by the approval and never edited: a correction is a counter-line
    with negative hours. Everything is copied at approval, nothing is related, so
    that a post that moves later does not rewrite what was billed.
    """

    _name = "security.work.line"
    _description = "Approved Work"
    _order = "date_start, id"
    _check_company_auto = True

    shift_id = fields.Many2one(
        "security.shift", required=True, index=True, readonly=True, ondelete="restrict"
    )
    employee_id = fields.Many2one(
        "hr.employee",
        "Guard",
        required=True,
        index=True,
        readonly=True,
        ondelete="restrict",
    )
    post_id = fields.Many2one(
        "security.post", required=True, index=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True
    )
    sale_line_id = fields.Many2one(
        "sale.order.line",
        "Order Line",
        index="btree_not_null",
        readonly=True,
        ondelete="restrict",
        help="Empty when the post is not billed by the hour.",
    )
    date_start = fields.Datetime("Start", required=True, readonly=True, index=True)
    date_stop = fields.Datetime("End", required=True, readonly=True)
    hours = fields.Float(required=True, readonly=True)
    is_night = fields.Boolean("Night", readonly=True)
    is_sunday = fields.Boolean("Sunday", readonly=True)
    is_holiday = fields.Boolean("Public Holiday", readonly=True)
    state = fields.Selection(
        [
            ("approved", "Approved"),
            ("reversed", "Reversed"),
            ("reversal", "Counter-line"),
        ],
        compute="_compute_state",
        store=True,
        precompute=True,
    )
    reversal_of_id = fields.Many2one(
        "security.work.line",
        "Counter-line Of",
        index="btree_not_null",
        readonly=True,
        ondelete="restrict",
    )
    reversal_ids = fields.One2many("security.work.line", "reversal_of_id")
    site_id = fields.Many2one(related="post_id.site_id")
    kind = fields.Char(compute="_compute_kind")

    _stop_after_start = models.Constraint(
        "CHECK (date_stop > date_start)", "A work line ends after it starts."
    )
    _reversal_uniq = models.UniqueIndex(
        "(reversal_of_id) WHERE reversal_of_id IS NOT NULL",
        "This work line has its counter-line already.",
    )

    @api.depends("reversal_of_id", "reversal_ids")
    def _compute_state(self):
        for line in self:
            if line.reversal_of_id:
                line.state = "reversal"
            else:
                line.state = "reversed" if line.reversal_ids else "approved"

    @api.depends("is_night", "is_sunday", "is_holiday")
    @api.depends_context("lang")
    def _compute_kind(self):
        for line in self:
            kinds = (
                (line.is_night, self.env._("Night")),
                (line.is_sunday, self.env._("Sunday")),
                (line.is_holiday, self.env._("Public holiday")),
            )
            tags = [label for flag, label in kinds if flag]
            line.kind = " + ".join(tags) or self.env._("Day")

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def write(self, vals):
        if vals:
            raise UserError(
                self.env._(
                    "Approved hours are never edited: reopen the shift, correct its "
                    "times and approve it again."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("Approved hours are never deleted: reopen the shift instead.")
        )

    # ------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------

    def _reverse(self):
        """Write the counter-lines of these lines."""
        return self.create(
            [
                {**line.copy_data()[0], "hours": -line.hours, "reversal_of_id": line.id}
                for line in self
            ]
        )
