{
    "name": "Security Access",
    "summary": "Badges with a QR code and their control at the gate",
    "version": "19.0.1.0.0",
    "category": "Services/Security",
    "license": "AGPL-3",
    "author": "Odoo Security Suite contributors",
    "depends": [
        "barcodes",
        "security_missions",
    ],
    "data": [
        "security/ir.model.access.csv",
        "security/security_rules.xml",
        "data/ir_sequence.xml",
        "report/security_badge_reports.xml",
        "report/security_badge_templates.xml",
        "wizards/security_badge_revoke_views.xml",
        "views/security_badge_views.xml",
        "views/hr_employee_views.xml",
        "views/menus.xml",
    ],
    "demo": ["demo/demo.xml"],
    "assets": {
        "web.assets_backend": [
            "security_access/static/src/**/*",
        ],
        "web.assets_tests": [
            "security_access/static/tests/tours/**/*",
        ],
    },
}
