import base64
import binascii
import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

PNG = b"\x89PNG\r\n\x1a\n"
LARGEST_SIGNATURE = 200_000
STATES = [
    ("draft", "Draft"),
    ("given", "Handed over"),
    ("accepted", "Accepted"),
    ("reserves", "Accepted with reserves"),
]
ACCEPTED = ("accepted", "reserves")


class SecurityHandover(models.Model):
    """One guard leaves a post to the next: what he hands over, signed by both."""

    _name = "security.handover"
    _description = "Relief"
    _order = "given_at desc, id desc"
    _check_company_auto = True

    shift_out_id = fields.Many2one(
        "security.shift",
        "Shift Relieved",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    shift_in_id = fields.Many2one(
        "security.shift",
        "Relieving Shift",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    post_id = fields.Many2one(
        related="shift_out_id.post_id", store=True, index=True, precompute=True
    )
    site_id = fields.Many2one(
        related="shift_out_id.site_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="shift_out_id.company_id", store=True, index=True, precompute=True
    )
    tz = fields.Selection(related="shift_out_id.tz")
    out_employee_id = fields.Many2one(
        "hr.employee", "Leaving Guard", readonly=True, index=True
    )
    in_employee_id = fields.Many2one(
        "hr.employee", "Arriving Guard", readonly=True, index="btree_not_null"
    )
    state = fields.Selection(
        STATES, required=True, readonly=True, default="draft", index=True
    )
    line_ids = fields.One2many("security.handover.line", "handover_id", "Checklist")
    remarks = fields.Text()
    open_items = fields.Json(
        "Still Open", readonly=True, help="What the next guard has to know."
    )
    open_summary = fields.Text(compute="_compute_open_summary", string="Open Matters")
    reserve = fields.Text("Reserves", readonly=True)
    given_at = fields.Datetime("Given On", readonly=True)
    taken_at = fields.Datetime("Taken On", readonly=True)
    out_signature = fields.Binary("Signature Out", attachment=True, readonly=True)
    in_signature = fields.Binary("Signature In", attachment=True, readonly=True)
    out_hash = fields.Char(
        "Fingerprint Out",
        readonly=True,
        help="SHA-256 of what was signed and of the signature.",
    )
    in_hash = fields.Char("Fingerprint In", readonly=True)
    difference_count = fields.Integer(
        "Differences", compute="_compute_difference_count", store=True
    )

    _one_per_shift = models.UniqueIndex(
        "(shift_out_id)", "This shift has a relief already: open it."
    )

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends("line_ids.differs")
    def _compute_difference_count(self):
        for handover in self:
            handover.difference_count = len(handover.line_ids.filtered("differs"))

    @api.depends("open_items")
    def _compute_open_summary(self):
        for handover in self:
            handover.open_summary = "\n".join(
                item["label"] for item in handover.open_items or []
            )

    @api.depends("post_id", "out_employee_id")
    def _compute_display_name(self):
        for handover in self.sudo():
            names = handover.post_id.display_name, handover.out_employee_id.name
            handover.display_name = ", ".join(filter(None, names))

    # ------------------------------------------------------------
    # Giving and taking
    # ------------------------------------------------------------

    @api.model
    def _give(self, shift, answers, remarks, signature, at):
        """The guard of a shift hands his post over. Returns the relief.

        :param answers: ``[{"item": id, "ok": bool, "number": float, "comment": text}]``
        :param signature: PNG, as base64 or as a data address
        :raises UserError: when it is accepted already, or the signature is no picture
        """
        shift._check_own()
        # sudo: a guard hands over by this door alone, and his own shift.
        return self.sudo()._write_given(shift.sudo(), answers, remarks, signature, at)

    @api.model
    def _write_given(self, shift, answers, remarks, signature, at):
        handover = self.search([("shift_out_id", "=", shift.id)])
        if handover.state in ACCEPTED:
            raise UserError(
                self.env._(
                    "This relief was accepted already: write what is missing in the "
                    "log book."
                )
            )
        picture = self._picture(signature)
        following = shift._next_on_post()
        values = {
            "shift_out_id": shift.id,
            "shift_in_id": following.id,
            "out_employee_id": shift.employee_id.id,
            "in_employee_id": following.employee_id.id,
            "remarks": remarks,
            "open_items": shift._handover_open_items(),
            "state": "given",
            "given_at": at,
            "out_signature": picture,
        }
        if handover:
            handover.line_ids.unlink()
            handover.write(values)
        else:
            handover = self.create(values)
        handover._fill_lines(answers)
        handover.out_hash = handover._fingerprint(picture)
        return handover

    def _fill_lines(self, answers):
        given = {answer["item"]: answer for answer in answers or []}
        self.env["security.handover.line"].create(
            [
                {
                    "handover_id": self.id,
                    "item_id": item.id,
                    "sequence": item.sequence,
                    "name": item.name,
                    "answer": item.answer,
                    "expected": item.expected,
                    "is_ok": bool(given.get(item.id, {}).get("ok")),
                    "number": given.get(item.id, {}).get("number") or 0,
                    "comment": given.get(item.id, {}).get("comment"),
                }
                for item in self.post_id.handover_item_ids
            ]
        )

    def _take(self, shift, reserve, signature, at):
        """The guard of the shift that follows takes the post over.

        :param shift: the arriving guard's own shift at the same post
        :param reserve: what he does not agree with, empty when nothing
        """
        self.ensure_one()
        shift._check_own()
        # sudo: the next guard takes over by this door alone, for his own shift.
        return self.sudo()._write_taken(shift.sudo(), reserve, signature, at)

    def _write_taken(self, shift, reserve, signature, at):
        handover = self
        if shift.post_id != handover.post_id or shift == handover.shift_out_id:
            raise AccessError(self.env._("This relief is not for your shift."))
        if handover.state != "given":
            raise UserError(
                self.env._(
                    "%(handover)s: this relief is not waiting to be accepted. Open it "
                    "to see where it stands.",
                    handover=handover.display_name,
                )
            )
        picture = self._picture(signature)
        reserve = (reserve or "").strip()
        handover.write(
            {
                "shift_in_id": shift.id,
                "in_employee_id": shift.employee_id.id,
                "reserve": reserve,
                "state": "reserves" if reserve else "accepted",
                "taken_at": at,
                "in_signature": picture,
            }
        )
        handover.in_hash = handover._fingerprint(picture)
        return handover

    def _picture(self, signature):
        """The PNG as base64; a file of another kind could hold a script."""
        data = (signature or "").removeprefix("data:image/png;base64,")
        try:
            picture = base64.b64decode(data, validate=True)
        except (binascii.Error, ValueError):
            picture = b""
        if not picture.startswith(PNG) or len(picture) > LARGEST_SIGNATURE:
            raise UserError(
                self.env._("Sign in the frame: the signature is missing or unreadable.")
            )
        return data.encode()

    def _fingerprint(self, picture):
        """SHA-256 over what was signed and over the signature itself."""
        self.ensure_one()
        told = {
            "post": self.post_id.id,
            "out": self.out_employee_id.id,
            "in": self.in_employee_id.id,
            "given": fields.Datetime.to_string(self.given_at),
            "taken": self.taken_at and fields.Datetime.to_string(self.taken_at),
            "remarks": self.remarks or "",
            "reserve": self.reserve or "",
            "open": self.open_items or [],
            "lines": [
                [line.name, line.is_ok, line.number, line.comment or ""]
                for line in self.line_ids.sorted("id")
            ],
        }
        text = json.dumps(told, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode() + picture).hexdigest()


class SecurityShift(models.Model):
    """The relief at both ends of a shift."""

    _inherit = "security.shift"

    def _next_on_post(self):
        """The published shift of another guard that follows at the post, if any."""
        self.ensure_one()
        return self.search(
            Domain("post_id", "=", self.post_id.id)
            & Domain("employee_id", "not in", [False, self.employee_id.id])
            & Domain("state", "in", ("published", "started", "done"))
            & Domain(
                "date_start", ">=", fields.Datetime.subtract(self.date_stop, hours=1)
            )
            & Domain("date_start", "<=", fields.Datetime.add(self.date_stop, hours=4)),
            order="date_start",
            limit=1,
        )

    def _handover_open_items(self):
        """[{"model", "id", "label"}] of what the next guard has to know.

        Other modules add what they know of the place: incidents, visitors, keys.
        """
        self.ensure_one()
        unread = self._next_on_post()._unread_orders()
        return [
            {"model": order._name, "id": order.id, "label": order.name}
            for orders in unread.values()
            for order in orders
        ]

    def _handover_waiting(self):
        """The relief given at the post of this shift that nobody has taken yet."""
        self.ensure_one()
        # sudo: a guard sees what is handed to his own shift.
        return (
            self.env["security.handover"]
            .sudo()
            .search(
                Domain("post_id", "=", self.sudo().post_id.id)
                & Domain("state", "=", "given")
                & Domain("shift_out_id", "!=", self.id)
                & (
                    Domain("shift_in_id", "=", self.id)
                    | Domain("shift_in_id", "=", False)
                ),
                order="given_at desc",
                limit=1,
            )
        )

    @api.model
    def _handover_missing(self, shift):
        """What to say when a shift starts its rounds before its relief was accepted.

        :return: ``(gate, sentence)``: ``none``, ``warn`` or ``block``, and the words
        """
        waiting = shift._handover_waiting()
        gate = shift.sudo().company_id.security_handover_gate
        if not waiting or gate == "none":
            return "none", ""
        return gate, self.env._(
            "Accept the relief of %(guard)s first: it waits for your signature.",
            guard=waiting.out_employee_id.name,
        )


class SecurityPost(models.Model):
    """What is handed over at a post."""

    _inherit = "security.post"

    handover_item_ids = fields.One2many(
        "security.handover.item", "post_id", "To Hand Over", copy=True
    )
