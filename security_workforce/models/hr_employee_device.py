import json

from odoo import models


class HrEmployee(models.Model):
    """The phone of a guard."""

    _inherit = "hr.employee"

    def action_enrol_phone(self):
        """Show the code with which this guard enrols his phone."""
        return self.env["security.device.code"]._open_for(self)

    def _wake_phones(self, sentence, screen=""):
        """Show these guards a sentence on the phones that wish it, once committed.

        It says what there is to look at, never what is in it: a locked screen is read
        by others.

        :param sentence: ``environment -> text``, asked once for each language
        :param screen: what a touch opens, the name of a screen of the page
        """
        # sudo: whoever changes a rota wakes the guards it is about.
        device = self.env["security.device"].sudo()
        phones = device.search(
            [
                ("employee_id", "in", self.ids),
                ("state", "=", "active"),
                ("push_device_id", "!=", False),
            ]
        )
        if not phones:
            return
        payloads = {
            lang: json.dumps(
                {
                    "title": sentence(phones.with_context(lang=lang).env),
                    "options": {"tag": screen, "data": {"screen": screen}},
                }
            )
            for lang in set(phones.employee_id.user_id.mapped("lang"))
        }
        phones.env["mail.push"].create(
            [
                {
                    "mail_push_device_id": phone.push_device_id.id,
                    "payload": payloads[phone.employee_id.user_id.lang],
                }
                for phone in phones
            ]
        )
        phones.env.ref("mail.ir_cron_web_push_notification")._trigger()


class HrEmployeePublic(models.Model):
    """The same for planners and operators, who read no HR file."""

    _inherit = "hr.employee.public"

    def action_enrol_phone(self):
        self.check_access("read")
        guard = self.env["hr.employee"].browse(self.ids)
        return self.env["security.device.code"]._open_for(guard)
