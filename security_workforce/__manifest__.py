{
    "name": "Security Workforce",
    "summary": "Guards, professional cards and who may work",
    "version": "19.0.1.0.0",
    "category": "Services/Security",
    "license": "AGPL-3",
    "author": "Odoo Security Suite contributors",
    "depends": [
        "hr",
    ],
    "data": [
        "security/security_groups.xml",
        "security/ir.model.access.csv",
        "security/security_rules.xml",
        "data/security_activity.xml",
        "data/ir_cron.xml",
        "views/menus.xml",
    ],
    "application": True,
}
