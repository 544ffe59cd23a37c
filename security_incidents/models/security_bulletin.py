from base64 import b64decode
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import is_html_empty
from odoo.tools.mimetypes import guess_mimetype

CATEGORIES = [
    ("announcement", "Announcement"),
    ("alert", "Alert"),
    ("general", "General"),
    ("bolo", "Person or vehicle looked for"),
]
BOLO_LASTS = timedelta(hours=72)
FROZEN = {"name", "category", "body", "image", "company_id", "date_expires"}
LIFE = {"state", "date_published"}
# Opens what is frozen to our own steps: an object no API can send.
STEP = object()
# Whoever works there within these days is concerned.
AHEAD = timedelta(days=7)
BEHIND = timedelta(days=1)
# "Everybody" is whoever works for the firm around now.
FIRM = timedelta(days=31)


class SecurityBulletin(models.Model):
    """What guards have to know, and who has read it."""

    _name = "security.bulletin"
    _description = "Bulletin"
    _order = "date_published desc, id desc"
    _check_company_auto = True

    name = fields.Char("Subject", required=True)
    category = fields.Selection(CATEGORIES, required=True, default="announcement")
    body = fields.Html("Text", sanitize_attributes=True)
    image = fields.Image("Photo", max_width=1280, max_height=1280)
    image_small = fields.Image(
        "Small Photo", related="image", store=True, max_width=480, max_height=480
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("expired", "Expired")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
    )
    date_published = fields.Datetime("Published At", readonly=True, copy=False)
    date_expires = fields.Datetime(
        "Expires At",
        copy=False,
        help="A person or vehicle looked for: 72 hours after publication unless you "
        "say less or more; text and photo are deleted then.",
    )
    # Whom it concerns
    for_all = fields.Boolean("Everybody", help="Whoever works within a month of now.")
    site_ids = fields.Many2many("security.site", check_company=True)
    post_ids = fields.Many2many("security.post", check_company=True)
    mission_ids = fields.Many2many("security.mission", check_company=True)
    # The public side of their files: operators choose guards, and read no more.
    employee_ids = fields.Many2many(
        "hr.employee.public",
        "security_bulletin_employee_rel",
        "bulletin_id",
        "employee_id",
        string="Guards",
        check_company=True,
    )
    reading_ids = fields.One2many(
        "security.bulletin.reading", "bulletin_id", "Readers", readonly=True
    )
    reader_count = fields.Integer("Concerned", compute="_compute_counts")
    unread_count = fields.Integer("Not Read Yet", compute="_compute_counts")

    _published_is_dated = models.Constraint(
        "CHECK (state = 'draft' OR date_published IS NOT NULL)",
        "A published bulletin says since when.",
    )
    _expiry_idx = models.Index("(date_expires) WHERE state = 'published'")

    @api.depends("reading_ids.read_at")
    def _compute_counts(self):
        rows = self.env["security.bulletin.reading"]._read_group(
            [("bulletin_id", "in", self.ids)],
            ["bulletin_id"],
            ["__count", "read_at:count"],
        )
        counts = {bulletin: (total, read) for bulletin, total, read in rows}
        for bulletin in self:
            total, read = counts.get(bulletin._origin, (0, 0))
            bulletin.reader_count = total
            bulletin.unread_count = total - read

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # Set here so that a default of the context publishes nothing.
            vals.update(state="draft", date_published=False)
        return super().create(vals_list)

    def write(self, vals):
        ending = self.env.context.get("security_bulletin") is STEP
        if FROZEN & vals.keys() and not ending:
            self._require_draft()
        if LIFE & vals.keys() and not ending:
            raise UserError(
                self.env._("The state of a bulletin changes only through its buttons.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_draft_only(self):
        self._require_draft()

    def _require_draft(self):
        if published := self.filtered(lambda b: b.state != "draft"):
            raise UserError(
                self.env._(
                    "“%(bulletin)s” was published: guards have read it as it is. Let "
                    "it expire and publish another one.",
                    bulletin=published[0].name,
                )
            )

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_publish(self):
        """Send to all who are concerned; each has his line until he has read it."""
        self.check_access("write")
        self._require_draft()
        now = fields.Datetime.now()
        for bulletin in self:
            if is_html_empty(bulletin.body) and not bulletin.image:
                raise UserError(
                    self.env._(
                        "“%(bulletin)s” is empty: write what guards have to know.",
                        bulletin=bulletin.name,
                    )
                )
            expires = bulletin.date_expires
            if not expires and bulletin.category == "bolo":
                expires = now + BOLO_LASTS
            if expires and expires <= now:
                raise UserError(
                    self.env._(
                        "“%(bulletin)s” would expire in the past: choose a later time.",
                        bulletin=bulletin.name,
                    )
                )
            bulletin.with_context(security_bulletin=STEP).write(
                {"state": "published", "date_published": now, "date_expires": expires}
            )
        self._add_readers()
        for bulletin in self:
            if not bulletin.reading_ids:
                raise UserError(
                    self.env._(
                        "“%(bulletin)s” reaches nobody: choose sites, posts, missions "
                        "or guards, or everybody.",
                        bulletin=bulletin.name,
                    )
                )

    def action_expire(self):
        """End bulletins now."""
        self.check_access("write")
        self.filtered(lambda b: b.state == "published")._expire()

    def action_open_unread(self):
        """Who has not read it yet."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_incidents.security_bulletin_reading_action"
        )
        return {
            **action,
            "domain": [("bulletin_id", "=", self.id)],
            "context": {"search_default_unread": 1},
        }

    # ------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------

    def _add_readers(self):
        """A line for whoever is concerned and has none; a guard who comes later too."""
        Reading = self.env["security.bulletin.reading"].sudo()
        for bulletin in self:
            new = bulletin._concerned() - bulletin.sudo().reading_ids.employee_id
            Reading.create(
                [{"bulletin_id": bulletin.id, "employee_id": guard.id} for guard in new]
            )
            new._wake_phones(
                lambda env: env._("There is a bulletin for you: read it."), "bulletins"
            )

    def _concerned(self):
        """Guards named, and those who work at one of the places, or for the firm."""
        self.ensure_one()
        # sudo: whoever publishes need not read the files of the guards.
        bulletin, now = self.sudo(), fields.Datetime.now()
        guards = bulletin.env["hr.employee"].browse(bulletin.employee_ids.ids).exists()
        places = Domain.OR(
            [
                [("site_id", "in", bulletin.site_ids.ids)],
                [("post_id", "in", bulletin.post_ids.ids)],
                [("mission_id", "in", bulletin.mission_ids.ids)],
            ]
        )
        before, after = (FIRM, FIRM) if bulletin.for_all else (BEHIND, AHEAD)
        if bulletin.for_all:
            places = Domain.TRUE
        shifts = bulletin.env["security.shift"]._read_group(
            Domain(
                [
                    ("company_id", "=", bulletin.company_id.id),
                    ("state", "not in", ("draft", "cancelled")),
                    ("employee_id", "!=", False),
                    ("date_stop", ">", now - before),
                    ("date_start", "<", now + after),
                ]
            )
            & places,
            ["employee_id"],
        )
        return guards.union(*(guard for (guard,) in shifts))

    def _expire(self):
        """A person looked for is forgotten; who had to read it stays."""
        bolo = self.filtered(lambda b: b.category == "bolo")
        ended = self.with_context(security_bulletin=STEP)
        ended.write({"state": "expired", "date_expires": fields.Datetime.now()})
        ended.browse(bolo.ids).write(
            {
                "name": self.env._("Search notice, deleted at its end"),
                "body": False,
                "image": False,
            }
        )

    @api.model
    def _cron_bulletins(self):
        """Ends, newcomers and reminders."""
        now = fields.Datetime.now()
        running = self.sudo().search([("state", "=", "published")])
        over = running.filtered(lambda b: b.date_expires and b.date_expires <= now)
        over._expire()
        (running - over)._add_readers()
        (running - over).reading_ids._remind(now)

    def _photo_text(self):
        """The photo for a page that works without network, as the text of an image."""
        # Small enough that a night's bulletins fit into what a phone keeps.
        photo = self.image_small
        return f"data:{_mime(photo)};base64,{photo.decode()}" if photo else ""


def _mime(photo):
    return guess_mimetype(b64decode(photo[:64]), default="image/png")
