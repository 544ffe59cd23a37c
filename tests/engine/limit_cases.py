"""What each table of cases of the rules is put through."""

import pytest
from plans import found

MON = "2026-03-02"
NIGHT = {"night_worker": True}
PART = {"full_time": False, "weekly_hours": 20.0}


def each_of(cases):
    """One test a case: ``(what, rule, slots, expected number of findings, person)``."""
    return pytest.mark.parametrize(
        ("rule", "slots", "expected", "who"),
        [case[1:] for case in cases],
        ids=[f"{case[1]} {case[0]}" for case in cases],
    )


def assert_found(rule, slots, expected, who):
    """That many findings, each with its words, its source and its shifts."""
    findings = found(slots, rule, **who)
    assert len(findings) == expected, [f.text() for f in findings]
    for finding in findings:
        for lang in ("en", "fr"):
            assert finding.text(lang) and "%(" not in finding.text(lang)
        assert finding.source
        assert set(finding.keys) <= set(finding.involved)


def severities(rule, slots, **who):
    """How bad the findings of one rule are."""
    return [f.severity for f in found(slots, rule, **who)]
