import base64

from odoo import api, fields, models

from ..models.security_logbook_entry import ROLES


class SecurityLogbookWrite(models.TransientModel):
    """An entry that the office writes, for itself or for a guard on the phone."""

    _name = "security.logbook.write"
    _description = "Write in a Log Book"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    site_id = fields.Many2one("security.site", required=True, check_company=True)
    post_id = fields.Many2one(
        "security.post", domain="[('site_id', '=', site_id)]", check_company=True
    )
    shift_id = fields.Many2one(
        "security.shift", domain="[('site_id', '=', site_id)]", check_company=True
    )
    incident_id = fields.Many2one(
        "security.incident", domain="[('site_id', '=', site_id)]", check_company=True
    )
    category_id = fields.Many2one("security.logbook.category", required=True)
    happened_at = fields.Datetime(
        "Time of Fact", required=True, default=fields.Datetime.now
    )
    text = fields.Text(required=True)
    person_ids = fields.One2many(
        "security.logbook.write.person", "wizard_id", "Persons"
    )
    photo_ids = fields.Many2many("ir.attachment", string="Photos")

    @api.onchange("site_id")
    def _onchange_site_id(self):
        """Company of the site; post and shift are of it."""
        if self.site_id:
            self.company_id = self.site_id.company_id
        if self.post_id.site_id != self.site_id:
            self.post_id = False
        if self.shift_id.site_id != self.site_id:
            self.shift_id = False

    def action_write(self):
        """Write the entry, with its real author and times."""
        self.ensure_one()
        self.env["security.logbook.entry"].check_access("read")
        self.site_id.check_access("read")
        self.env["security.logbook.entry"]._note(
            self.site_id,
            "note",
            self.happened_at,
            text=self.text,
            category=self.category_id,
            shift=self.shift_id,
            post=self.post_id or self.shift_id.post_id,
            incident=self.incident_id,
            employee=self.env.user.sudo().employee_id,
            persons=[{"role": p.role, "name": p.name} for p in self.person_ids],
            photos=[base64.b64decode(photo.datas or b"") for photo in self.photo_ids],
        )
        return {"type": "ir.actions.act_window_close"}


class SecurityLogbookWritePerson(models.TransientModel):
    _name = "security.logbook.write.person"
    _description = "Person of an Entry"

    wizard_id = fields.Many2one(
        "security.logbook.write", required=True, index=True, ondelete="cascade"
    )
    role = fields.Selection(ROLES, required=True, default="witness")
    name = fields.Char()
