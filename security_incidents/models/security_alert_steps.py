from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import alert as engine
from .security_alert import OPEN

CRON = "security_incidents.ir_cron_alert"
LONGEST_SHELVING = timedelta(hours=8)


class SecurityAlert(models.Model):
    """The steps of an alarm, each with its line in the log."""

    _inherit = "security.alert"

    # ------------------------------------------------------------
    # FOR OUR OTHER MODELS
    # ------------------------------------------------------------

    @api.model
    def _raise_alert(
        self,
        kind,
        *,
        shift=None,
        site=None,
        employee=None,
        company=None,
        raised_at=None,
        key=None,
        details="",
        silent=False,
    ):
        """Raise an alarm, or find the one that was raised for the same fact.

        :param kind: one of ``KINDS``
        :param shift: gives site, post, guard and company where they are not given
        :param raised_at: naive UTC time of the fact; now when it is not given
        :param key: text; the same kind and key in one company is the same alarm
        :return: the alarm, in sudo
        """
        # sudo: an alarm is raised by a guard or by the server, who write no register.
        Alert = self.sudo()
        shift = (shift or self.env["security.shift"]).sudo()
        site = (site or shift.site_id).sudo()
        employee = (employee or shift.employee_id).sudo()
        company = company or shift.company_id or site.company_id or employee.company_id
        if key and (known := Alert._known(company, kind, key)):
            return known
        now = fields.Datetime.now()
        alert = Alert.create(
            {
                "kind": kind,
                "key": key,
                "shift_id": shift.id,
                "post_id": shift.post_id.id,
                "site_id": site.id,
                "employee_id": employee.id,
                "company_id": company.id,
                # A clock ahead of ours makes no alarm of the future.
                "raised_at": min(raised_at or now, now),
                "received_at": now,
                "details": details,
                "silent": silent,
            }
        )
        alert._log("raised", note=details)
        alert._plan()
        alert._tell()
        return alert

    @api.model
    def _known(self, company, kind, key):
        return self.search(
            [("company_id", "=", company.id), ("kind", "=", kind), ("key", "=", key)]
        )

    def _back_to_normal(self, at, note):
        """The cause is over: told to the operators, who close the alarm themselves."""
        for alert in self.sudo().filtered(
            lambda a: a.state in OPEN and not a.normal_at
        ):
            alert._set({"normal_at": at})
            alert._log("normal", note=note)
            alert._plan()
        self._tell()

    def _withdraw(self, at):
        """The guard says that it was a mistake: he may be forced to, so it stays."""
        for alert in self.sudo():
            if not alert.normal_at:
                alert._set({"normal_at": at})
            alert._log(
                "withdrawn",
                note=self.env._("Call the guard and make sure before you close it."),
            )
        self._tell()

    def _add_position(self, date, latitude, longitude, accuracy):
        """Where the phone was at ``date``; the log of the alarm is not flooded."""
        position = (
            self.env["security.alert.position"]
            .sudo()
            .create(
                {
                    "alert_id": self.id,
                    "date": date,
                    "latitude": latitude,
                    "longitude": longitude,
                    "accuracy": accuracy or 0,
                }
            )
        )
        self._tell()
        return position

    # ------------------------------------------------------------
    # ACTIONS OF OPERATORS
    # ------------------------------------------------------------

    def action_acknowledge(self):
        """Take these alarms; whoever comes second is told who has them.

        :raises UserError: somebody else took one, or it is closed
        """
        self._require_watcher()
        self._lock()
        self._require_open()
        for alert in self.sudo():
            if alert.acknowledged_by == self.env.user:
                continue
            if alert.acknowledged_by:
                raise UserError(
                    self.env._(
                        "%(user)s took %(alert)s at %(time)s: speak to each other "
                        "before you act.",
                        user=alert.acknowledged_by.name,
                        alert=alert.display_name,
                        time=alert._at(alert.acknowledged_at),
                    )
                )
            alert._set(
                {
                    "state": "acknowledged",
                    "acknowledged_by": self.env.uid,
                    "acknowledged_at": fields.Datetime.now(),
                    **alert._shelving_over(),
                }
            )
            alert._log("acknowledged")
            alert._plan()
        self._tell()

    def action_note(self, note, called=False):
        """Add a remark, or say that the guard was called."""
        self._require_watcher()
        self._require_open()
        note = (note or "").strip()
        if not note and not called:
            raise UserError(self.env._("Nothing was written: say what happened."))
        self.sudo()._log("called" if called else "note", note=note)
        self._tell()

    def action_shelve(self, reason, until):
        """Put alarms aside for a reason until an hour; an SOS never is.

        :param reason: words
        :param until: UTC text or datetime, eight hours from now at most
        """
        self._require_watcher()
        self._lock()
        reason, now = (reason or "").strip(), fields.Datetime.now()
        until = fields.Datetime.to_datetime(until)
        if not reason or not until:
            raise UserError(
                self.env._("Say why the alarm is put aside, and until what time.")
            )
        for alert in self.sudo():
            why = engine.refusal_of_shelving(
                alert._facts(), now, until, LONGEST_SHELVING
            )
            if why:
                raise UserError(alert._shelving_refused(why))
            alert._set(
                {
                    "state": "shelved",
                    "shelved_from": now,
                    "shelved_until": until,
                    "shelved_reason": reason,
                }
            )
            alert._log("shelved", note=reason)
            alert._plan()
        self._tell()

    def action_close(self, note):
        """Close alarms; the note says what was done and found.

        :raises UserError: no note, or closed already
        """
        self._require_watcher()
        self._lock()
        self._require_open()
        note = (note or "").strip()
        if not note:
            raise UserError(
                self.env._(
                    "Write the closing note first: who was reached, what was done and "
                    "what was found. The alarm stays open until then."
                )
            )
        now = fields.Datetime.now()
        for alert in self.sudo():
            taken = {}
            if not alert.acknowledged_at:
                taken = {"acknowledged_by": self.env.uid, "acknowledged_at": now}
            alert._set(
                {
                    **taken,
                    "state": "closed",
                    "closed_by": self.env.uid,
                    "closed_at": now,
                    "closing_note": note,
                }
            )
            alert._log("closed", note=note)
            alert._plan()
        self._tell()

    # ------------------------------------------------------------
    # TOOLS
    # ------------------------------------------------------------

    def _set(self, vals):
        # sudo: nobody has the right to write this register.
        self.sudo().write(vals)

    def _shelving_over(self):
        """What ends a shelving that is still running: taking the alarm does."""
        now = fields.Datetime.now()
        running = self.shelved_until and self.shelved_until > now
        return {"shelved_until": now} if running else {}

    def _plan(self):
        """Write when the alarm changes by itself, and wake the cron for it.

        The instant is in the table: whatever is due is found again after a crash.
        """
        cron = self.env.ref(CRON).sudo()
        now = fields.Datetime.now()
        for alert in self.sudo():
            delays = alert.company_id._alert_delays()
            change = engine.next_change(alert._facts(), now, delays)
            alert._set({"next_change": change})
            if change:
                # Now, to wait for the instant by the second; then, should it stop.
                cron._trigger([now, change])

    def _log(self, kind, note="", **values):
        user = self.env.user
        by_server = user == self.env.ref("base.user_root")
        self.env["security.alert.event"].sudo().create(
            [
                {
                    "alert_id": alert.id,
                    "kind": kind,
                    "date": fields.Datetime.now(),
                    "user_id": not by_server and user.id,
                    "user_name": not by_server and user.name,
                    "note": note,
                    **values,
                }
                for alert in self
            ]
        )

    def _shelving_refused(self, why):
        texts = {
            "closed": self.env._(
                "%(alert)s is closed: nothing is left to put aside.",
                alert=self.display_name,
            ),
            "never": self.env._(
                "%(alert)s is a call for help and is never put aside: take it and "
                "reach the guard.",
                alert=self.display_name,
            ),
            "past": self.env._(
                "The end of the shelving is over already: choose a later time."
            ),
            "too_long": self.env._(
                "An alarm is put aside for eight hours at most: choose an earlier time."
            ),
        }
        return texts[why]
