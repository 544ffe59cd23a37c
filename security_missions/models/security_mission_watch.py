from odoo import fields, models


class SecurityMission(models.Model):
    """What the contract says about a guard who does not come."""

    _inherit = "security.mission"

    tell_client_late = fields.Boolean(
        "Tell the Client When a Guard is Missing",
        help="The client is written to when a post is still empty after the delay of "
        "the settings.",
    )
    late_contact_id = fields.Many2one(
        "res.partner",
        "Contact to Tell",
        check_company=True,
        help="Empty: the client himself.",
    )
