"""Every model of ours says who may use it, and keeps companies apart."""

import pytest

FACTS = """
answer([
    {
        "model": model.model,
        "transient": model.transient,
        "abstract": model.abstract,
        "company": "company_id" in env[model.model]._fields,
        "checked": env[model.model]._check_company_auto
        or not env[model.model]._fields.get("company_id")
        or bool(env[model.model]._fields["company_id"].related),
        "groups": [a.group_id.id or 0 for a in model.access_ids],
        "rules": [r.domain_force or "" for r in model.rule_ids if not r.groups],
    }
    for model in env["ir.model"].search([("model", "=like", "security.%")])
])
"""

# Odoo asks on each action and menu for somebody who sees it.
MENUS = """
root = env.ref("security_workforce.menu_security_root")
menus = env["ir.ui.menu"].search([("id", "child_of", root.id)])
answer({
    "modules": sorted({x.split(".")[0] for x in menus.get_external_id().values()}),
    "apps": env["ir.ui.menu"].search_count([
        ("parent_id", "=", False),
        ("id", "in", env["ir.model.data"].search([
            ("model", "=", "ir.ui.menu"), ("module", "=like", "security_%"),
        ]).mapped("res_id")),
    ]),
    "categories": env["res.groups"].search([
        ("id", "in", env["ir.model.data"].search([
            ("model", "=", "res.groups"), ("module", "=like", "security_%"),
        ]).mapped("res_id")),
    ]).privilege_id.category_id.with_context(lang="en_US").mapped("name"),
})
"""


@pytest.fixture(scope="module")
def models(lab, suite):
    return [facts for facts in lab.code(suite, FACTS) if not facts["abstract"]]


def test_there_are_models(models):
    assert len(models) >= 12


def test_every_model_has_access_lines_for_named_groups(models):
    for facts in models:
        assert facts["groups"], facts["model"]
        assert 0 not in facts["groups"], f"{facts['model']} is open to everybody"


def test_every_model_of_a_company_has_its_company_rule(models):
    for facts in models:
        if facts["company"] and not facts["transient"]:
            assert facts["checked"], facts["model"]
            assert any(
                "company_id" in rule and "company_ids" in rule
                for rule in facts["rules"]
            ), facts["model"]


def test_one_app_with_a_menu_of_each_module(lab, suite):
    facts = lab.code(suite, MENUS)
    assert facts["apps"] == 1
    assert facts["modules"] == [
        "security_access",
        "security_compliance",
        "security_incidents",
        "security_missions",
        "security_workforce",
    ]
    assert facts["categories"] == ["Security"]
