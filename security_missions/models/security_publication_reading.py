from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date

from ..engine import snapshot


class SecurityPublication(models.Model):
    """What a version says: its lines, what is new in them, and whether it is intact."""

    _inherit = "security.publication"

    shifts_shown = fields.Html(
        "Shifts Told", compute="_compute_shifts_shown", sanitize=False
    )

    @api.depends("snapshot")
    @api.depends_context("lang")
    def _compute_shifts_shown(self):
        for version in self:
            lines = [
                Markup("<tr><td>%s</td><td>%s–%s</td><td>%s</td><td>%s</td></tr>")
                % (line["date"], line["from"], line["to"], line["post"], line["site"])
                for line in version._lines()
            ]
            version.shifts_shown = lines and Markup(
                "<table class='table table-sm mb-0'>%s</table>"
            ) % Markup().join(lines)

    def _zone_name(self):
        """The zone of the sites, for the instants on the paper."""
        rows = self._told()
        return rows[0]["tz"] if rows else self.employee_id.sudo().tz

    def _verify(self):
        """{version: True when what it holds is what was published}, PDF included."""
        answers = {}
        for version in self:
            document = version.snapshot
            pdf = version.sudo().attachment_id
            answers[version] = (
                snapshot.digest(document) == version.sha256
                and document["previous"] == (version.previous_id.sha256 or None)
                and document["number"] == version.number
                and (not pdf or version._pdf_digest(pdf) == version.attachment_sha256)
            )
        return answers

    def action_verify(self):
        """Say whether these versions are as they were published."""
        self.check_access("read")
        broken = [version for version, right in self._verify().items() if not right]
        if broken:
            kind, text = (
                "danger",
                self.env._(
                    "Altered since it was published: %(versions)s. Restore it from a "
                    "backup and find out who changed the database.",
                    versions=", ".join(version.display_name for version in broken),
                ),
            )
        else:
            kind, text = (
                "success",
                self.env._(
                    "%(count)s version(s) verified: nothing was altered.",
                    count=len(self),
                ),
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": kind, "message": text, "sticky": bool(broken)},
        }

    def _lines(self):
        """The shifts as they are read: ``{date, start, stop, post, site, …}``."""
        self.ensure_one()
        known = self._version_known()
        told = known._told() if known else []
        changes = {d.shift: d.kind for d in snapshot.differences(told, self._told())}
        return [
            {
                **row,
                "date": format_date(
                    self.env, row["local_start"][:10], date_format="EEEE d MMMM"
                ),
                "from": row["local_start"][11:16],
                "to": row["local_stop"][11:16],
                "duration": "{}:{:02}".format(*divmod(row["minutes"], 60)),
                "change": changes.get(row["shift_id"]) if known else None,
            }
            for row in self._told()
        ]

    def _told(self):
        return self.snapshot["shifts"]

    def _version_known(self):
        """The version before that its guard may know: one that was replaced before it
        was sent, and that he did not read, told him nothing. Empty: he knows none."""
        self.ensure_one()
        known = self.previous_id
        while known.state == "replaced" and not known.acknowledged_at:
            known = known.previous_id
        return known

    def _taken_away(self):
        """Rows of the version that he knows that are gone."""
        self.ensure_one()
        known = self._version_known()
        if not known:
            return []
        told = {row["shift_id"] for row in self._told()}
        return [line for line in known._lines() if line["shift_id"] not in told]
