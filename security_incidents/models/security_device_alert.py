from datetime import timedelta

from odoo import fields, models
from odoo.tools import html2plaintext

AHEAD = timedelta(days=2)
BEHIND = timedelta(days=1)
MESSAGES = 30
# A call for help is followed on the phone for so long after its end.
FOLLOWED = timedelta(hours=12)


class SecurityDevice(models.Model):
    """What the phone keeps about safety, bulletins and conversations."""

    _inherit = "security.device"

    def _bundle(self):
        """Bulletins, conversations, checks to answer and calls for help of this guard.

        Shapes::

            "alarm": {"phone": text, "sos": [{"uuid", "state", "taken_by", "raised"}]}
            "checks": [{"shift", "dues": [{"due", "opens", "ends", "answered"}]}]
            "bulletins": [{"id", "name", "category", "text", "photo", "published",
                           "expires", "read"}]
            "channels": [{"id", "name", "messages": [{"id", "author", "mine", "date",
                          "text"}]}]
        """
        return super()._bundle() | {
            "alarm": self._bundle_alarm(),
            "checks": self._bundle_checks(),
            "bulletins": self._bundle_bulletins(),
            "channels": self._bundle_channels(),
        }

    def _bundle_alarm(self):
        company = self.company_id.sudo()
        # sudo: a guard reads no register of alarms; his own are found by his name.
        alerts = (
            self.env["security.alert"]
            .sudo()
            .search(
                [
                    ("kind", "=", "sos"),
                    ("employee_id", "=", self.employee_id.id),
                    ("received_at", ">", fields.Datetime.now() - FOLLOWED),
                ],
                limit=5,
            )
        )
        return {
            "phone": company.security_alert_phone or company.phone or "",
            "sos": [
                {
                    "uuid": alert.key,
                    "state": alert.state,
                    "taken_by": alert.acknowledged_by.name or "",
                    "raised": _iso(alert.raised_at),
                }
                for alert in alerts
            ],
        }

    def _bundle_checks(self):
        """Instants at which the phone asks, on posts where the guard is alone.

        Before the clock-in they are counted from the planned start, unless the post
        has a week of its own.
        """
        now = fields.Datetime.now()
        shifts = self.env["security.shift"].search(
            [
                ("employee_id", "=", self.employee_id.id),
                ("state", "in", ("published", "started")),
                ("date_stop", ">", now - BEHIND),
                ("date_start", "<", now + AHEAD),
            ]
        )
        # sudo: posts are not read by guards; these shifts are theirs.
        shifts = shifts.sudo().filtered("post_id.lone_worker")
        return [
            {
                "shift": shift.id,
                "dues": [
                    {
                        "due": _iso(check.due),
                        "opens": _iso(check.opens),
                        "ends": _iso(check.ends),
                        "answered": bool(check.answered),
                    }
                    for check in shift._checks()
                ],
            }
            for shift in shifts
        ]

    def _bundle_bulletins(self):
        readings = self.env["security.bulletin.reading"].search(
            [
                ("employee_id", "=", self.employee_id.id),
                ("bulletin_id.state", "=", "published"),
            ],
            order="id desc",
            limit=50,
        )
        return [
            {
                "id": reading.bulletin_id.id,
                "name": reading.bulletin_id.name,
                "category": reading.bulletin_id.category,
                "text": html2plaintext(reading.bulletin_id.body or "").strip(),
                "photo": reading.bulletin_id._photo_text(),
                "published": _iso(reading.bulletin_id.date_published),
                "expires": _iso(reading.bulletin_id.date_expires),
                "read": _iso(reading.read_at),
            }
            for reading in readings
        ]

    def _bundle_channels(self):
        channels = self.env["discuss.channel"]._own_security_channels()
        me = self.env.user.partner_id
        rows = []
        for channel in channels:
            # sudo: names of colleagues in a conversation this guard is a member of.
            messages = (
                self.env["mail.message"]
                .sudo()
                .search(
                    [
                        ("model", "=", "discuss.channel"),
                        ("res_id", "=", channel.id),
                        ("message_type", "=", "comment"),
                    ],
                    order="id desc",
                    limit=MESSAGES,
                )
            )
            rows.append(
                {
                    "id": channel.id,
                    "name": channel.name,
                    "messages": [
                        {
                            "id": message.id,
                            "author": message.author_id.name or "",
                            "mine": message.author_id == me,
                            "date": _iso(message.date),
                            "text": html2plaintext(message.body or "").strip(),
                        }
                        for message in reversed(messages)
                    ],
                }
            )
        return rows


def _iso(instant):
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ") if instant else None
