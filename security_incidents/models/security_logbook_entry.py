import json
import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

KINDS = [
    ("note", "Written by hand"),
    ("clock_in", "Clock-in"),
    ("clock_out", "Clock-out"),
    ("clock_change", "Clocked time changed"),
    ("round", "Round"),
    ("order", "Post order read"),
    ("alarm", "Alarm"),
    ("relief", "Relief"),
    ("photo", "Photo added"),
    ("correction", "Correction"),
    ("redaction", "Redaction"),
]
ROLES = [
    ("witness", "Witness"),
    ("victim", "Victim"),
    ("suspect", "Person concerned"),
    ("visitor", "Visitor"),
    ("caller", "Caller"),
    ("client", "Client"),
    ("rescue", "Rescue or police"),
    ("other", "Other person"),
]
# Lets the one method that writes entries through.
WRITING = object()
IDS = ("category_id", "site_id", "post_id", "shift_id", "incident_id")


class SecurityLogbookEntry(models.Model):
    """An entry of the log book: written once, corrected by another one, sealed."""

    _name = "security.logbook.entry"
    _description = "Log Book Entry"
    _inherit = ["security.sealed.mixin"]
    _order = "happened_at desc, id desc"
    _check_company_auto = True
    _chain_field = "logbook_id"
    _personal = ("text", "persons", "author_name")
    _forgets = ("salt", "text", "persons", "author_name")
    _head_columns = (
        *("logbook_id", "kind", "category_code", *IDS, "device", "uuid"),
        *("happened_at", "entered_at", "received_at", "employee_id", "user_id"),
        "photo_hashes",
    )

    logbook_id = fields.Many2one(
        "security.logbook", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    site_id = fields.Many2one(
        "security.site", required=True, index=True, ondelete="restrict"
    )
    post_id = fields.Many2one(
        "security.post", index="btree_not_null", ondelete="restrict"
    )
    shift_id = fields.Many2one(
        "security.shift", index="btree_not_null", ondelete="restrict"
    )
    incident_id = fields.Many2one(
        "security.incident", index="btree_not_null", ondelete="restrict"
    )
    kind = fields.Selection(KINDS, required=True, index=True)
    category_id = fields.Many2one(
        "security.logbook.category", required=True, index=True, ondelete="restrict"
    )
    category_code = fields.Char(required=True)
    happened_at = fields.Datetime("Time of Fact", required=True, index=True)
    entered_at = fields.Datetime(
        "Time of Entry", required=True, help="On the phone, when it was written there."
    )
    received_at = fields.Datetime(required=True)
    employee_id = fields.Many2one(
        "hr.employee", "Guard", index="btree_not_null", ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users", "Written By", index="btree_not_null", ondelete="restrict"
    )
    author_name = fields.Char("Author")
    device = fields.Char()
    uuid = fields.Char("Identifier", required=True)
    text = fields.Text()
    persons = fields.Json("Persons by Role", export_string_translation=False)
    persons_words = fields.Char("Persons", compute="_compute_persons_words")
    photo_hashes = fields.Char(help="SHA-256 of each photo, sealed with the entry.")
    photo_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        "Photos",
        domain=[("res_model", "=", "security.logbook.entry")],
    )
    target_id = fields.Many2one(
        "security.logbook.entry", "About", index="btree_not_null", ondelete="restrict"
    )
    follow_ids = fields.One2many(
        "security.logbook.entry", "target_id", "What Was Added"
    )
    is_redacted = fields.Boolean(
        "Redacted", compute="_compute_is_redacted", search="_search_is_redacted"
    )
    is_on_duty = fields.Boolean(
        "Of My Post Today", compute="_compute_is_on_duty", search="_search_is_on_duty"
    )

    _seq_unique = models.UniqueIndex(
        "(logbook_id, seq) WHERE seq IS NOT NULL", "Two entries have the same number."
    )
    _pending = models.Index("(logbook_id, id) WHERE seq IS NULL")
    _uuid_unique = models.UniqueIndex("(uuid)", "This entry is written already.")

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends("seq", "category_id")
    def _compute_display_name(self):
        for entry in self:
            number = entry.seq or self.env._("not sealed yet")
            entry.display_name = f"{entry.category_id.name} ({number})"

    @api.depends("persons")
    @api.depends_context("lang")
    def _compute_persons_words(self):
        roles = self._roles()
        for entry in self:
            entry.persons_words = ", ".join(
                f"{roles.get(person['role'], '')}: {person['name']}"
                if person.get("name")
                else roles.get(person["role"], "")
                for person in entry.persons or ()
            )

    @api.model
    def _roles(self):
        """{role: its name}, in the language of who reads."""
        return {
            "witness": self.env._("Witness"),
            "victim": self.env._("Victim"),
            "suspect": self.env._("Person concerned"),
            "visitor": self.env._("Visitor"),
            "caller": self.env._("Caller"),
            "client": self.env._("Client"),
            "rescue": self.env._("Rescue or police"),
            "other": self.env._("Other person"),
        }

    def _compute_is_redacted(self):
        for entry in self:
            # sudo: the salt is for nobody, whether there is one is for everybody.
            entry.is_redacted = not entry.sudo().salt

    def _search_is_redacted(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("salt", "=" if True in value else "!=", False)

    def _compute_is_on_duty(self):
        posts = self._posts_on_duty()
        for entry in self:
            entry.is_on_duty = entry.post_id in posts

    def _search_is_on_duty(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain(
            "post_id", "in" if True in value else "not in", self._posts_on_duty().ids
        )

    @api.model
    def _posts_on_duty(self):
        """Posts that the user holds today, on the clock of each site."""
        now = fields.Datetime.now()
        # sudo: read under a rule, before the user has any right to shifts.
        shifts = (
            self.env["security.shift"]
            .sudo()
            .search(
                [
                    ("employee_id.user_id", "=", self.env.uid),
                    ("state", "in", ("published", "started", "done")),
                    ("date_start", "<", fields.Datetime.add(now, days=1)),
                    ("date_stop", ">", fields.Datetime.subtract(now, days=1)),
                ]
            )
        )
        return shifts.filtered(lambda shift: shift._is_of_today(now)).post_id

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.context.get("security_logbook_writing") is not WRITING:
            raise UserError(
                self.env._(
                    "Entries are written with the button “Write”, or by the guard on "
                    "his phone: so their times and author are the real ones."
                )
            )
        return super().create(vals_list)

    # ------------------------------------------------------------
    # SEAL
    # ------------------------------------------------------------

    def _seal_head(self, row):
        actor = f"e{row['employee_id']}" if row["employee_id"] else f"u{row['user_id']}"
        return {
            "log": row["logbook_id"],
            "kind": row["kind"],
            "category": row["category_code"],
            "ids": [row[name] for name in IDS],
            "fact": row["happened_at"].isoformat(),
            "entered": row["entered_at"].isoformat(),
            "received": row["received_at"].isoformat(),
            "device": row["device"],
            "uuid": row["uuid"],
            "actor": actor,
            "typed_by": row["user_id"],
            "commitment": row["commitment"],
            "photos": json.loads(row["photo_hashes"]) if row["photo_hashes"] else [],
            "target": row["target"],
        }

    def _seal_content(self, row):
        content = {name: row[name] for name in self._personal}
        return None if all(value is None for value in content.values()) else content

    @api.model
    def _new_uuid(self):
        return str(uuid.uuid4())
