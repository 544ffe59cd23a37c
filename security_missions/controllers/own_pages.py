from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class OwnPages(CustomerPortal):
    """Pages on which a guard finds what is his, whatever more his groups let him
    read."""

    def _own_guards(self):
        """The ``hr.employee`` of the user who asks, one in each of his firms.

        sudo: portal users read no employee, not even themselves.
        """
        return (
            request.env["hr.employee"]
            .sudo()
            .search([("user_id", "=", request.env.uid)])
        )
