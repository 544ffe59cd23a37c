{
    "name": "Security Compliance",
    "summary": "Proof for the inspector: expiring cards and registers",
    "version": "19.0.1.0.0",
    "category": "Services/Security",
    "license": "AGPL-3",
    "author": "Odoo Security Suite contributors",
    "depends": [
        "security_access",
        "security_incidents",
    ],
    "data": [
        "report/security_card_expiry_reports.xml",
        "views/security_card_views.xml",
        "views/menus.xml",
    ],
}
