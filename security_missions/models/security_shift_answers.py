from odoo import models
from odoo.tools import SQL

from .security_shift_eligibility import FIELDS

# Below, the ORM stores them as it stores everything: in lots of a hundred.
MANY = 100


class SecurityShift(models.Model):
    """Storing what the rules say, of one shift or of a month of them."""

    _inherit = "security.shift"

    def _store_answers(self, answers):
        """Store the verdict and the findings of these shifts.

        :param answers: ``{shift: (eligibility, eligibility_findings)}``
        """
        if len(answers) > MANY and all(self._ids) and self == self._origin:
            self._store_at_once(answers)
            return
        for shift, values in answers.items():
            shift.eligibility, shift.eligibility_findings = values

    def _store_at_once(self, answers):
        """One statement whatever the number of shifts; only called by the compute, so
        that nothing depends on these fields that was not told already. A shift of which
        the same is said as before is not written."""
        columns = [self._fields[name] for name in FIELDS]
        rows = [
            (
                shift.id,
                *(
                    field.convert_to_column_insert(value, shift)
                    for field, value in zip(columns, values, strict=True)
                ),
            )
            for shift, values in answers.items()
        ]
        ids, verdicts, findings = (list(column) for column in zip(*rows, strict=True))
        self.env.execute_query(
            SQL(
                """
                UPDATE security_shift AS shift
                   SET eligibility = answer.eligibility,
                       eligibility_findings = answer.findings,
                       write_uid = %s,
                       write_date = %s
                  FROM unnest(%s::int[], %s::varchar[], %s::jsonb[])
                       AS answer(id, eligibility, findings)
                 WHERE shift.id = answer.id
                   AND (shift.eligibility, shift.eligibility_findings)
                       IS DISTINCT FROM (answer.eligibility, answer.findings)
                """,
                self.env.uid,
                self.env.cr.now(),
                ids,
                verdicts,
                findings,
            )
        )
        for shift, values in answers.items():
            for field, value in zip(columns, values, strict=True):
                field._update_cache(shift, field.convert_to_cache(value, shift))
