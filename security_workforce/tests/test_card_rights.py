from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .common import ALL, CREATE, NOW, OPERATIONS, READ, WRITE, WorkforceCase

ALERT, RENEWAL, ATTACHMENT = (
    "security.card.alert",
    "security.card.renewal",
    "security.attachment",
)
WIZARDS = (
    "security.card.renewal.card",
    "security.card.check.batch",
    "security.card.check.export",
    "security.card.check.import",
    "security.card.check.import.line",
)
KEPT = {READ, WRITE, CREATE}
OFFICER = {
    ALERT: {READ},
    RENEWAL: KEPT,
    ATTACHMENT: KEPT,
    **dict.fromkeys(WIZARDS, ALL),
}
RIGHTS = {
    "base.group_user": {},
    "base.group_portal": {},
    "hr.group_hr_user": {ALERT: {READ}, RENEWAL: {READ}, ATTACHMENT: KEPT},
    "security_workforce.group_security_user": {},
    "security_workforce.group_security_access_officer": {},
    "security_workforce.group_security_planner": {},
    "security_workforce.group_security_operator": {},
    "security_workforce.group_security_compliance_officer": {
        ALERT: {READ},
        RENEWAL: {READ},
        ATTACHMENT: {READ},
    },
    "security_workforce.group_security_credential_officer": OFFICER,
    "security_workforce.group_security_manager": OFFICER,
}


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestCardRights(WorkforceCase):
    def test_each_group_and_operation(self):
        for group, rights in RIGHTS.items():
            user = new_test_user(
                self.env,
                f"cards_{group.rpartition('.')[2]}",
                groups=group,
                company_id=self.company.id,
                company_ids=[Command.set(self.company.ids)],
            )
            for model in (ALERT, RENEWAL, ATTACHMENT, *WIZARDS):
                Model = self.env[model].with_user(user)
                allowed = {name for name in OPERATIONS if Model.has_access(name)}
                self.assertEqual(allowed, rights.get(model, set()), (group, model))

    def test_another_firm_sees_nothing(self):
        card = self.new_card(date_expiry="2027-04-01")
        card.action_open_renewals()
        card.action_attach()
        self.env["security.card.alert"]._send(self.Card.sudo()._alerts_due())
        second = self.env["res.company"].create({"name": "Second Guarding"})
        officer = new_test_user(
            self.env,
            "cards_other_officer",
            groups="security_workforce.group_security_credential_officer",
            company_id=second.id,
            company_ids=[Command.set(second.ids)],
        )
        env = self.env(user=officer, context={"allowed_company_ids": second.ids})
        for model in (ALERT, RENEWAL, ATTACHMENT):
            ours = self.env[model].search([("company_id", "=", self.company.id)])
            self.assertEqual(len(ours), 1, model)
            self.assertFalse(env[model].search([]), model)
            with self.assertRaises(AccessError):
                ours.with_env(env).read(["company_id"])

    def test_each_reader_opens_every_screen(self):
        """No view shows a reader a field that he may not read."""
        card = self.new_card(date_expiry="2027-04-01")
        card.action_open_renewals()
        card.action_attach()
        self.env["security.card.alert"]._send(self.Card.sudo()._alerts_due())
        for index, (group, models) in enumerate(RIGHTS.items()):
            if not models:
                continue
            user = self.new_user(f"screen{index}", group)
            for model in (ALERT, RENEWAL, ATTACHMENT, "security.card"):
                record = self.env[model].search(
                    [("company_id", "=", self.company.id)], limit=1
                )
                for kind in ("list", "form", "kanban"):
                    arch = record.with_user(user).get_view(view_type=kind)
                    names = {
                        node.get("name")
                        for node in etree.fromstring(arch["arch"]).iter("field")
                        if node.getparent().getparent() is not None
                        and not list(node.iterancestors("field"))
                    }
                    read = record.with_user(user).read(sorted(names))
                    self.assertTrue(read, (group, model, kind))

    def test_a_planner_reads_a_card_and_no_file(self):
        card = self.new_card(date_expiry="2027-04-01")
        planner = self.new_user("planner", "group_security_planner")
        seen = card.with_user(planner)
        self.assertEqual(seen.renewal_phase, "open")
        self.assertFalse(seen.renewal_open)
        for forbidden in (
            seen.action_open_renewals,
            seen.action_attach,
            seen.action_show_renewal,
        ):
            with self.assertRaises(AccessError):
                forbidden()

    def test_every_filter_can_be_applied(self):
        for model in (ALERT, RENEWAL, ATTACHMENT, "security.card"):
            Model = self.env[model]
            arch = Model.get_view(view_type="search")["arch"]
            nodes = list(etree.fromstring(arch).iter("filter"))
            self.assertTrue(nodes, model)
            for node in nodes:
                if domain := node.get("domain"):
                    Model.search(safe_eval(domain, {"uid": self.env.uid}))
                if context := node.get("context"):
                    group_by = safe_eval(context)["group_by"]
                    Model.formatted_read_group([], [group_by], ["__count"])

    def test_the_settings_are_those_of_the_firm(self):
        settings = self.env["res.config.settings"].create(
            {"security_card_alert_days": "120, 15"}
        )
        settings.security_card_officer_id = self.officer
        settings.execute()
        self.assertEqual(settings.company_id._security_alert_days(), [120, 15])
