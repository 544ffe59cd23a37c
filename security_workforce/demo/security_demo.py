from odoo import api, models


class SecurityDemo(models.AbstractModel):
    """Builds the demonstration firm, through the same methods as users."""

    _name = "security.demo"
    _description = "Security Demonstration Data"

    @api.model
    def _build_all(self):
        """Build what every installed module of the suite shows."""
        for part in ("workforce", "missions", "incidents", "access", "compliance"):
            if build := getattr(self, f"_build_{part}", None):
                build()

    @api.model
    def _build_workforce(self):
        """Build the firm, its users, its guards and their cards."""
