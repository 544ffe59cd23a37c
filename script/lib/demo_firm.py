"""Run by "odoo shell": fill the demo database, through the methods that users use."""

import sys

if "security.demo" not in env:  # noqa: F821
    sys.exit("The modules bring no demo firm: the model security.demo is missing.")
env["security.demo"]._build_all()  # noqa: F821
# The first page would wait for these otherwise.
env["ir.qweb"]._pregenerate_assets_bundles()  # noqa: F821
env.cr.commit()  # noqa: F821
