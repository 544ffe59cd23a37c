"""The staff register: who was employed from when to when, in order of hiring.

Labour code L1221-13, D1221-23 (contents), R1221-26 (kept five years after the exit).
"""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

# Contents that the register must have, whoever it is about.
REQUIRED = (
    "surname",
    "first_names",
    "country",
    "birthday",
    "sex",
    "job",
    "qualification",
    "entry",
    "kind",
)
PERMIT = ("permit_kind", "permit_number")


@dataclass(frozen=True, slots=True)
class Contract:
    """One contract of somebody; ``start`` None: not recorded.

    ``payload`` is the caller's own record of it, ``kind`` its name.
    """

    start: date | None
    end: date | None
    kind: str = ""
    payload: object = None


@dataclass(frozen=True, slots=True)
class Period:
    """One stay in the firm: contracts that follow each other without a free day."""

    entry: date | None
    end: date | None
    kinds: tuple
    payload: object


def periods(contracts) -> list[Period]:
    """The stays of one person, the first one on top.

    Versions of one contract repeat its dates; ``payload`` is that of the last one. A
    contract that becomes another (CDD, then CDI) is one stay with both kinds.
    """
    contracts = list(contracts)
    # A file opened before the contract was written says nothing of a stay.
    dated = [contract for contract in contracts if contract.start]
    found = []
    for contract in sorted(dated or contracts, key=lambda c: c.start or date.min):
        last = found[-1] if found else None
        if last and _follows(last, contract):
            kinds = last.kinds
            if contract.kind and contract.kind not in kinds:
                kinds = (*kinds, contract.kind)
            end = last.end and contract.end and max(last.end, contract.end)
            found[-1] = Period(last.entry, end, kinds, contract.payload)
        else:
            kinds = (contract.kind,) if contract.kind else ()
            found.append(Period(contract.start, contract.end, kinds, contract.payload))
    return found


def is_kept(entry, end, day, years) -> bool:
    """Whether a stay is in the register drawn on ``day``.

    :param years: how long after the exit it stays there; None: always
    """
    if entry and entry > day:
        return False
    if not end or years is None or end >= day:
        return True
    return _years_after(end, years) >= day


def missing(line) -> list[str]:
    """The legal contents that a line lacks.

    :param line: mapping with the names of ``REQUIRED`` and ``PERMIT``, ``needs_permit``
        and ``has_left``, the exit being ``exit``
    """
    names = [name for name in REQUIRED if not line[name]]
    if line["needs_permit"]:
        names += [name for name in PERMIT if not line[name]]
    if line["has_left"] and not line["exit"]:
        names.append("exit")
    return names


def digest(rows) -> str:
    """SHA-256 of the rows: two registers with the same one say the same.

    :param rows: sequences of texts, numbers, days or None
    """
    text = "\n".join("\x1f".join(map(_plain, row)) for row in rows)
    return hashlib.sha256(text.encode()).hexdigest()


def _follows(period, contract):
    if contract.start is None or period.entry is None:
        return contract.start is period.entry
    if not period.end:
        return True
    return contract.start <= period.end + timedelta(days=1)


def _years_after(day, years):
    try:
        return day.replace(year=day.year + int(years))
    except ValueError:  # 29 February
        return date(day.year + int(years), 3, 1)


def _plain(value):
    if value is None or value is False:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
