import secrets

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine import checkpoint_code as codes

TECHNOLOGIES = [("qr", "QR code"), ("nfc", "NFC tag"), ("gps", "Position alone")]
TASKS = [
    ("none", "None"),
    ("yes_no", "Yes or no"),
    ("value", "Figure"),
    ("photo", "Photo"),
]


class SecurityCheckpoint(models.Model):
    """A place that guards pass on their rounds, and what they do there."""

    _name = "security.checkpoint"
    _description = "Checkpoint"
    _inherit = ["security.placed.mixin"]
    _order = "site_id, sequence, name, id"
    _check_company_auto = True
    _place_field = "site_id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    site_id = fields.Many2one(
        "security.site",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(related="site_id.company_id", store=True, index=True)
    zone = fields.Char(help="Building, floor or part of the site.")
    technology = fields.Selection(TECHNOLOGIES, required=True, default="qr")
    is_shown = fields.Boolean(
        "Code on a Screen",
        help="The code is shown on a screen there and changes every 30 seconds: a "
        "photograph of it is found out.",
    )
    latitude = fields.Float(digits=(10, 7))
    longitude = fields.Float(digits=(10, 7))
    radius = fields.Integer(
        "Radius (m)",
        default=20,
        help="A phone farther away than this, its accuracy deducted, is a doubt.",
    )
    image = fields.Image("Photo of the Place", max_width=1024, max_height=1024)
    instruction = fields.Text(help="What the guard looks at here.")
    task = fields.Selection(TASKS, required=True, default="none")
    question = fields.Char("What to Answer", help="e.g. Is the fire door closed?")
    value_min = fields.Float("Lowest Figure")
    value_max = fields.Float(
        "Highest Figure", help="No limits when it is not above the lowest one."
    )
    unit = fields.Char("Unit of the Figure")
    nfc_uid = fields.Char(
        "Number of the NFC Tag",
        copy=False,
        groups="security_workforce.group_security_planner",
    )
    code_key = fields.Char(
        default=lambda self: secrets.token_hex(16),
        required=True,
        copy=False,
        groups="base.group_system",
        export_string_translation=False,
    )
    route_line_ids = fields.One2many(
        "security.patrol.route.line", "checkpoint_id", "Routes that Pass Here"
    )

    _radius_positive = models.Constraint(
        "CHECK (radius BETWEEN 5 AND 5000)",
        "The radius of a checkpoint is between 5 m and 5 km.",
    )
    _on_earth = models.Constraint(
        "CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)",
        "A latitude is between -90 and 90, a longitude between -180 and 180.",
    )
    _nfc_uniq = models.UniqueIndex(
        "(company_id, nfc_uid) WHERE nfc_uid IS NOT NULL",
        "Another checkpoint has this NFC tag: read the number of the tag again.",
    )

    @api.constrains("technology", "latitude", "longitude", "is_shown")
    def _check_technology(self):
        for point in self:
            if point.technology == "gps" and not point._position():
                raise ValidationError(
                    self.env._(
                        "“%(point)s” has no tag: give its latitude and its longitude, "
                        "so that the phone can tell that the guard is there.",
                        point=point.name,
                    )
                )
            if point.is_shown and point.technology != "qr":
                raise ValidationError(
                    self.env._(
                        "“%(point)s” shows no QR code: a code on a screen is a QR "
                        "code. Change the technology or untick the screen.",
                        point=point.name,
                    )
                )

    @api.depends("name", "site_id.name", "zone")
    def _compute_display_name(self):
        for point in self:
            parts = (point.site_id.name, point.zone, point.name)
            point.display_name = " / ".join(part for part in parts if part)

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean_tag(vals) for vals in vals_list])

    def write(self, vals):
        result = super().write(self._clean_tag(vals))
        if "active" in vals:
            # sudo: whoever writes a checkpoint need not write every route.
            self.sudo().route_line_ids.route_id._count_version()
        return result

    @api.model
    def _clean_tag(self, vals):
        if vals.get("nfc_uid"):
            vals = {**vals, "nfc_uid": codes.typed(vals["nfc_uid"])}
        return vals

    # ------------------------------------------------------------
    # TOOLS
    # ------------------------------------------------------------

    def _position(self):
        """(latitude, longitude), None when nobody gave one."""
        self.ensure_one()
        here = (self.latitude, self.longitude)
        return here if any(here) else None

    def _limits_of_figure(self):
        """(lowest, highest) figure, (None, None) when any will do."""
        if self.value_max > self.value_min:
            return self.value_min, self.value_max
        return None, None
