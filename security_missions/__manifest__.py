{
    "name": "Security Missions",
    "summary": "Sites, posts, rotas, attendance and billing of worked hours",
    "version": "19.0.1.0.0",
    "category": "Services/Security",
    "license": "AGPL-3",
    "author": "Odoo Security Suite contributors",
    "depends": [
        "security_workforce",
        "hr_attendance",
        "portal",
        "report_xlsx",
        "sale_management",
        "web_timeline",
    ],
    "data": [
        "security/ir.model.access.csv",
    ],
}
