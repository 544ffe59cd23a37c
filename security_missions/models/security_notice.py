from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .security_publication import CHANNELS, typed_channel

GROUNDS = [
    ("convenience", "Convenience of the firm"),
    ("absence", "Replacement of an absent colleague"),
    ("client", "Request of the client"),
    ("new_client", "Urgent service for a new client"),
    ("guard", "Request of the guard"),
]
TIERS = [
    ("week", "7 days or more"),
    ("short", "48 hours to 7 days"),
    ("urgent", "Less than 48 hours"),
]
REQUIRED = [
    ("none", "Nothing"),
    ("consent", "Consent"),
    ("express", "Express consent"),
]
KINDS = [
    ("added", "Shift added"),
    ("assigned", "Given to this guard"),
    ("removed", "Taken from this guard"),
    ("time", "Other times"),
    ("post", "Other post"),
    ("cancelled", "Cancelled"),
    ("withdrawn", "Back to draft"),
]


class SecurityNotice(models.Model):
    """One change of a published rota, for one guard: when he was told, and what the law
    asks for it. The change never changes; his consent is answered once, later."""

    _name = "security.notice"
    _inherit = ["security.append.only.mixin"]
    _description = "Notice of a Change"
    _order = "changed_at desc, id desc"
    _check_company_auto = True

    _answered = ("kept",)
    _answered_once = (
        "consent_at",
        "consent_channel",
        "consent_by_id",
        "consent_answer",
        "proof_id",
    )
    # The row says in words what it was.
    _forgets = ("shift_id",)

    shift_id = fields.Many2one(
        "security.shift", readonly=True, index="btree_not_null", ondelete="set null"
    )
    employee_id = fields.Many2one(
        "hr.employee",
        "Guard",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    site_id = fields.Many2one(
        "security.site", required=True, readonly=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(KINDS, "Change", required=True, readonly=True)
    before = fields.Json(readonly=True)
    after = fields.Json(readonly=True)
    sentence = fields.Char("What Changed", compute="_compute_sentence")
    changed_at = fields.Datetime(required=True, readonly=True, index=True)
    changed_by_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="restrict"
    )
    shift_start = fields.Datetime(
        required=True, readonly=True, help="The earlier start, when the shift moved."
    )
    notice_hours = fields.Float(
        "Hours of Notice",
        readonly=True,
        aggregator="avg",
        help="Real hours between the change and the start of the shift.",
    )
    regime_id = fields.Many2one(
        "security.regime",
        readonly=True,
        ondelete="restrict",
        help="Of the contract on that day; empty: the stricter of both texts.",
    )
    tier = fields.Selection(TIERS, "Notice", readonly=True)
    required = fields.Selection(REQUIRED, "Asked by Law", required=True, readonly=True)
    source = fields.Char("Article", readonly=True)
    ground = fields.Selection(GROUNDS, required=True, readonly=True)
    # === Answered later ===
    consent = fields.Selection(
        [
            ("not_required", "Not needed"),
            ("pending", "Waiting"),
            ("given", "Given"),
            ("refused", "Refused"),
        ],
        compute="_compute_consent",
        search="_search_consent",
        help="A refusal has no consequence for the guard.",
    )
    consent_answer = fields.Selection(
        [("given", "Consent given"), ("refused", "Consent refused")],
        "Answer",
        readonly=True,
    )
    consent_at = fields.Datetime("Answered On", readonly=True)
    consent_channel = fields.Selection(CHANNELS, "Answered By", readonly=True)
    consent_by_id = fields.Many2one(
        "res.users", "Typed By", readonly=True, ondelete="restrict"
    )
    proof_id = fields.Many2one("ir.attachment", readonly=True, ondelete="restrict")
    kept = fields.Float(
        "Notice Kept",
        readonly=True,
        aggregator="avg",
        help="1 when the delay was kept or the guard has consented, else 0: its "
        "average is the rate of a month.",
    )

    @api.depends("required", "consent_answer")
    def _compute_consent(self):
        for notice in self:
            if notice.consent_answer:
                notice.consent = notice.consent_answer
            else:
                notice.consent = (
                    "not_required" if notice.required == "none" else "pending"
                )

    def _search_consent(self, operator, value):
        if operator != "in":
            return NotImplemented
        domains = {
            "not_required": [("required", "=", "none"), ("consent_answer", "=", False)],
            "pending": [("required", "!=", "none"), ("consent_answer", "=", False)],
            "given": [("consent_answer", "=", "given")],
            "refused": [("consent_answer", "=", "refused")],
        }
        return fields.Domain.OR(domains[each] for each in value if each in domains)

    @api.depends("employee_id", "kind", "changed_at")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for notice in self:
            notice.display_name = self.env._(
                "%(kind)s – %(guard)s",
                kind=kinds.get(notice.kind, ""),
                guard=notice.employee_id.sudo().name or "",
            )

    # ------------------------------------------------------------
    # In words
    # ------------------------------------------------------------

    @api.depends("before", "after", "kind")
    @api.depends_context("lang")
    def _compute_sentence(self):
        for notice in self:
            notice.sentence = notice._in_words()

    def _in_words(self):
        before, after = (
            self._row_in_words(row) if row else "" for row in (self.before, self.after)
        )
        if self.kind in ("time", "post"):
            return self.env._(
                "%(before)s becomes %(after)s", before=before, after=after
            )
        if self.kind in ("added", "assigned"):
            return self.env._("New shift: %(after)s", after=after)
        if self.kind == "removed":
            return self.env._("Given to somebody else: %(before)s", before=before)
        if self.kind == "withdrawn":
            return self.env._("Taken back for now: %(before)s", before=before)
        return self.env._("Cancelled: %(before)s", before=before)

    def _row_in_words(self, row):
        return self.env._(
            "%(post)s at %(site)s, %(day)s from %(start)s to %(stop)s",
            post=row["post"],
            site=row["site"],
            day=format_date(
                self.env, row["local_start"][:10], date_format="EEE d MMM y"
            ),
            start=row["local_start"][11:16],
            stop=row["local_stop"][11:16],
        )

    # ------------------------------------------------------------
    # Consent
    # ------------------------------------------------------------

    def action_consent_given(self):
        """Type in that the guard has told us he agrees."""
        self._check_planner()
        self._consent("given", typed_channel(self.env))

    def action_consent_refused(self):
        """Type in that the guard does not agree, which has no consequence for him."""
        self._check_planner()
        self._consent("refused", typed_channel(self.env))

    def _check_planner(self):
        self.check_access("read")
        self.env["security.shift"].check_access("write")

    def _consent(self, answer, channel, proof=None, when=None):
        """The guard answers, once.

        :param answer: "given" or "refused"
        :param channel: a key of CHANNELS
        :param proof: an ir.attachment, or None
        :param when: naive UTC, when he said it; now when nothing is given
        :raises UserError: nothing is asked of him, or he has answered already
        """
        for notice in self:
            if notice.consent != "pending":
                raise UserError(
                    self.env._(
                        "%(guard)s has nothing to answer here: his consent is not "
                        "needed, or it is written already.",
                        guard=notice.employee_id.sudo().name,
                    )
                )
        values = self._prepare_consent(answer, channel, proof)
        if when:
            values["consent_at"] = when
        self._answer({**values, "kept": float(answer == "given")})

    @api.model
    def _prepare_consent(self, answer, channel, proof=None):
        return {
            "consent_answer": answer,
            "consent_at": fields.Datetime.now(),
            "consent_channel": channel,
            "consent_by_id": self.env.uid,
            "proof_id": proof.id if proof else False,
        }
