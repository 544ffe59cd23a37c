from datetime import timedelta

from odoo import api, fields, models

CALLED = timedelta(hours=3)
PLACE = (48.8566, 2.3522)


class SecurityDemo(models.AbstractModel):
    """A control room that has worked: a call for help, a bulletin, a lone guard."""

    _inherit = "security.demo"

    @api.model
    def _build_control_room(self):
        """On the last shift that is done and the posts of its site."""
        shift = self.env["security.shift"].search(
            [("state", "=", "done"), ("employee_id", "!=", False)],
            order="date_stop desc, id",
            limit=1,
        )
        if not shift:
            return
        shift.company_id.security_alert_phone = "+33 1 84 80 00 00"
        operator = self.env["res.users"].search([("login", "=", "operator")])
        self._close_one_sos(shift, operator or self.env.user)
        self._leave_one_alone(shift.site_id)
        self._publish_one_bulletin(operator or self.env.user)

    def _close_one_sos(self, shift, operator):
        fact = min(shift.date_start + CALLED, fields.Datetime.now())
        alert = self.env["security.alert"]._raise_alert(
            "sos", shift=shift, raised_at=fact, key="demo"
        )
        alert._add_position(fact, *PLACE, 12)
        alert = alert.with_user(operator)
        alert.action_acknowledge()
        alert.action_close(
            "Agent joint par téléphone : chute dans l'escalier de service, sans "
            "gravité. Relève envoyée, client prévenu, éclairage signalé."
        )

    def _leave_one_alone(self, site):
        post = site.post_ids[:1]
        post.write({"lone_worker": True, "lone_interval": 60})
        self.env["security.lone.band"].create(
            [
                {
                    "post_id": post.id,
                    "weekday": str(day),
                    "hour_start": 21,
                    "hour_stop": 6,
                    "interval": 30,
                }
                for day in range(7)
            ]
        )

    def _publish_one_bulletin(self, operator):
        """Everybody has it to read; one who works tomorrow has not opened his page."""
        bulletin = (
            self.env["security.bulletin"]
            .with_user(operator)
            .create(
                {
                    "name": "Lecteur de badges du portail 2 hors service",
                    "category": "announcement",
                    "body": "<p>Jusqu'à la réparation, contrôlez les entrées au "
                    "portail 1 et notez chaque passage sur le registre.</p>",
                    "for_all": True,
                }
            )
        )
        bulletin.action_publish()
