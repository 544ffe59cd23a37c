from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import WorkforceCase

MODELS = (
    "security.regime",
    "security.parameter",
    "security.requirement",
    "security.override",
)


@tagged("post_install", "-at_install")
class TestParamsViews(WorkforceCase):
    def test_every_filter_can_be_applied(self):
        for model in MODELS:
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

    def test_figures_in_force_today(self):
        arch = self.env["security.parameter"].get_view(view_type="search")["arch"]
        (node,) = etree.fromstring(arch).xpath("//filter[@name='in_force']")
        found = self.env["security.parameter"].search(
            [*safe_eval(node.get("domain")), ("code", "=", "panier")]
        )
        self.assertEqual(
            sorted(found.mapped("value_number")),
            [4.48, 6.87],
        )

    def test_officers_reach_the_requirements_not_the_law(self):
        menus = self.env["ir.ui.menu"].with_user(self.officer)._visible_menu_ids()
        for name, reached in (
            ("configuration", True),
            ("requirements", True),
            ("activities", False),
            ("parameters", False),
            ("regimes", False),
        ):
            menu = self.env.ref(f"security_workforce.menu_security_{name}")
            self.assertEqual(menu.id in menus, reached, name)
