"""What holds for our files, whatever they do."""

import ast
import re
import subprocess

import pytest
from conftest import MODULES, ROOT, manifest

FRAGMENTS = ("DESCRIPTION", "USAGE", "CONFIGURE", "ROADMAP", "CONTRIBUTORS")
LONGEST = 350
SKIPPED = re.compile(r"skipTest\(|[@.]skip(if|If|Unless)?\b\(?|xfail|unittest\.skip")


def files(*patterns):
    """Tracked and new files that match, as paths."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [ROOT / line for line in listed.stdout.splitlines()]
    return [path for path in paths if path.is_file()]


def is_test(path):
    return "tests" in path.relative_to(ROOT).parts


def is_of_others(path):
    """Libraries that we carry as their authors made them."""
    return "static/lib" in path.as_posix()


def test_our_modules_are_found():
    assert MODULES == (
        "security_access",
        "security_compliance",
        "security_incidents",
        "security_missions",
        "security_workforce",
    )


def test_no_long_file():
    too_long = {
        str(path.relative_to(ROOT)): lines
        for path in files("*.py", "*.js", "*.scss", "script/*")
        if not (is_test(path) or is_of_others(path)) and path.suffix != ".txt"
        if (lines := path.read_text().count("\n")) > LONGEST
    }
    assert not too_long


def test_engines_do_not_know_odoo():
    for path in files("*/engine/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module]
            assert not [n for n in names if n.split(".")[0] == "odoo"], path


def test_no_test_is_skipped():
    here = ROOT / "tests/structure/test_sources.py"
    found = [
        f"{path.relative_to(ROOT)}: {match.group(0)}"
        for path in files("*test_*.py", "*/conftest.py", "*/tests/common.py")
        if path != here
        for match in SKIPPED.finditer(path.read_text())
    ]
    assert not found


def test_every_test_file_is_imported_by_odoo():
    for module in MODULES:
        folder = ROOT / module / "tests"
        imported = (folder / "__init__.py").read_text()
        for path in folder.glob("test_*.py"):
            assert re.search(rf"\b{path.stem}\b", imported), path


@pytest.mark.parametrize("module", MODULES)
def test_module_has_its_icon(module):
    icon = ROOT / module / "static/description/icon.png"
    assert icon.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize("module", MODULES)
def test_module_has_its_readme(module):
    for name in FRAGMENTS:
        text = (ROOT / module / "readme" / f"{name}.md").read_text()
        assert len(text.split()) > 2, name


@pytest.mark.parametrize("module", MODULES)
def test_manifest(module):
    facts = manifest(module)
    assert re.fullmatch(r"19\.0\.\d+\.\d+\.\d+", facts["version"])
    assert facts["license"] == "AGPL-3"
    for key in ("data", "demo"):
        for name in facts.get(key, ()):
            assert (ROOT / module / name).is_file(), name


@pytest.mark.parametrize("module", MODULES)
def test_data_files_are_listed(module):
    facts = manifest(module)
    listed = {*facts.get("data", ()), *facts.get("demo", ())}
    folders = ("data", "demo", "report", "security", "views", "wizards")
    for path in files(f"{module}/*.xml", f"{module}/*.csv"):
        name = str(path.relative_to(ROOT / module))
        if name.split("/")[0] in folders:
            assert name in listed


def test_licence_is_the_one_of_the_manifests():
    text = (ROOT / "LICENSE").read_text()
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in text
    assert "Version 3, 19 November 2007" in text


def test_what_a_firm_installs_is_what_was_tested():
    locked = dict(
        re.findall(
            r"^([\w.-]+)==([\w.]+)",
            (ROOT / "script/odoo-requirements.txt").read_text(),
            re.M,
        )
    )
    asked = re.findall(
        r"^([\w.-]+)(==|>=)([\w.*]+)", (ROOT / "requirements.txt").read_text(), re.M
    )
    assert asked
    for name, relation, version in asked:
        assert name in locked
        if relation == "==":
            assert locked[name].startswith(version.rstrip("*"))
