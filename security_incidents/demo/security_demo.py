from datetime import timedelta

from odoo import api, fields, models


class SecurityDemo(models.AbstractModel):
    """Adds what happened on the posts of the demonstration firm."""

    _inherit = "security.demo"

    @api.model
    def _build_incidents(self):
        """One incident of last month, reported by the operator and closed."""
        first_of_month = fields.Datetime.now().replace(
            day=1, hour=0, minute=0, second=0, microsecond=0
        )
        shift = self.env["security.shift"].search(
            [("state", "=", "done"), ("date_stop", "<", first_of_month)],
            order="date_stop desc, id",
            limit=1,
        )
        if not shift:
            return
        operator = self.env["res.users"].search([("login", "=", "operator")])
        incidents = self.env["security.incident"].with_user(operator or self.env.user)
        incident = incidents.create(
            {
                "shift_id": shift.id,
                "title": "Vitre brisée au rez-de-chaussée",
                "kind": "damage",
                "severity": "1",
                "date": shift.date_start + timedelta(hours=3),
                "description": "<p>Pendant sa ronde, l'agent constate une vitre brisée "
                "côté parking. Personne sur place, aucune trace d'intrusion. Levée de "
                "doute faite avec le PC sécurité, photos prises, client prévenu.</p>",
            }
        )
        incident.action_report()
        incident.closing_note = (
            "Vitre sécurisée par le client le matin même, dépôt de plainte fait. "
            "Ronde côté parking ajoutée aux consignes de nuit."
        )
        incident.action_close()

    @api.model
    def _build_logbook(self):
        """A night of the last shift that was worked, as its guard wrote it down."""
        now = fields.Datetime.now()
        shift = self.env["security.shift"].search(
            [("state", "=", "done"), ("date_stop", "<", now)],
            order="date_stop desc, id",
            limit=1,
        )
        if not shift:
            return
        night = [
            (0, "nothing", "Prise de poste, matériel complet, rien à signaler.", []),
            (70, "visit", "Livraison au quai 2, bon signé.", ["visitor"]),
            (190, "fault", "Éclairage du parking en panne, PC sécurité avisé.", []),
            (320, "keys", "Clé du local technique remise au prestataire.", ["visitor"]),
        ]
        for minutes, category, text, roles in night:
            self.env["security.logbook.entry"]._note(
                shift.site_id,
                "note",
                shift.date_start + timedelta(minutes=minutes),
                shift=shift,
                category=category,
                text=text,
                persons=[{"role": role, "name": ""} for role in roles],
            )
