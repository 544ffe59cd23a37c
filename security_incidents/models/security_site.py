from odoo import fields, models


class SecuritySite(models.Model):
    """The way to the log book of a site."""

    _inherit = "security.site"

    # One at most; kept by the transaction that writes several entries.
    logbook_ids = fields.One2many(
        "security.logbook",
        "site_id",
        "Log Book",
        groups="security_workforce.group_security_user",
    )
    logbook_entry_count = fields.Integer(
        "Log Book Entries",
        compute="_compute_logbook_entry_count",
        groups="security_workforce.group_security_user",
    )

    def _compute_logbook_entry_count(self):
        counts = dict(
            self.env["security.logbook.entry"]._read_group(
                [("site_id", "in", self.ids)], ["site_id"], ["__count"]
            )
        )
        for site in self:
            site.logbook_entry_count = counts.get(site._origin, 0)

    def action_open_logbook(self):
        """What was written in the log book of this site."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_incidents.security_logbook_entry_action"
        )
        return {
            **action,
            "domain": [("site_id", "=", self.id)],
            "context": {"default_site_id": self.id},
        }
