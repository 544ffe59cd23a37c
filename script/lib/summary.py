"""Add up what the parts of a test run counted, and print it as the last line.

Usage: summary.py FOLDER PART...

FOLDER holds PART.xml (JUnit, from pytest). A part that ended without one, although
it has tests, or with an error outside a test, counts as one failure.
"""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def counts(report):
    """(passed, failed, skipped) of one JUnit file; errors of set-up are failures."""
    passed = failed = skipped = 0
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        tests, bad = int(suite.get("tests")), 0
        for kind in ("failures", "errors"):
            bad += int(suite.get(kind))
        left_out = int(suite.get("skipped"))
        passed += tests - bad - left_out
        failed += bad
        skipped += left_out
    return passed, failed, skipped


def main(folder, parts):
    """Print the closing lines; return the exit code."""
    total = [0, 0, 0]
    for part in parts:
        report = folder / f"{part}.xml"
        numbers = counts(report) if report.exists() else (0, 0, 0)
        broken = (folder / f"{part}.failed").exists() or (
            (folder / f"{part}.wanted").exists() and not report.exists()
        )
        if broken and not numbers[1]:
            print(f"{part}: ended without running all its tests")
            numbers = (numbers[0], 1, numbers[2])
        total = [a + b for a, b in zip(total, numbers, strict=True)]
    print("\n{} passed, {} failed, {} skipped".format(*total))
    return 1 if total[1] else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
