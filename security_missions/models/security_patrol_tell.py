from odoo import fields, models

from .ir_websocket import CHANNEL

NOTE = "security_missions.patrol"
TELLER = "security_workforce.group_security_operator"


class SecurityPatrol(models.Model):
    """Who is told of a round that nobody walks."""

    _inherit = "security.patrol"

    def _alert_late(self):
        """Nobody has begun these rounds in their grace: the boards show it."""
        self.write({"late_told_at": fields.Datetime.now()})

    def _alert_missed(self):
        """Nobody has walked these rounds. Other modules add whom they tell.

        The guard who was on a post of the route is written down with the round.
        """
        self.write({"missed_told_at": fields.Datetime.now()})
        for patrol in self:
            patrol.shift_id = patrol.shift_id or patrol._shift_at(patrol.planned_start)
        for company, rounds in self.grouped("company_id").items():
            if company.security_patrol_notify:
                users = rounds._operators(company)
                for patrol in rounds:
                    patrol._notify_missed(users)

    def _operators(self, company):
        users = self.env.ref(TELLER).sudo().all_user_ids
        return users.filtered(
            lambda u: (
                u.active
                and not u.share
                and u != self.env.ref("base.user_root")
                and company in u.company_ids
            )
        )

    def _notify_missed(self, users):
        for lang, readers in users.grouped("lang").items():
            patrol = self.with_context(lang=lang)
            env = patrol.env
            guard = patrol.shift_id.employee_id.name
            patrol.site_id.message_notify(
                subject=env._("Round missed: %(round)s", round=patrol.display_name),
                body=env._(
                    "Nobody has walked %(round)s. On post was %(guard)s: call, and "
                    "have the round walked now.",
                    round=patrol.display_name,
                    guard=guard,
                )
                if guard
                else env._(
                    "Nobody has walked %(round)s, and nobody was planned on its posts: "
                    "send somebody.",
                    round=patrol.display_name,
                ),
                partner_ids=readers.partner_id.ids,
                force_send=False,
            )

    def _tell_board(self):
        """The live boards of the firms of these rounds read them again."""
        for company, rounds in self.sudo().grouped("company_id").items():
            self.env["bus.bus"]._sendone(
                (company, CHANNEL),
                NOTE,
                {
                    "rounds": rounds.ids[:200],
                    "states": list(set(rounds.mapped("state"))),
                },
            )
