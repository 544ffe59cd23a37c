from odoo import api, fields, models

from ..engine.patrol_facts import DOUBTS, Scan

# Read with another tag than that of the checkpoint, or with none.
SUBSTITUTES = ("typed", "gps")


class SecurityPatrolScan(models.Model):
    """A fact of a round: who passed where, by which proof. Written once.

    ``happened_at`` is the phone's clock corrected by what it was wrong by, next to the
    time of the phone and the time of the server. After some weeks the position is
    emptied: it was kept to check the round, not to follow a person.
    """

    _name = "security.patrol.scan"
    _description = "Scan of a Round"
    _inherit = ["security.append.only.mixin"]
    _order = "happened_at, id"

    _answered = ("flags",)
    _forgets = ("latitude", "longitude", "accuracy", "create_uid")

    patrol_id = fields.Many2one(
        "security.patrol", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="patrol_id.company_id", store=True, index=True, precompute=True
    )
    checkpoint_id = fields.Many2one(
        "security.checkpoint", index="btree_not_null", ondelete="restrict"
    )
    is_proven = fields.Boolean(
        "Code Read",
        help="The code, the tag or the position of the checkpoint was read.",
    )
    uuid = fields.Char("Number of the Event", export_string_translation=False)
    happened_at = fields.Datetime("Passed", required=True)
    device_time = fields.Datetime("Clock of the Phone")
    received_at = fields.Datetime("Received", required=True)
    skew = fields.Float("Clock Wrong By (s)")
    technology = fields.Selection(
        [
            ("qr", "QR code"),
            ("nfc", "NFC tag"),
            ("gps", "Position alone"),
            ("typed", "Code typed"),
        ],
        "Read By",
        required=True,
    )
    code_shown_at = fields.Datetime()
    code = fields.Char("Unknown Code", help="What was read, when it is none of ours.")
    latitude = fields.Float(digits=(10, 7))
    longitude = fields.Float(digits=(10, 7))
    accuracy = fields.Float("Accuracy (m)")
    on_shift = fields.Boolean(
        "On a Shift There", help="The guard had a shift of a post of the route."
    )
    answer = fields.Char()
    answer_words = fields.Char("What Was Answered", compute="_compute_answer_words")
    photo_count = fields.Integer("Photos Taken")
    flags = fields.Char(export_string_translation=False)
    flag_summary = fields.Char("Doubts and Remarks", compute="_compute_flag_summary")
    has_doubt = fields.Boolean("Doubtful", compute="_compute_flag_summary")
    photo_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        "Photos",
        domain=[("res_model", "=", "security.patrol.scan")],
    )

    _once = models.UniqueIndex(
        "(patrol_id, uuid) WHERE uuid IS NOT NULL", "This scan was received already."
    )
    _patrol_time_idx = models.Index("(patrol_id, happened_at)")

    @api.depends("answer", "checkpoint_id.task", "checkpoint_id.unit")
    @api.depends_context("lang")
    def _compute_answer_words(self):
        """The phone tells “yes” and “no” in no language."""
        said = {"yes": self.env._("Yes"), "no": self.env._("No")}
        for scan in self:
            answer, task = scan.answer or "", scan.checkpoint_id.task
            if task == "yes_no":
                answer = said.get(answer, answer)
            elif task == "value" and answer and scan.checkpoint_id.unit:
                answer = f"{answer} {scan.checkpoint_id.unit}"
            scan.answer_words = answer

    @api.depends("checkpoint_id", "happened_at")
    def _compute_display_name(self):
        unknown = self.env._("Unknown point")
        for scan in self:
            scan.display_name = scan.checkpoint_id.sudo().name or unknown

    @api.depends("flags")
    @api.depends_context("lang")
    def _compute_flag_summary(self):
        for scan in self:
            scan.flag_summary = self._in_words(scan.flags)
            codes = (scan.flags or "").split(",")
            scan.has_doubt = any(code in DOUBTS for code in codes)

    @api.model
    def _in_words(self, codes):
        """A sentence of the codes of doubts and remarks, "" when there are none."""
        env = self.env
        words = {
            "burst": env._("several points within seconds"),
            "same_place": env._("same point again within seconds"),
            "speed": env._("too far for the time between two points"),
            "far": env._("phone far from the point"),
            "no_position": env._("no position"),
            "clock": env._("clock of the phone wrong"),
            "no_shift": env._("no shift there"),
            "stale_code": env._("old code, perhaps a photograph"),
            "wrong_code": env._("code of no checkpoint of ours"),
            "typed": env._("tag not read"),
            "out_of_order": env._("out of order"),
            "too_fast": env._("too soon after the point before"),
            "too_slow": env._("too long after the point before"),
            "off_route": env._("not on the route"),
            "out_of_range": env._("figure out of its limits"),
        }
        return ", ".join(words[code] for code in (codes or "").split(",") if code)

    # ------------------------------------------------------------
    # TOOLS
    # ------------------------------------------------------------

    def _as_engine(self):
        """This scan as ``engine.patrol.Scan``."""
        self.ensure_one()
        here = (self.latitude, self.longitude)
        place = self.checkpoint_id
        shown = self.code_shown_at
        return Scan(
            key=str(self.id),
            place=place.id if place and self.is_proven else None,
            at=self.happened_at,
            skew=self.skew,
            position=here if any(here) else None,
            accuracy=self.accuracy,
            answer=(self.answer or "").strip(),
            photos=self.photo_count,
            on_shift=self.on_shift,
            typed=self.technology in SUBSTITUTES
            and self.technology != place.technology,
            code_age=(self.happened_at - shown).total_seconds() if shown else None,
        )
