from odoo import fields, models

from ..engine.facts import Person
from ..engine.parameters import Parameter

# The contract of a guard, as the rules name it: field of the version, field of Person.
VERSION_FIELDS = {
    "security_night_worker": "night_worker",
    "security_cycle": "cycle",
    "security_coefficient": "coefficient",
}


class HrEmployee(models.Model):
    """Each guard as the rules see him."""

    _inherit = "hr.employee"

    def _security_persons(self, start, stop):
        """``{employee id: engine.facts.Person}`` in a fixed number of queries.

        :param start, stop: naive UTC; the period whose absences count

        sudo: whoever plans needs the answer, whatever he may read of the file.
        """
        guards = self.sudo()
        facts = guards._security_person_facts(start, stop)
        titles = self.env["security.card"]._read_titles(self.ids)
        checks = guards._last_card_checks()
        trainings = self.env["security.training.attendee"].sudo()._absences(
            self.ids, start, stop
        )
        persons = {}
        for guard in guards:
            known = facts[guard.id]
            absences = (*known.pop("absences"), *trainings.get(guard.id, ()))
            persons[guard.id] = Person(
                key=guard.id,
                titles=tuple(titles[guard.id]),
                last_check=checks.get(guard.id),
                absences=absences,
                **guard._engine_contract(),
                **known,
            )
        return persons

    def _last_card_checks(self):
        """``{employee id: day}`` of the latest verification of each."""
        groups = self.env["security.card.check"].sudo()._read_group(
            [("employee_id", "in", self.ids)], ["employee_id"], ["date:max"]
        )
        return {guard.id: fields.Date.to_date(last) for guard, last in groups}

    def _engine_contract(self):
        """What the contract in force says, and the figures that come with it."""
        self.ensure_one()
        version = self.version_id
        regime = version.security_regime_id or self.company_id.security_regime_id
        parameters = self.env["security.parameter"].sudo()._for(
            regime.id, version.security_annex or None, self.company_id.id
        )
        weekly = (
            version.security_weekly_hours or version.resource_calendar_id.hours_per_week
        )
        today = fields.Date.context_today(self)
        # Without a legal figure nobody is part-time.
        full_time = parameters.get(
            "full_time_week_h", today, default=Parameter("full_time_week_h", weekly)
        )
        return {
            "parameters": parameters,
            "weekly_hours": weekly,
            "full_time": not weekly or weekly >= full_time.value,
            **{known: version[name] for name, known in VERSION_FIELDS.items()},
        }
