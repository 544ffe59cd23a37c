from odoo import fields, models

from ..engine.rotation import LONGEST_CYCLE, Member


class SecurityRotationMember(models.Model):
    """A place in a team: who turns, and how far into the cycle he is."""

    _name = "security.rotation.member"
    _description = "Member of a Rotation Team"
    _inherit = ["security.placed.mixin"]
    _order = "team_id, offset, id"
    _check_company_auto = True
    _place_field = "team_id"

    team_id = fields.Many2one(
        "security.rotation.team",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(related="team_id.company_id", store=True, index=True)
    employee_id = fields.Many2one(
        "hr.employee",
        "Guard",
        index="btree_not_null",
        check_company=True,
        help="Empty: the shifts of this place stay open.",
    )
    offset = fields.Integer(
        "Offset (days)",
        default=0,
        help="Days into the cycle on its first day: 0 starts with day 1.",
    )
    post_id = fields.Many2one(
        "security.post",
        "Other Post",
        index="btree_not_null",
        check_company=True,
        help="Empty: the post of the team.",
    )
    date_from = fields.Date("Member From", help="First day; empty: as the team.")
    date_to = fields.Date("Member To", help="Last day; empty: as the team.")

    _offset_range = models.Constraint(
        f'CHECK ("offset" BETWEEN 0 AND {LONGEST_CYCLE - 1})',
        "The offset of a member goes from 0 to 365 days.",
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_to >= date_from)",
        "A member cannot leave the team before he joins: check both dates.",
    )

    def _as_engine_member(self, closed):
        """The place as the engine understands it; None when it is never active.

        :param closed: ``{post id: [(first, last)]}`` local dates nobody is needed
        """
        self.ensure_one()
        team = self.team_id
        post = self.post_id or team.post_id
        mission = post.mission_id
        if mission.state in ("done", "cancelled"):
            return None
        starts = [self.date_from, team.date_from, mission.date_start]
        stops = [self.date_to, team.date_to, mission.date_stop]
        return Member(
            ref=self.id,
            guard=self.employee_id.id or None,
            post=post.id,
            tz=post.tz,
            anchor=team.anchor,
            offset=self.offset,
            first=max(filter(None, starts), default=None),
            last=min(filter(None, stops), default=None),
            closed=tuple(closed.get(post.id, ())),
        )
