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
    ],
}
