from odoo import api, fields, models
from odoo.fields import Domain

# Those who plan and those who keep the files; a salesman reads the post, not these.
READERS = (
    "security_workforce.group_security_planner,"
    "security_workforce.group_security_credential_officer,"
    "security_workforce.group_security_compliance_officer"
)
LARGE_EVENTS = "SGE"
TASKS = ("patrol", "control_room", "alarm", "video", "dog", "mobile")


class SecurityPost(models.Model):
    """What a post asks of whoever holds it."""

    _inherit = "security.post"

    requirement_ids = fields.One2many(
        "security.requirement", "post_id", string="Requirements", groups=READERS
    )
    effective_requirement_ids = fields.Many2many(
        "security.requirement",
        string="Requirements in Force",
        compute="_compute_effective_requirement_ids",
        groups=READERS,
        help="Those of the post, its needs, its mission, its phases, its site and the "
        "firm.",
    )
    is_event = fields.Boolean(
        "Event",
        compute="_compute_is_event",
        store=True,
        readonly=False,
        precompute=True,
        help="More than 300 people: the card for large events is enough.",
    )
    is_airport = fields.Boolean(
        "Airport", help="Annex VIII of the collective agreement applies."
    )
    is_lone = fields.Boolean(
        "Lone Work", help="Nobody else sees or hears the guard on this post."
    )
    has_lone_plan = fields.Boolean(
        "Lone Worker Protected", help="A PTI device or a grid of check-ins is in place."
    )
    has_paid_break = fields.Boolean(
        "Paid Break on Post",
        default=True,
        help="The guard stays at hand during his break, which is paid as work.",
    )
    min_coefficient = fields.Integer(
        "Minimum Coefficient",
        help="Lowest coefficient of the collective agreement for this job.",
    )
    task_patrol = fields.Boolean("Patrols")
    task_control_room = fields.Boolean("Control Room")
    task_alarm = fields.Boolean("Alarm Handling")
    task_video = fields.Boolean("Video Surveillance")
    task_dog = fields.Boolean("With a Dog")
    task_mobile = fields.Boolean("Mobile Rounds")

    @api.depends("activity_id")
    def _compute_is_event(self):
        for post in self:
            post.is_event = post.is_event or post.activity_id.code == LARGE_EVENTS

    @api.depends("site_id", "mission_id", "company_id", "requirement_ids", "need_ids")
    def _compute_effective_requirement_ids(self):
        effective = self.sudo()._effective_requirements()
        for post in self:
            post.effective_requirement_ids = effective.get(post.id, False)

    def _effective_requirements(self):
        """``{post id: requirements}`` of the post, its mission, its site, its firm; and
        those of its needs, which only their own shifts must meet."""
        Requirement = self.env["security.requirement"]
        found = Requirement.search(
            Domain.OR(
                [
                    [("post_id", "in", self.ids)],
                    [("need_id.post_id", "in", self.ids)],
                    [("mission_id", "in", self.mission_id.ids)],
                    [("phase_id.mission_id", "in", self.mission_id.ids)],
                    [("site_id", "in", self.site_id.ids)],
                    [
                        ("scope", "=", "company"),
                        ("company_id", "in", self.company_id.ids),
                    ],
                ]
            )
        )
        return {
            post.id: found.filtered(
                lambda r, post=post: (
                    r.post_id == post
                    or (r.need_id and r.need_id.post_id == post)
                    or (r.mission_id and r.mission_id == post.mission_id)
                    or (r.phase_id and r.phase_id.mission_id == post.mission_id)
                    or (r.site_id and r.site_id == post.site_id)
                    or (r.scope == "company" and r.company_id == post.company_id)
                )
            )
            for post in self
        }

    def _engine_place(self):
        """The fields of ``engine.facts.Slot`` that come from the post."""
        self.ensure_one()
        address = self.site_id.address_id
        position = (address.partner_latitude, address.partner_longitude)
        return {
            "activity": self.activity_id.id,
            "activity_code": self.activity_id.code or "",
            "activity_name": self.activity_id.name or "",
            "name": self.display_name,
            "site": self.site_id.id,
            "site_name": self.site_id.name,
            "position": position if any(position) else None,
            "event": self.is_event,
            "airport": self.is_airport,
            "alone": self.is_lone,
            "lone_plan": self.has_lone_plan,
            "paid_break": self.has_paid_break,
            "min_coefficient": self.min_coefficient,
            "tasks": frozenset(task for task in TASKS if self[f"task_{task}"]),
        }
