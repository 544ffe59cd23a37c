from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .security_alert import OPERATOR

# Who works there from yesterday to next week reads and writes there.
BEHIND = timedelta(days=1)
AHEAD = timedelta(days=7)


class DiscussChannel(models.Model):
    """The conversation of a site or of a mission: its guards of the week, operators."""

    _inherit = "discuss.channel"

    security_site_id = fields.Many2one(
        "security.site", "Site", readonly=True, index="btree_not_null"
    )
    security_mission_id = fields.Many2one(
        "security.mission", "Mission", readonly=True, index="btree_not_null"
    )

    _security_site_uniq = models.UniqueIndex(
        "(security_site_id) WHERE security_site_id IS NOT NULL",
        "This site has its conversation already.",
    )
    _security_mission_uniq = models.UniqueIndex(
        "(security_mission_id) WHERE security_mission_id IS NOT NULL",
        "This mission has its conversation already.",
    )

    @api.model
    def _security_channel(self, place):
        """The conversation of a site or mission, made when there is none yet."""
        field = (
            "security_site_id"
            if place._name == "security.site"
            else "security_mission_id"
        )
        # sudo: who may speak there follows from the rota, not from who opens it.
        Channel = self.sudo()
        channel = Channel.search([(field, "=", place.id)])
        if not channel:
            channel = Channel.create(
                {
                    "name": place.display_name,
                    "channel_type": "group",
                    field: place.id,
                }
            )
        channel._sync_security_members()
        return channel

    def _security_guards(self):
        """Guards who work there now or within the week."""
        now = fields.Datetime.now()
        shifts = (
            self.env["security.shift"]
            .sudo()
            .search(
                Domain.AND(
                    [
                        [
                            ("state", "not in", ("draft", "cancelled")),
                            ("date_stop", ">", now - BEHIND),
                            ("date_start", "<", now + AHEAD),
                        ],
                        Domain.OR(
                            [
                                [("site_id", "in", self.security_site_id.ids)],
                                [("mission_id", "in", self.security_mission_id.ids)],
                            ]
                        ),
                    ]
                )
            )
        )
        return shifts.employee_id

    def _sync_security_members(self):
        """Let in who works there and the operators; let out who no longer does."""
        operators = self.env.ref(OPERATOR).sudo().all_user_ids
        root = self.env.ref("base.user_root")
        for channel in self.sudo():
            place = channel.security_site_id or channel.security_mission_id
            users = channel._security_guards().user_id | operators.filtered(
                lambda u, place=place: (
                    u != root and place.company_id in u.company_ids and not u.share
                )
            )
            wanted = users.filtered("active").partner_id
            members = channel.channel_member_ids
            new = wanted - members.partner_id
            if new:
                channel._add_members(partners=new, post_joined_message=False)
            gone = members.filtered(lambda m, wanted=wanted: m.partner_id not in wanted)
            gone.unlink()

    @api.model
    def _cron_security_members(self):
        self.sudo().search(
            [
                "|",
                ("security_site_id", "!=", False),
                ("security_mission_id", "!=", False),
            ]
        )._sync_security_members()

    @api.model
    def _own_security_channels(self):
        """Conversations of this user that belong to a place where he works now."""
        found = self.search(
            [
                ("is_member", "=", True),
                "|",
                ("security_site_id", "!=", False),
                ("security_mission_id", "!=", False),
            ]
        )
        return found.filtered(lambda c: self.env.user in c._security_guards().user_id)


class SecurityConversationMixin(models.AbstractModel):
    """A place that has a conversation of its own."""

    _name = "security.conversation.mixin"
    _description = "Place with a Conversation"

    def action_open_messages(self):
        """Open the conversation of this place in Discuss."""
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("security_workforce.group_security_operator"):
            raise UserError(
                self.env._(
                    "Operators and the guards of %(place)s speak there: ask for the "
                    "right of an operator to join.",
                    place=self.display_name,
                )
            )
        channel = self.env["discuss.channel"]._security_channel(self)
        return {
            "type": "ir.actions.client",
            "tag": "mail.action_discuss",
            "name": channel.name,
            "params": {"active_id": f"discuss.channel_{channel.id}"},
        }


class SecuritySite(models.Model):
    _name = "security.site"
    _inherit = ["security.site", "security.conversation.mixin"]


class SecurityMission(models.Model):
    _name = "security.mission"
    _inherit = ["security.mission", "security.conversation.mixin"]
