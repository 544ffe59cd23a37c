from odoo import fields, models

from ..engine.watch import Delays


class ResCompany(models.Model):
    """When somebody is told that a guard does not come."""

    _inherit = "res.company"

    security_watch_reminder = fields.Integer(
        "Reminder Before (min)",
        default=60,
        help="The guard is reminded of his shift so long before its start.",
    )
    security_watch_on_my_way = fields.Integer(
        "On the Way Before (min)",
        default=30,
        help="By then the guard has said that he is on his way.",
    )
    security_watch_amber = fields.Integer(
        "Amber After (min)", default=5, help="The guard is late on the live board."
    )
    security_watch_red = fields.Integer(
        "Red After (min)",
        default=10,
        help="Operators and planners are told, and a replacement is looked for.",
    )
    security_watch_client = fields.Integer(
        "Client Told After (min)",
        default=20,
        help="The client is told, where the mission says so.",
    )
    security_watch_user_id = fields.Many2one(
        "res.users",
        "On Call",
        help="Gets an activity when a post turns red. Empty: the message alone.",
    )

    _security_watch_delays_in_order = models.Constraint(
        "CHECK (security_watch_on_my_way >= 0"
        " AND security_watch_reminder >= security_watch_on_my_way"
        " AND security_watch_reminder <= 720"
        " AND security_watch_amber >= 0"
        " AND security_watch_red >= security_watch_amber"
        " AND security_watch_client >= security_watch_red"
        " AND security_watch_client <= 720)",
        "The delays follow each other: the reminder comes before the guard sets out; "
        "amber, then red, then the client, within 12 hours.",
    )

    def _watch_delays(self):
        """The delays of this firm, for the engine."""
        self.ensure_one()
        return Delays(
            reminder=self.security_watch_reminder,
            on_my_way=self.security_watch_on_my_way,
            amber=self.security_watch_amber,
            red=self.security_watch_red,
            client=self.security_watch_client,
        )
