from datetime import date

from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

TODAY = date(2026, 11, 23)
NOW = "2026-11-23 09:00:00"
# Operations, for the tables of who may do what.
OPERATIONS = READ, WRITE, CREATE, UNLINK = "read", "write", "create", "unlink"
ALL = frozenset(OPERATIONS)


class WorkforceCase(BaseCommon):
    """Two guards of a French firm of their own, an activity, an officer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create(
            {"name": "Test Guarding", "country_id": cls.env.ref("base.fr").id}
        )
        cls.company.resource_calendar_id.tz = "Europe/Paris"
        cls.env.user.company_ids |= cls.company
        cls.env = cls.env(
            context=dict(cls.env.context, allowed_company_ids=cls.company.ids)
        )
        cls.sh = cls.env.ref("security_workforce.activity_sh")
        cls.sge = cls.env.ref("security_workforce.activity_sge")
        cls.cyno = cls.env.ref("security_workforce.activity_cyno")
        cls.anna, cls.boris = cls.env["hr.employee"].create(
            [
                {"name": name, "company_id": cls.company.id}
                for name in ("Anna Test", "Boris Test")
            ]
        )
        cls.Card = cls.env["security.card"]
        cls.Check = cls.env["security.card.check"]
        cls.officer = cls.new_user("officer", "group_security_credential_officer")

    @classmethod
    def new_user(cls, login, *groups):
        """An internal user of the test firm; short names are groups of this module."""
        names = [g if "." in g else f"security_workforce.{g}" for g in groups]
        return new_test_user(
            cls.env,
            f"workforce_{login}",
            groups=",".join(["base.group_user", *names]),
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    @classmethod
    def new_card(cls, employee=None, verified=True, **vals):
        """A card of Anna for SH, from 2024 to 2029 unless told, verified or not."""
        values = {
            "employee_id": (employee or cls.anna).id,
            "activity_id": cls.sh.id,
            "number": "CAR-075-2029-02-01-20240123456",
            "date_issued": "2024-02-02",
            **vals,
        }
        card = cls.Card.create(values)
        if verified:
            cls.verify(card)
        return card

    @classmethod
    def verify(cls, card, result="valid", **vals):
        """Record a verification of a card."""
        return cls.Check.create({"card_id": card.id, "result": result, **vals})
