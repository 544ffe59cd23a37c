from odoo import models

# How many entries of the posts of today a phone keeps, for what the relief must know.
LAST = 30
# Buttons of a phone's screen, at most.
MOST_CATEGORIES = 60
# Kinds of entries that a guard may put right; the others are what the suite has seen.
BY_HAND = ("note", "correction")


class SecurityDevice(models.Model):
    _inherit = "security.device"

    def _bundle(self):
        return super()._bundle() | {"logbook": self._bundle_logbook()}

    def _bundle_logbook(self):
        """Categories, roles, and the last entries of the guard's posts of today."""
        Entry = self.env["security.logbook.entry"]
        # sudo: guards read no categories; the entries are those of their own posts.
        categories = self.env["security.logbook.category"].sudo()
        categories = categories.search([], limit=MOST_CATEGORIES)
        entries = Entry.sudo().search(
            [("post_id", "in", Entry._posts_on_duty().ids)], limit=LAST
        )
        mine = self.sudo().employee_id
        return {
            "categories": [
                {"id": c.id, "code": c.code, "name": c.name}
                for c in categories.filtered("is_quick")
            ],
            "roles": [{"code": k, "name": name} for k, name in Entry._roles().items()],
            "entries": [
                {
                    "uuid": entry.uuid,
                    "site": entry.site_id.name,
                    "post": entry.post_id.name,
                    "tz": entry.site_id.tz,
                    "at": entry.happened_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
                    "category": entry.category_id.name,
                    "text": entry.text or "",
                    "author": entry.author_name or "",
                    "mine": entry.employee_id == mine,
                    "redacted": entry.is_redacted,
                    "automatic": entry.kind not in BY_HAND,
                }
                for entry in entries
            ],
        }
