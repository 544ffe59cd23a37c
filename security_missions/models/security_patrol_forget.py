from odoo import api, fields, models
from odoo.tools import SQL

BATCH = 1000


class SecurityPatrol(models.Model):
    """What is kept of a round, and how long.

    Where somebody was is data about a person (CNIL, former standard 51: two months; one
    year as a proof of service). The round stays, and who walked it is emptied.
    """

    _inherit = "security.patrol"

    @api.model
    def _cron_forget(self):
        """Empty the positions, then the names, that are older than the firm keeps."""
        now = fields.Datetime.now()
        kept = [("security_patrol_name_days", ">", 0)]
        for company in self.env["res.company"].search(kept):
            self._forget_positions(
                company,
                fields.Datetime.subtract(
                    now, days=company.security_patrol_position_days
                ),
            )
            self._forget_names(
                company,
                fields.Datetime.subtract(now, days=company.security_patrol_name_days),
            )

    @api.model
    def _forget_positions(self, company, before):
        """By SQL: the register refuses every change but this one."""
        self.env["security.patrol.scan"].flush_model()
        self.env.cr.execute(
            SQL(
                """UPDATE security_patrol_scan
                      SET latitude = NULL, longitude = NULL, accuracy = NULL
                    WHERE company_id = %s AND happened_at < %s
                      AND (latitude IS NOT NULL OR accuracy IS NOT NULL)""",
                company.id,
                before,
            )
        )
        self.env["security.patrol.scan"].invalidate_model()

    @api.model
    def _forget_names(self, company, before):
        """The photos go with the names: they may show who took them."""
        rounds = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("create_date", "<", before),
                "|",
                ("employee_id", "!=", False),
                ("shift_id", "!=", False),
            ],
            limit=BATCH,
        )
        rounds.scan_ids.photo_ids.unlink()
        rounds.write({"employee_id": False, "shift_id": False, "uuid": False})
        if len(rounds) == BATCH:
            self.env.ref("security_missions.ir_cron_patrol_forget")._trigger()
