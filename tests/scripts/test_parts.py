"""What script/test chooses to run, and how it adds up."""

import subprocess
import sys

import pytest
from conftest import ROOT

REPORT = """<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/>
</testsuites>"""


def choose(commands, *arguments):
    """The parts and pytest's arguments that script/test makes of its own."""
    chosen = commands.bash(
        f'source "{ROOT}/script/lib/parts.sh"\n'
        f"read_arguments {' '.join(arguments)}\n"
        'echo "${PARTS[*]}|${PYTEST_ARGS[*]}|${NAMED_PATHS[*]}"'
    )
    assert chosen.returncode == 0, chosen.stderr
    return chosen.stdout.strip().split("|")


def test_without_arguments_all_parts_run(commands):
    parts, _args, _paths = choose(commands)
    assert set(parts.split()) == {
        *("engine", "scripts", "structure", "scenario"),
        *("workforce", "missions", "incidents", "access", "compliance"),
    }


def test_parts_and_more_arguments(commands):
    assert choose(commands, "missions", "access", "-x") == ["missions access", "-x", ""]


def test_a_file_chooses_its_part(commands):
    path = "security_missions/tests/test_shift.py"
    assert choose(commands, path) == ["missions", "", path]


def test_a_name_chooses_the_parts_that_speak_of_it(commands):
    parts, args, _paths = choose(commands, "-k", "a_name_chooses_the_parts")
    assert (parts, args) == ("scripts", "-k a_name_chooses_the_parts")


@pytest.mark.parametrize(
    ("reports", "line", "code"),
    [
        ({"engine": (3, 0, 0, 0)}, "3 passed, 0 failed, 0 skipped", 0),
        (
            {"engine": (3, 1, 0, 1), "access": (2, 0, 1, 0)},
            "2 passed, 2 failed, 1 skipped",
            1,
        ),
        ({"engine": (3, 0, 0, 0), "access": None}, "3 passed, 1 failed, 0 skipped", 1),
    ],
)
def test_summary(tmp_path, reports, line, code):
    for part, numbers in reports.items():
        (tmp_path / f"{part}.wanted").touch()
        if numbers:
            (tmp_path / f"{part}.xml").write_text(REPORT.format(*numbers))
    summary = subprocess.run(
        [sys.executable, ROOT / "script/lib/summary.py", tmp_path, *reports],
        capture_output=True,
        text=True,
        check=False,
    )
    assert summary.stdout.splitlines()[-1] == line
    assert summary.returncode == code
