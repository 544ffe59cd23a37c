{
    "name": "Security Incidents",
    "summary": "What happens on a post, from report to closure",
    "version": "19.0.1.0.0",
    "category": "Services/Security",
    "license": "AGPL-3",
    "author": "Odoo Security Suite contributors",
    "depends": [
        "security_missions",
    ],
    "data": [
        "security/ir.model.access.csv",
        "security/security_rules.xml",
        "data/ir_sequence.xml",
        "wizards/security_incident_reopen_views.xml",
        "views/security_incident_views.xml",
        "views/security_shift_views.xml",
        "views/menus.xml",
    ],
    "demo": ["demo/demo.xml"],
}
