from odoo import fields, models

from ..engine.alert import Delays
from ..engine.lone_worker import Rules


class ResCompany(models.Model):
    """When more people are told of an alarm, and when a silence is one."""

    _inherit = "res.company"

    security_alert_first = fields.Integer(
        "Operators Told Again After (s)",
        default=30,
        help="Seconds without anybody who takes the alarm.",
    )
    security_alert_second = fields.Integer(
        "Planners and On Call After (s)",
        default=60,
        help="Seconds without anybody who takes the alarm.",
    )
    security_alert_third = fields.Integer(
        "Managers Told After (s)",
        default=120,
        help="Seconds without anybody who takes the alarm.",
    )
    security_check_late = fields.Integer(
        "Silence Is an Alarm After (min)",
        default=5,
        help="Minutes after the check of a lone worker was due.",
    )
    security_check_early = fields.Integer(
        "Answer Counts Before (min)",
        default=10,
        help="An answer counts so long before the check is due.",
    )
    security_link_lost = fields.Integer(
        "Contact Is Lost After (s)",
        default=90,
        help="Seconds without a sign of life of the phone of a lone worker. The page "
        "sends one a minute while it is open.",
    )
    security_alert_phone = fields.Char(
        "Phone of the Control Room",
        help="Shown to a guard whose call for help gets no answer from the server.",
    )
    security_bulletin_reminder = fields.Integer(
        "Reminder of a Bulletin After (h)",
        default=24,
        help="Hours after which whoever has not read a bulletin is reminded; 0: never.",
    )

    _security_alert_delays_in_order = models.Constraint(
        "CHECK (security_alert_first > 0"
        " AND security_alert_second >= security_alert_first"
        " AND security_alert_third >= security_alert_second"
        " AND security_alert_third <= 3600)",
        "The steps of an alarm follow each other, within an hour.",
    )
    _security_check_delays_make_sense = models.Constraint(
        "CHECK (security_check_late BETWEEN 1 AND 60"
        " AND security_check_early BETWEEN 0 AND 60"
        " AND security_link_lost BETWEEN 65 AND 3600"
        " AND security_bulletin_reminder BETWEEN 0 AND 720)",
        "A silence is an alarm after 1 to 60 minutes; contact is lost after 65 to 3600 "
        "seconds, since the phone is heard once a minute.",
    )

    def _alert_delays(self):
        """The steps of this firm, for the engine."""
        self.ensure_one()
        return Delays(
            (
                self.security_alert_first,
                self.security_alert_second,
                self.security_alert_third,
            )
        )

    def _lone_worker_rules(self):
        """How long a silence may last in this firm, for the engine."""
        self.ensure_one()
        return Rules(
            late=self.security_check_late,
            early=self.security_check_early,
            link=self.security_link_lost,
        )
