from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import is_html_empty

from ..engine import post_orders

# Opens the number of the version to publication alone.
PUBLISHING = object()


class SecurityPostOrder(models.Model):
    """What guards must know and do at a post, and proof that they read it."""

    _name = "security.post.order"
    _description = "Post Order"
    _inherit = ["mail.thread"]
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char("Title", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(
        [("standing", "Standing"), ("passing", "Passing")],
        required=True,
        default="standing",
        help="A passing order has a last day.",
    )
    classification = fields.Selection(
        [("security", "Security"), ("safety", "Safety"), ("client", "Client service")],
        required=True,
        default="security",
    )
    body = fields.Html("Text", translate=True, sanitize=True)
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "security_post_order_attachment_rel",
        string="Files",
        bypass_search_access=True,
    )
    site_ids = fields.Many2many("security.site", string="Sites", check_company=True)
    post_ids = fields.Many2many(
        "security.post",
        string="Posts",
        check_company=True,
        help="Empty: every post of the sites.",
    )
    date_from = fields.Date("In Force From")
    date_to = fields.Date("In Force Until")
    ack = fields.Selection(
        [
            ("none", "For information"),
            ("guard", "Each guard, once"),
            ("change", "Each guard, at each version"),
            ("shift", "Each guard, at each shift"),
        ],
        "To Be Acknowledged By",
        required=True,
        default="change",
    )
    must_read = fields.Boolean(
        "Read Before Clock-in",
        help="The settings, or the post, say what follows when it was not read.",
    )
    version = fields.Integer(readonly=True, copy=False)
    version_ids = fields.One2many(
        "security.post.order.version", "order_id", "Versions", readonly=True
    )
    is_changed = fields.Boolean(
        "Changed Since Published",
        compute="_compute_is_changed",
        help="Guards go on reading the last version published.",
    )
    stage = fields.Selection(
        [
            ("draft", "Not published yet"),
            ("changed", "Changed since"),
            ("published", "Published"),
        ],
        "Publication",
        compute="_compute_is_changed",
    )
    receipt_ids = fields.One2many(
        "security.post.order.receipt", "order_id", "Receipts", readonly=True
    )
    # compute_sudo: a planner may know who has read it, not open the files of guards.
    reader_ids = fields.Many2many(
        "hr.employee",
        compute="_compute_readers",
        compute_sudo=True,
        string="Guards Concerned",
    )
    unread_guard_ids = fields.Many2many(
        "hr.employee",
        compute="_compute_readers",
        compute_sudo=True,
        string="Have not Read It",
    )
    read_count = fields.Integer(
        "Have Read", compute="_compute_readers", compute_sudo=True
    )
    unread_count = fields.Integer(
        "Not Read By", compute="_compute_readers", compute_sudo=True
    )

    _passing_ends = models.Constraint(
        "CHECK (kind <> 'passing' OR date_to IS NOT NULL)",
        "A passing order has a last day: say until when it is in force.",
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_from IS NULL OR date_to >= date_from)",
        "An order ends after it begins: check both days.",
    )

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends("name", "body", "version_ids")
    def _compute_is_changed(self):
        for order in self:
            last = order.version_ids.sorted("number")[-1:]
            order.is_changed = bool(last) and last.texts != order._texts()
            published = "changed" if order.is_changed else "published"
            order.stage = published if last else "draft"

    @api.depends("version", "receipt_ids", "site_ids", "post_ids", "ack")
    def _compute_readers(self):
        """Guards of the shifts from yesterday to a week from now, at these posts."""
        shifts = self._shifts_concerned()
        for order in self:
            posts = order._posts()
            mine = shifts.filtered(lambda s, p=posts: s.post_id in p)
            receipts = order.sudo().receipt_ids.grouped("employee_id")
            told = order._engine_order()
            unread = self.env["hr.employee"]
            for shift in mine:
                known = receipts.get(shift.employee_id)
                known = known._engine_receipts() if known else []
                if not post_orders.is_read(told, known, shift.id):
                    unread |= shift.employee_id
            order.reader_ids = mine.employee_id
            order.unread_guard_ids = unread
            order.unread_count = len(unread)
            order.read_count = len(mine.employee_id - unread)

    def _shifts_concerned(self):
        now = fields.Datetime.now()
        return (
            self.env["security.shift"]
            .sudo()
            .search_fetch(
                Domain("post_id", "in", self._posts().ids)
                & Domain("employee_id", "!=", False)
                & Domain("state", "in", ("published", "started", "done"))
                & Domain("date_stop", ">=", fields.Datetime.subtract(now, days=1))
                & Domain("date_start", "<=", fields.Datetime.add(now, days=7)),
                ["post_id", "employee_id"],
            )
        )

    def _posts(self):
        """sudo: the posts of an order come with it."""
        posts = self.env["security.post"].sudo()
        for order in self.sudo():
            posts |= order.post_ids or order.site_ids.post_ids
        return posts

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.constrains("site_ids", "post_ids")
    def _check_place(self):
        for order in self:
            if not order.site_ids and not order.post_ids:
                raise ValidationError(
                    self.env._(
                        "“%(order)s” is for no post: choose a site, or posts.",
                        order=order.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{**vals, "version": 0} for vals in vals_list])

    def write(self, vals):
        opened = self.env.context.get("security_order") is PUBLISHING
        if "version" in vals and not opened:
            raise UserError(
                self.env._("Versions are numbered by publishing: use the button.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never_published(self):
        published = self.filtered("version")
        if published:
            raise UserError(
                self.env._(
                    "“%(order)s” was published: who read what is kept. Archive it.",
                    order=published[0].name,
                )
            )

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_publish(self):
        """A new version: everybody concerned has to read it."""
        self.check_access("write")
        for order in self:
            if is_html_empty(order.body):
                raise UserError(
                    self.env._(
                        "“%(order)s” has no text: write it before publishing.",
                        order=order.name,
                    )
                )
            if order.version and not order.is_changed:
                raise UserError(
                    self.env._(
                        "“%(order)s” is as it was published: there is nothing new to "
                        "read.",
                        order=order.name,
                    )
                )
            number = order.version + 1
            # sudo: a version is written by publishing alone.
            self.env["security.post.order.version"].sudo().create(
                {
                    "order_id": order.id,
                    "number": number,
                    "texts": order._texts(),
                    "published_at": fields.Datetime.now(),
                    "published_by_id": self.env.uid,
                }
            )
            order.with_context(security_order=PUBLISHING).version = number

    def action_copy_to_post(self):
        """A draft of the same text, whose posts remain to be chosen."""
        self.ensure_one()
        copy = self.copy({"name": self.name})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "view_mode": "form",
            "res_id": copy.id,
        }

    def _texts(self):
        """{language: {"title", "body"}} in each language that the firm speaks."""
        self.ensure_one()
        return {
            code: {"title": told.name, "body": str(told.body or "")}
            for code, __ in self.env["res.lang"].get_installed()
            for told in self.with_context(lang=code)
        }

    def _printed(self):
        """What the sheet shows: the text that guards read, the draft if there is none.

        :return: ``{"title", "body", "version"}``; the version is empty for a draft
        """
        self.ensure_one()
        version = self.version_ids.sorted("number")[-1:]
        text = version and version._text(self.env.lang)
        return {
            "title": text["title"] if text else self.name,
            # Cleaned by the field before it was kept.
            "body": Markup(text["body"]) if text else self.body,  # noqa: S704
            "version": version,
        }

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------

    def _engine_order(self):
        self.ensure_one()
        return post_orders.Order(
            id=self.id,
            version=self.version,
            ack=self.ack,
            must_read=self.must_read,
            posts=frozenset(self._posts().ids),
            date_from=self.date_from or None,
            date_to=self.date_to or None,
        )

    def _acknowledge(self, version, at, shift=None):
        """The guard of the session has read a version. Returns the receipt.

        The same word said twice is one receipt.
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: a guard reads an order by his rule; its versions and receipts are
        # written by this method alone.
        order = self.sudo()
        text = order.version_ids.filtered(lambda v: v.number == version)
        if not text:
            raise UserError(
                self.env._(
                    "“%(order)s” has no version %(version)s: open it again.",
                    order=order.name,
                    version=version,
                )
            )
        guards = self.env.user.sudo().employee_ids
        guard = guards.filtered(lambda g: g.company_id == order.company_id)[:1]
        if not guard:
            raise UserError(
                self.env._("Only a guard of the firm acknowledges its orders.")
            )
        known = order.receipt_ids.filtered(
            lambda r: (
                r.employee_id == guard
                and r.version_id == text
                and r.shift_id.id == (shift.id if shift else False)
            )
        )
        return known or self.env["security.post.order.receipt"].sudo().create(
            {
                "order_id": self.id,
                "version_id": text.id,
                "employee_id": guard.id,
                "shift_id": shift.id if shift else False,
                "read_at": at,
            }
        )

    def _creation_message(self):
        # The words of the framework do not agree with a feminine name in French.
        return self.env._("Post order created")
