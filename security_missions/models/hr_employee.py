from odoo import models

from odoo.addons.security_workforce.engine import limits


class HrEmployee(models.Model):
    """Who could take a shift, and if not, why."""

    _inherit = "hr.employee"

    def _security_verdicts(self, slots, without=()):
        """What the rules would say of each of these guards on each of these slots.

        :param slots: list of ``engine.facts.Slot``, each judged by itself
        :param without: ids of shifts to leave out (the one that would move)
        :return: ``{employee id: [[Finding], …]}``, one list for each slot, in order
        """
        Shift = self.env["security.shift"].sudo()
        before, after = Shift._engine_windows()
        start = min(slot.start for slot in slots) - before
        stop = max(slot.stop for slot in slots) + after
        known = Shift._engine_slots(self.ids, start, stop, without=without)
        persons = self._security_persons(start, stop)
        answers = {key: [] for key in self.ids}
        for slot in slots:
            asked = Shift._mark_accompanied(persons, {key: [slot] for key in self.ids})
            for key, person in persons.items():
                plan = [*known.get(key, ()), *asked[key]]
                found = limits.check(person, plan)
                answers[key].append([f for f in found if slot.key in f.involved])
        return answers
