from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.security_workforce.engine.worktime import named_zone

from ..engine import snapshot
from ..engine.notice import is_days_ahead

CHANNELS = [
    ("portal", "Portal"),
    ("phone", "Telephone"),
    ("mail", "Mail"),
    ("paper", "Signed paper"),
    ("spoken", "In person"),
]


def typed_channel(env):
    """How a guard has answered whom he has told: what the button says, or in person.

    The portal is the guard's own: nobody types it for him.
    """
    channel = env.context.get("security_channel")
    known = {name for name, __ in CHANNELS} - {"portal"}
    return channel if channel in known else "spoken"


class SecurityPublication(models.Model):
    """What one guard was told of one month: a frozen, numbered version of his rota."""

    _name = "security.publication"
    _inherit = ["security.append.only.mixin"]
    _description = "Published Rota"
    _order = "month desc, employee_id, number desc"
    _check_company_auto = True

    _answered = ("is_current", "state", "reminded_at")
    _answered_once = (
        "sent_at",
        "attachment_id",
        "attachment_sha256",
        "acknowledged_at",
        "acknowledged_by_id",
        "acknowledgement_channel",
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
    month = fields.Date(
        required=True,
        readonly=True,
        index=True,
        help="First day of the month, on the clock of the sites.",
    )
    number = fields.Integer("Version", required=True, readonly=True, aggregator=None)
    previous_id = fields.Many2one(
        "security.publication",
        "Previous Version",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    snapshot = fields.Json(required=True, readonly=True)
    sha256 = fields.Char(
        "SHA-256", required=True, readonly=True, export_string_translation=False
    )
    shift_count = fields.Integer("Shifts", required=True, readonly=True)
    hours = fields.Float(readonly=True)
    first_start = fields.Datetime(
        readonly=True, help="Start of the first shift to come when it was published."
    )
    is_late = fields.Boolean(
        "Published Late",
        readonly=True,
        help="First version of a month handed over less than the notice of a rota "
        "before it begins (TPS-14).",
    )
    published_at = fields.Datetime(required=True, readonly=True)
    published_by_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="restrict"
    )
    is_current = fields.Boolean("Last Version", readonly=True, index=True)
    state = fields.Selection(
        [
            ("pending", "To be sent"),
            ("sent", "Sent"),
            ("no_address", "No address"),
            ("replaced", "Replaced before it was sent"),
        ],
        required=True,
        readonly=True,
        index=True,
    )
    sent_at = fields.Datetime(readonly=True)
    reminded_at = fields.Datetime("Reminded On", readonly=True)
    attachment_id = fields.Many2one(
        "ir.attachment", "PDF", readonly=True, ondelete="restrict"
    )
    attachment_sha256 = fields.Char("SHA-256 of the PDF", readonly=True)
    acknowledged_at = fields.Datetime(readonly=True)
    acknowledged_by_id = fields.Many2one(
        "res.users", readonly=True, ondelete="restrict"
    )
    acknowledgement_channel = fields.Selection(CHANNELS, "Told Us By", readonly=True)

    _number_uniq = models.UniqueIndex(
        "(employee_id, company_id, month, number)",
        "This version of the rota was published meanwhile: try again.",
    )
    _current_uniq = models.UniqueIndex(
        "(employee_id, company_id, month) WHERE is_current",
        "This rota was published meanwhile: try again.",
    )

    @api.depends("employee_id", "month", "number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(guard)s, %(month)s, version %(number)s",
                guard=version.employee_id.sudo().name or "",
                month=version._month_in_words(),
                number=version.number,
            )

    def _month_in_words(self):
        if not self.month:
            return ""
        return format_date(self.env, self.month, date_format="MMMM yyyy")

    # ------------------------------------------------------------
    # Making versions
    # ------------------------------------------------------------

    @api.model
    def _publish(self, keys):
        """Freeze what is published now, where it differs from the last version.

        :param keys: {(company id, employee id, first day of the month)}
        :return: the versions made
        """
        if not keys:
            return self.browse()
        last = self._last_versions(keys)
        rows = self._rows(keys)
        values = [
            self._prepare(key, rows.get(key, []), last.get(key, self.browse()))
            for key in sorted(keys)
        ]
        values = [vals for vals in values if vals]
        replaced = self.browse([v["previous_id"] for v in values if v["previous_id"]])
        if replaced:
            replaced._answer({"is_current": False})
            unsent = replaced.filtered(lambda version: version.state == "pending")
            unsent and unsent._answer({"state": "replaced"})
            self.env.flush_all()
        # sudo: nobody has the right to write a register.
        versions = self.sudo().create(values)
        if versions:
            self.env.ref("security_missions.ir_cron_publication")._trigger()
        return versions

    @api.model
    def _last_versions(self, keys):
        """{key: its last version}, in one query."""
        found = self.sudo().search(
            [
                ("employee_id", "in", list({employee for __, employee, __ in keys})),
                ("month", "in", list({month for __, __, month in keys})),
                ("is_current", "=", True),
            ]
        )
        return {version._key(): version for version in found}

    def _key(self):
        return self.company_id.id, self.employee_id.id, self.month

    @api.model
    def _rows(self, keys):
        """{key: rows of its shifts}: what is published there now."""
        months = [month for __, __, month in keys]
        margin = timedelta(days=1)
        # sudo: whoever publishes may not read all the shifts of the guard.
        shifts = (
            self.env["security.shift"]
            .sudo()
            .search(
                [
                    (
                        "employee_id",
                        "in",
                        list({employee for __, employee, __ in keys}),
                    ),
                    ("state", "in", ("published", "started", "done")),
                    ("date_start", ">=", min(months) - margin),
                    ("date_start", "<", max(months) + timedelta(days=32)),
                ],
                order="date_start, id",
            )
        )
        rows = {}
        for shift in shifts:
            if (key := shift._publication_key()) in keys:
                rows.setdefault(key, []).append(shift._publication_row())
        return rows

    @api.model
    def _prepare(self, key, rows, last):
        """Values of the version, or None when the guard knows all that already."""
        if last and not snapshot.differences(last.snapshot["shifts"], rows):
            return None
        if not last and not rows:
            return None
        company_id, employee_id, month = key
        now = fields.Datetime.now()
        document = {
            "company_id": company_id,
            "employee_id": employee_id,
            "month": fields.Date.to_string(month),
            "number": last.number + 1,
            "previous": last.sha256 or None,
            "shifts": rows,
        }
        to_come = [
            row for row in rows if row["start"] >= fields.Datetime.to_string(now)
        ]
        first = to_come[0] if to_come else None
        return {
            "company_id": company_id,
            "employee_id": employee_id,
            "month": month,
            "number": document["number"],
            "previous_id": last.id or False,
            "snapshot": document,
            "sha256": snapshot.digest(document),
            "shift_count": len(rows),
            "hours": sum(row["minutes"] for row in rows) / 60,
            "first_start": first and first["start"],
            "is_late": not last and self._is_late(now, key, rows),
            "published_at": now,
            "published_by_id": self.env.uid,
            "is_current": True,
            "state": "pending",
        }

    @api.model
    def _is_late(self, now, key, rows):
        """The first shift begins before the notice of a rota is over (TPS-14)."""
        company = self.env["res.company"].browse(key[0])
        figures = self.env["security.parameter"]._for(company=company)
        row = rows[0]
        start = fields.Datetime.to_datetime(row["start"])
        figure = figures.find("planning_notice_days", start.date())
        if not figure:
            return False
        return not is_days_ahead(now, start, named_zone(row["tz"]), figure.value)
