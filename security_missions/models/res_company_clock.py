from odoo import fields, models

PLANNERS = "security_workforce.group_security_planner"


class ResCompany(models.Model):
    """The delays of the clock, and what must be read before it."""

    _inherit = "res.company"

    security_clock_justify = fields.Integer(
        "Justify Within (h)",
        default=48,
        help="A guard explains what is doubtful within so many hours.",
    )
    security_clock_skew = fields.Integer(
        "Clock Error Allowed (s)",
        default=300,
        help="From then on the clock of a phone has to be explained.",
    )
    security_clock_prompt = fields.Integer(
        "Asked to Clock Out After (min)",
        default=5,
        help="After the end of the shift. 0: nobody is asked.",
    )
    security_clock_force = fields.Integer(
        "Clock-out Presumed After (h)",
        default=6,
        help="The planned end is then written as the time of leaving, and the guard "
        "explains. 0: never.",
    )
    security_clock_user_id = fields.Many2one(
        "res.users",
        "Exceptions Go To",
        help="Gets what no guard explained in time. Empty: whoever is on call for the "
        "live board, else a planner.",
    )
    security_order_gate = fields.Selection(
        [
            ("none", "Nothing"),
            ("warn", "Clock in and explain"),
            ("block", "No clock-in"),
        ],
        "Post Orders not Read",
        default="warn",
        required=True,
        help="What follows when an order that must be read first was not.",
    )
    security_handover_gate = fields.Selection(
        [("none", "Nothing"), ("warn", "Warn"), ("block", "No round")],
        "Relief not Accepted",
        default="warn",
        required=True,
        help="What follows when the first round starts before the relief is accepted.",
    )

    _security_clock_delays_make_sense = models.Constraint(
        "CHECK (security_clock_justify BETWEEN 1 AND 720"
        " AND security_clock_skew BETWEEN 30 AND 86400"
        " AND security_clock_prompt BETWEEN 0 AND 720"
        " AND security_clock_force BETWEEN 0 AND 72)",
        "Delays of the clock: 1 to 720 hours to justify, 30 seconds to one day of "
        "clock error, a question within 12 hours, an end presumed within 72 hours.",
    )

    def _clock_planner(self):
        """Who gets what no guard explained."""
        self.ensure_one()
        chosen = self.security_clock_user_id or self.security_watch_user_id
        planners = self.env.ref(PLANNERS).all_user_ids.filtered(
            lambda user: self in user.company_ids and not user.share
        )
        return chosen or planners.sorted("id")[:1]
