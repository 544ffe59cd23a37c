from dataclasses import replace

from odoo import models

from odoo.addons.security_workforce.engine import limits


class HrEmployee(models.Model):
    """Who could take a shift, and if not, why."""

    _inherit = "hr.employee"

    def _security_persons(self, start, stop):
        persons = super()._security_persons(start, stop)
        overtime = self.env["security.shift"]._overtime_before(persons, start)
        return {
            key: [replace(person, overtime=overtime[key]) for person in terms]
            for key, terms in persons.items()
        }

    def _security_plans(self, slots, without=()):
        """What the rules look at around some slots, read once for all guards.

        :param slots, without: see ``_security_verdicts``
        :return: ``({employee id: [Person]}, {employee id: [Slot]})``
        """
        Shift = self.env["security.shift"].sudo()
        # As far ahead as back: what follows may be put in the wrong by the slot.
        reach = max(Shift._engine_windows())
        start = min(slot.start for slot in slots) - reach
        stop = max(slot.stop for slot in slots) + reach
        known = Shift._engine_slots(self.ids, start, stop, without=without)
        return self._security_persons(start, stop), known

    def _security_verdicts(self, slots, without=(), plans=None):
        """What the rules would say of each of these guards on each of these slots.

        :param slots: list of ``engine.facts.Slot``, each judged by itself
        :param without: ids of shifts to leave out (the one that would move)
        :param plans: what ``_security_plans`` gave for them, when it is known already
        :return: ``{employee id: [[Finding], …]}``, one list for each slot, in order
        """
        Shift = self.env["security.shift"].sudo()
        persons, known = plans or self._security_plans(slots, without)
        answers = {key: [] for key in self.ids}
        for slot in slots:
            asked = Shift._mark_accompanied(persons, {key: [slot] for key in self.ids})
            teams = Shift._teams_of([slot], persons, without)
            for key, terms in persons.items():
                plan = [*known.get(key, ()), *asked[key]]
                found = limits.check_dated(terms, plan)
                for requirement, others in teams.items():
                    found += limits.check_team(
                        [*others, (terms[0], asked[key][0])], requirement
                    )
                answers[key].append([f for f in found if slot.key in f.involved])
        return answers
