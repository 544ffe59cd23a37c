from datetime import timedelta

from odoo import fields, models

from .workforce_people import DOMAIN

# Guards whose card is to be renewed: how far their file is.
RENEWALS = {
    "Julien Perrin": "mac",
    "Laura Fontaine": "request",
    "Sofiane Haddad": "decision",
    "Vanessa Kuntz": "booked",
    "Cédric Blanchard": "decision",
}
BODY = "Vigie Formation"
# Nobody knows where these two can be written to.
WITHOUT_ADDRESS = ("Priscilla Nguema", "Vanessa Kuntz")
# Hired lately: not yet on the list of the CNAPS.
NOT_ATTACHED = ("Samuel Okoye", "Adama Coulibaly")
# Left, and still on it.
LEFT = "Gilles Tessier"


class SecurityDemo(models.AbstractModel):
    """Renewals under way, alerts sent and the list kept at the CNAPS."""

    _inherit = "security.demo"

    def _create_guards_as_officer(self, company):
        result = super()._create_guards_as_officer(company)
        today = fields.Date.context_today(self)
        company.sudo().security_card_officer_id = self.env.user
        self._write_addresses()
        self._open_renewals(today)
        self._attach_guards(company)
        self._send_alerts(company)
        return result

    def _write_addresses(self):
        names = set(RENEWALS) - set(WITHOUT_ADDRESS)
        for guard in self._demo_guards().filtered(lambda g: g.name in names):
            first, _space, last = guard.name.lower().partition(" ")
            slug = self.env["ir.http"]._slugify
            guard.private_email = f"{slug(first)}.{slug(last)}@mail.{DOMAIN}"

    def _open_renewals(self, today):
        cards = self.env["security.card"].search(
            [("employee_id.name", "in", list(RENEWALS)), ("kind", "=", "card")]
        )
        ready = cards._without_renewal()
        ready.action_open_renewals()
        for renewal in ready.renewal_ids:
            self._live_renewal(renewal, RENEWALS[renewal.employee_id.name], today)

    def _live_renewal(self, renewal, story, today):
        """Bring a file as far as its story, through the buttons."""
        if renewal.step == "mac":
            renewal.mac_body = BODY
            renewal.mac_booked_on = today + timedelta(days=17)
        if story in ("mac", "booked") or not renewal.mac_from:
            return
        renewal.mac_booked_on = today - timedelta(days=44)
        renewal.mac_obtained_on = today - timedelta(days=40)
        if story == "decision" and renewal.renewal_opens <= today:
            renewal.requested_on = max(
                renewal.renewal_opens, today - timedelta(days=12)
            )
            renewal.request_reference = f"DR-{today.year}-{renewal.id:06}"
            renewal.expected_on = today + timedelta(days=20)

    def _attach_guards(self, company):
        guards = self._demo_guards().filtered(lambda g: g.name not in NOT_ATTACHED)
        cards = self.env["security.card"].search([("employee_id", "in", guards.ids)])
        cards.action_attach()
        left = self.env["hr.employee"].create(
            {"name": LEFT, "company_id": company.id, "job_id": guards[0].job_id.id}
        )
        self.env["security.attachment"].create(
            {
                "employee_id": left.id,
                "activity_id": cards[0].activity_id.id,
                "date_attached": fields.Date.context_today(self) - timedelta(days=400),
            }
        )
        left.active = False
        attachments = self.env["security.attachment"].search(
            [("company_id", "=", company.id), ("to_detach", "=", True)]
        )
        attachments.sudo()._remind(self.env.user)

    def _send_alerts(self, company):
        ours = self.env["security.card"].search([("company_id", "=", company.id)])
        due = self.env["security.card"].sudo()._alerts_due()
        alerts = self.env["security.card.alert"].sudo()
        sent = alerts._send([vals for vals in due if vals["card_id"] in ours.ids])
        # Invented addresses: nothing leaves.
        self.env["mail.mail"].sudo().search(
            [("model", "=", alerts._name), ("res_id", "in", sent.ids)]
        ).unlink()
