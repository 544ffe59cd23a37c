from ast import literal_eval

from lxml import etree

from odoo.tests import freeze_time, tagged

from .common import NOW, WorkforceCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestViews(WorkforceCase):
    def test_every_filter_of_cards_can_be_applied(self):
        arch = self.env.ref("security_workforce.security_card_view_search").arch
        names = []
        for node in etree.fromstring(arch).iter("filter"):
            if domain := node.get("domain"):
                self.Card.search(literal_eval(domain))
            if context := node.get("context"):
                group_by = literal_eval(context)["group_by"]
                self.Card.formatted_read_group([], [group_by], ["__count"])
            names.append(node.get("name"))
        self.assertGreaterEqual(len(names), 15)

    def test_cards_that_expire_soon(self):
        soon = self.new_card(date_expiry="2026-12-23")
        later = self.new_card(activity_id=self.cyno.id, date_expiry="2026-12-24")
        arch = etree.fromstring(
            self.env.ref("security_workforce.security_card_view_search").arch
        )
        (node,) = arch.xpath("//filter[@name='expires_30']")
        found = self.Card.search(literal_eval(node.get("domain")))
        self.assertIn(soon, found)
        self.assertNotIn(later, found)

    def test_activity_codes_are_tidied_and_unique(self):
        activity = self.env["security.activity"].create(
            {"code": " drone ", "name": "Drone pilot"}
        )
        self.assertEqual(activity.code, "DRONE")
        self.assertEqual(activity.copy().code, "DRONE-COPY")
        self.assertEqual(self.sge._covering(), self.sge | self.sh)
