"""Makes the pure-Python engines importable without Odoo.

The package of a module imports Odoo, its ``engine`` folder does not: each module is
replaced here by an empty namespace that only knows its folder, so that tests import
``security_workforce.engine.worktime`` as the code does.
"""

import importlib.machinery
import importlib.util
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

for manifest in ROOT.glob("security_*/__manifest__.py"):
    folder = manifest.parent
    if folder.name not in sys.modules:
        spec = importlib.machinery.ModuleSpec(folder.name, None, is_package=True)
        spec.submodule_search_locations = [str(folder)]
        sys.modules[folder.name] = importlib.util.module_from_spec(spec)
