from odoo import fields, models

from ..engine.patrol_facts import Limits


class ResCompany(models.Model):
    """When a round is late, doubtful, closed; how long its details are kept."""

    _inherit = "res.company"

    security_patrol_ahead = fields.Integer(
        "Rounds Planned Ahead (days)",
        default=2,
        help="Rounds are planned so many days before they are due.",
    )
    security_patrol_grace = fields.Integer(
        "Grace of a New Route (min)",
        default=15,
        help="A round may begin and end so much later before somebody is told.",
    )
    security_patrol_settle = fields.Integer(
        "Closed without Word After (min)",
        default=60,
        help="A round that nobody ended is closed so long after its planned end.",
    )
    security_patrol_same_place = fields.Integer(
        "Same Point Again Within (s)",
        default=60,
        help="A second scan of a point within this time is shown as a doubt.",
    )
    security_patrol_burst = fields.Integer(
        "Several Points Within (s)",
        default=10,
        help="Points scanned one after the other this fast are shown as a doubt.",
    )
    security_patrol_skew = fields.Integer(
        "Clock of the Phone Wrong By (s)",
        default=120,
        help="From this difference on, the clock of a phone is shown as a doubt.",
    )
    security_patrol_notify = fields.Boolean(
        "Tell Operators of Missed Rounds",
        default=True,
        help="Operators are told when nobody has begun a round in its time.",
    )
    security_patrol_position_days = fields.Integer(
        "Positions of Scans Kept (days)",
        default=60,
        help="Where the phone was is emptied after this time: two months at most.",
    )
    security_patrol_name_days = fields.Integer(
        "Names on Rounds Kept (days)",
        default=365,
        help="After this time a round proves the service without saying who walked.",
    )

    _security_patrol_delays = models.Constraint(
        "CHECK (security_patrol_ahead BETWEEN 1 AND 31"
        " AND security_patrol_grace BETWEEN 0 AND 240"
        " AND security_patrol_settle BETWEEN 0 AND 1440"
        " AND security_patrol_same_place >= 0 AND security_patrol_burst >= 0"
        " AND security_patrol_skew >= 0)",
        "Rounds are planned 1 to 31 days ahead, with a grace of 240 minutes at most; "
        "they are closed within a day and no delay is negative.",
    )
    _security_patrol_retention = models.Constraint(
        "CHECK (security_patrol_position_days BETWEEN 1 AND 61"
        " AND security_patrol_name_days BETWEEN 1 AND 366)",
        "Positions are kept two months at most and names on rounds one year at most: "
        "give a lower number of days.",
    )

    def _patrol_limits(self):
        """From where on a scan of this firm is doubtful (``engine.patrol.Limits``)."""
        return Limits(
            same_place=self.security_patrol_same_place,
            burst=self.security_patrol_burst,
            skew=self.security_patrol_skew,
            settle=self.security_patrol_settle,
        )
