from odoo import api, fields, models


class SecurityAlert(models.Model):
    """An alarm, its taking and its end are entries of the log book of its site."""

    _inherit = "security.alert"

    @api.model_create_multi
    def create(self, vals_list):
        alerts = super().create(vals_list)
        alerts._write_in_logbook("raised")
        return alerts

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") in ("acknowledged", "closed"):
            self._write_in_logbook(vals["state"])
        return result

    def _write_in_logbook(self, step):
        notes = [alert._log_note(step) for alert in self.sudo() if alert.site_id]
        if notes:
            self.env["security.logbook.entry"]._note_many(notes)

    def _log_note(self, step):
        lang = self.company_id.partner_id.lang or self.env.lang
        alert = self.with_context(lang=lang)
        kinds = dict(alert._fields["kind"]._description_selection(alert.env))
        names = {
            "alarm": kinds[alert.kind],
            "guard": alert.employee_id.name or "-",
            "user": self.env.user.name,
        }
        words = {
            "raised": lambda: alert.env._("Alarm: %(alarm)s, %(guard)s.", **names),
            "acknowledged": lambda: alert.env._(
                "Alarm taken by %(user)s: %(alarm)s, %(guard)s.", **names
            ),
            "closed": lambda: alert.env._(
                "Alarm closed by %(user)s: %(alarm)s, %(guard)s.", **names
            ),
        }
        return {
            "site": alert.site_id,
            "kind": "alarm",
            "at": alert.raised_at if step == "raised" else fields.Datetime.now(),
            "shift": alert.shift_id,
            "employee": alert.employee_id,
            "text": words[step](),
        }
