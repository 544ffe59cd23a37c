"""What the structure tests share: our files, and databases to try things on."""

import ast
from pathlib import Path

import pytest
from lab import Lab

ROOT = Path(__file__).resolve().parents[2]
MODULES = tuple(path.parent.name for path in sorted(ROOT.glob("*/__manifest__.py")))


def manifest(module):
    """The manifest of one of our modules."""
    return ast.literal_eval((ROOT / module / "__manifest__.py").read_text())


@pytest.fixture(scope="session")
def lab():
    lab = Lab()
    yield lab
    for name in list(lab.made):
        lab.drop(name)


@pytest.fixture(scope="session")
def suite(lab):
    """Name of a database with all our modules, as a French firm has them."""
    return lab.copy("suite", "structure_suite")
