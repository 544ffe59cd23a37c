import re

from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

ID = re.compile(r"[0-9]{1,10}")


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

    def _text(self, typed):
        """What a form sent, as a text that can be kept; empty for a file."""
        return typed.replace("\0", "\ufffd") if isinstance(typed, str) else ""

    def _id(self, typed):
        """The id that a form sent; 0, which no record has, for anything else."""
        return int(typed) if ID.fullmatch(self._text(typed)) else 0
