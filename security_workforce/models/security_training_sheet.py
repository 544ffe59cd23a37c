from odoo import models
from odoo.tools import format_date, format_time

from ..engine import worktime
from .security_training_session import in_hours

# Half-days side by side on a sheet: five days.
COLUMNS = 10
SIGNING = ("proposed", "invited", "confirmed", "present", "passed", "failed")


class SecurityTrainingSession(models.Model):
    """What the presence sheet prints."""

    _inherit = "security.training.session"

    def action_print_sheet(self):
        """Print the presence sheet."""
        report = self.env.ref("security_workforce.security_training_sheet_report")
        return report.report_action(self)

    def _sheet_attendees(self):
        """Those who are to sign, in the order of their names."""
        return self.attendee_ids.filtered(lambda a: a.state in SIGNING).sorted(
            lambda a: (a.employee_id.name or "", a.id)
        )

    def _sheets(self):
        """The half-days in words, as many for each sheet as there is room for.

        :return: list of lists of ``{"day", "times"}``; one sheet without columns for a
            session without half-days
        """
        columns = [
            {"day": day, "times": f"{start} – {stop}"}
            for day, start, stop in self._half_days_local()
        ]
        return [
            columns[first : first + COLUMNS]
            for first in range(0, len(columns) or 1, COLUMNS)
        ]

    def _half_days_local(self, date_format="EEE d MMM"):
        """[(day, start, stop)] in words of the user, on the clock of the place."""
        zone = self._zone()
        for slot in self.slot_ids.sorted("date_start"):
            start, stop = (
                worktime.local(instant, zone).replace(tzinfo=None)
                for instant in (slot.date_start, slot.date_stop)
            )
            yield (
                format_date(self.env, start.date(), date_format=date_format),
                format_time(self.env, start.time(), time_format="HH:mm"),
                format_time(self.env, stop.time(), time_format="HH:mm"),
            )

    def _hours_in_words(self):
        return in_hours(self.hours)

    def _legal_hours_in_words(self):
        return in_hours(self.legal_hours)

    def _place_in_words(self):
        """Name and address of the place on one line."""
        place = self.place_id
        address = place._display_address(without_company=True) if place else ""
        lines = [place.name or "", *address.split("\n")]
        return ", ".join(line.strip() for line in lines if line.strip())
