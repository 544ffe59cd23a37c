from odoo import api, fields, models
from odoo.tools import SQL


class SecurityLifeSign(models.Model):
    """When the phone of a guard was heard last, on each of his shifts.

    One row per shift, overwritten: a history of each minute would be a surveillance
    nobody asked for.
    """

    _name = "security.life.sign"
    _description = "Last Sign of Life"
    _order = "last_at desc, id desc"
    _check_company_auto = True

    shift_id = fields.Many2one(
        "security.shift", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="shift_id.company_id", store=True, index=True, precompute=True
    )
    last_at = fields.Datetime("Last Sign", required=True, readonly=True)
    battery = fields.Integer(
        "Battery (%)", readonly=True, help="Less than zero: the phone did not say."
    )

    _shift_uniq = models.Constraint(
        "UNIQUE (shift_id)", "A shift has one last sign of life."
    )

    @api.model
    def _hear(self, shift, at, battery=None):
        """The phone was heard: an older sign that comes late changes nothing.

        :param at: naive UTC time of the fact; one of the future counts as now
        """
        at = min(at, fields.Datetime.now())
        self.flush_model()
        # One statement, so that two phones or two requests cannot undo each other.
        self.env.cr.execute(
            SQL(
                """INSERT INTO security_life_sign
                    (shift_id, company_id, last_at, battery)
                VALUES (%s, %s, %s, %s)
                ON CONFLICT (shift_id) DO UPDATE SET
                    last_at = EXCLUDED.last_at,
                    battery = EXCLUDED.battery
                WHERE security_life_sign.last_at < EXCLUDED.last_at""",
                shift.id,
                shift.company_id.id,
                at,
                -1 if battery is None else battery,
            )
        )
        self.invalidate_model()
