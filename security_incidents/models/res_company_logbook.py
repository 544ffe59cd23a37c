from odoo import fields, models


class ResCompany(models.Model):
    """How often a firm signs where its log books stand."""

    _inherit = "res.company"

    security_checkpoint_minutes = fields.Integer(
        "Checkpoint Every (min)",
        default=15,
        help="A log book that is written in is signed, and its witnesses get a mail, "
        "after so many minutes, and at the end of each shift.",
    )

    _security_checkpoint_minutes_positive = models.Constraint(
        "CHECK (security_checkpoint_minutes BETWEEN 1 AND 1440)",
        "Checkpoints come every 1 to 1,440 minutes.",
    )
