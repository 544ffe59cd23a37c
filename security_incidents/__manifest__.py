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
    ],
}
