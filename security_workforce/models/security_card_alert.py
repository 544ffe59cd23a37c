from odoo import api, fields, models
from odoo.exceptions import UserError

PHASES = [
    ("early", "Nothing to do yet"),
    ("mac", "Skill upkeep (MAC) to follow"),
    ("open", "Renewal to ask for"),
    ("no_receipt", "Too late for a receipt"),
    ("asked", "Renewal asked for"),
    ("receipt", "Receipt that ends"),
    ("short", "Title that is not renewed"),
]


class SecurityCardAlert(models.Model):
    """One alert about the end of one card, sent once: who was told, when, of what.

    The line and the mail are written in one transaction, so none is lost or doubled.
    """

    _name = "security.card.alert"
    _description = "Card Expiry Alert"
    _order = "date desc, id desc"
    _check_company_auto = True

    card_id = fields.Many2one(
        "security.card",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    employee_id = fields.Many2one(
        related="card_id.employee_id", string="Guard", store=True, index=True
    )
    company_id = fields.Many2one(related="card_id.company_id", store=True, index=True)
    date_last_day = fields.Date(string="Last day of work", required=True)
    days = fields.Integer(string="Threshold (days)", required=True)
    days_left = fields.Integer(string="Days left that day", required=True)
    phase = fields.Selection(PHASES, string="Situation", required=True)
    date = fields.Datetime(
        string="Sent on", required=True, default=fields.Datetime.now, index=True
    )
    user_id = fields.Many2one("res.users", string="Card officer told")
    told = fields.Selection(
        [("mail", "By e-mail"), ("no_email", "No e-mail address")],
        string="Guard told",
        required=True,
    )
    email = fields.Char(
        groups="hr.group_hr_user,security_workforce.group_security_credential_officer"
    )
    lang = fields.Char(string="Language")

    # Two runs at once cannot send the same alert: the second one is undone.
    _once = models.UniqueIndex(
        "(card_id, date_last_day, days)", "This alert has been sent already."
    )

    # pylint: disable=method-required-super
    def write(self, vals):
        raise UserError(self.env._("A sent alert is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A sent alert is never deleted."))

    @api.depends("card_id.display_name", "days")
    def _compute_display_name(self):
        for alert in self:
            alert.display_name = self.env._(
                "%(card)s: %(days)s days before",
                card=alert.card_id.display_name,
                days=alert.days,
            )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    @api.model
    def _send(self, vals_list):
        """Record alerts, give the officers their activities, queue the guards' mails.

        Mails leave with the mail queue: nothing is sent if the transaction fails.
        """
        alerts = self.create(vals_list)
        alerts._schedule_activities()
        written = alerts.filtered(lambda alert: alert.told == "mail")
        if written:
            template = self.env.ref("security_workforce.mail_template_card_alert")
            template.send_mail_batch(written.ids)
        return alerts

    def _schedule_activities(self):
        """One open activity per card: a more urgent alert replaces the last one."""
        cards = self.card_id
        cards._alert_activities().unlink()
        activity_type = self.env.ref("security_workforce.mail_activity_card_expiry")
        model = self.env["ir.model"]._get("security.card")
        # Quiet: the officer has a list, one mail for each card would bury it.
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                {
                    "activity_type_id": activity_type.id,
                    "automated": True,
                    "date_deadline": alert._next_step_day(),
                    "res_model_id": model.id,
                    "res_id": alert.card_id.id,
                    "summary": alert._summary(),
                    "user_id": alert.user_id.id,
                }
                for alert in self
                if alert.user_id
            ]
        )

    def _next_step_day(self):
        """The day by which something must be done, today at the earliest."""
        self.ensure_one()
        card = self.card_id
        day = {
            "mac": card.renewal_opens,
            "open": card.renewal_deadline,
        }.get(self.phase, self.date_last_day)
        return max(day or self.date_last_day, fields.Date.context_today(self))

    def _summary(self):
        """What the officer has to do, in his language."""
        self.ensure_one()
        env = self.with_context(lang=self.user_id.lang or self.env.lang).env
        days = self.days_left
        match self.phase:
            case "mac":
                return env._("Ends in %s days: book the skill upkeep (MAC)", days)
            case "open":
                return env._("Ends in %s days: have the renewal asked for", days)
            case "no_receipt":
                return env._("Ends in %s days: too late for a receipt, ask today", days)
            case "asked":
                return env._("Ends in %s days: renewal asked for, no answer yet", days)
            case "receipt":
                return env._("Receipt ends in %s days: new receipt or new card", days)
            case "short":
                return env._("Ends in %s days and is not renewed", days)
        return env._("Ends in %s days", days)
