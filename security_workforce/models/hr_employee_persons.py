from odoo import fields, models

from ..engine.card_cover import WORKING_KINDS, WORKING_STATES
from ..engine.facts import Person, Qualification
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
        persons = {}
        for guard in guards:
            known = facts[guard.id]
            persons[guard.id] = Person(
                key=guard.id,
                titles=tuple(titles[guard.id]),
                last_check=checks.get(guard.id),
                qualifications=(
                    *known.pop("qualifications"),
                    *_cards_held(titles[guard.id]),
                ),
                **guard._engine_contract(),
                **known,
            )
        return persons

    def _last_card_checks(self):
        """``{employee id: day}`` of the latest verification of each."""
        groups = (
            self.env["security.card.check"]
            .sudo()
            ._read_group(
                [("employee_id", "in", self.ids)], ["employee_id"], ["date:max"]
            )
        )
        return {guard.id: fields.Date.to_date(last) for guard, last in groups}

    def _engine_contract(self):
        """What the contract in force says, and the figures that come with it."""
        self.ensure_one()
        version = self.version_id
        parameters = version._security_parameters()
        weekly = version._security_hours()
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


def _cards_held(titles):
    """The cards that are good for work, as a requirement asks for them."""
    for title in titles:
        if title.kind in WORKING_KINDS and title.state in WORKING_STATES and title.end:
            for activity in title.activities:
                yield Qualification(
                    ("activity", activity), title.code, 0, title.start, title.end
                )
