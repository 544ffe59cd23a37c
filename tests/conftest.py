"""Make the modules' pure Python importable without Odoo.

``from security_workforce.engine import worktime`` must not run the module's own
``__init__``, which imports Odoo: an empty package stands in for it.
"""

import sys
import types
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

for manifest in ROOT.glob("security_*/__manifest__.py"):
    module = manifest.parent
    package = types.ModuleType(module.name)
    package.__path__ = [str(module)]
    sys.modules.setdefault(module.name, package)
