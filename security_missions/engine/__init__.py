"""Pure reasoning of the module: no Odoo import in this folder."""
