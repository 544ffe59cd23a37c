"""What the rules answer: findings, what would put them right, and one verdict.

Every rule of the catalogue speaks through ``Finding``; nothing else leaves the engine.
A finding knows its facts, so that it can be told in the language of whoever reads it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

# From the least to the most severe. A "block" has no way round, an "override" stops
# until somebody allowed to takes it on himself, in writing.
SEVERITIES = ("info", "warn", "override", "block")
VERDICTS = {"info": "ok", "warn": "warning", "override": "override", "block": "blocked"}
LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Remedy:
    """What would make it right: ``kind`` is ``shorten``, ``move``, ``remove``,
    ``renew``, ``book``, ``replace``…, ``facts`` fill the sentence of each language."""

    kind: str
    texts: dict = field(hash=False)
    facts: dict = field(default_factory=dict, hash=False)

    def text(self, lang="en") -> str:
        """The sentence in ``lang`` ("en" or "fr"; English for any other)."""
        return sentence(self.texts, self.facts, lang)


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule not respected.

    ``keys``: the slots it is shown on. ``involved``: every slot that takes part in it
    (a superset of ``keys``): taking one of them away may end it. ``limit`` and
    ``value`` are in ``unit`` ("h", "d", "month"…, empty when there is no number).
    """

    rule: str
    severity: str
    texts: dict = field(hash=False)
    source: str
    keys: tuple
    involved: tuple = ()
    facts: dict = field(default_factory=dict, hash=False)
    limit: float | None = None
    value: float | None = None
    unit: str = ""
    remedies: tuple = ()

    def text(self, lang="en") -> str:
        """The sentence in ``lang`` ("en" or "fr"; English for any other)."""
        return sentence(self.texts, self.facts, lang)

    def as_json(self, lang="en") -> dict:
        """What is stored on a shift: only JSON types. ``text`` and ``remedies`` are in
        ``lang``, ``words`` has both for whoever reads in another language."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "source": self.source,
            "facts": {name: _plain(value) for name, value in self.facts.items()},
            "limit": self.limit,
            "value": self.value,
            "unit": self.unit,
            "involved": list(self.involved),
            **self._words(lang),
            "words": {other: self._words(other) for other in LANGUAGES},
        }

    def _words(self, lang):
        remedies = [
            {"kind": remedy.kind, "text": remedy.text(lang)} for remedy in self.remedies
        ]
        return {"text": self.text(lang), "remedies": remedies}


def verdict(severities: Iterable[str]) -> str:
    """The verdict of some findings: ok, warning, override or blocked."""
    worst = max(severities, key=SEVERITIES.index, default="info")
    return VERDICTS[worst]


def sentence(texts, facts, lang) -> str:
    """The text of a language, its dates and times written the way it does."""
    lang = lang if lang in texts else "en"
    told = {name: _told(value, lang) for name, value in facts.items()}
    return texts[lang] % told


def _told(value, lang):
    if isinstance(value, float):
        number = f"{value:.2f}".rstrip("0").rstrip(".")
        return number.replace(".", ",") if lang == "fr" else number
    if hasattr(value, "strftime"):
        clock = hasattr(value, "hour")
        return value.strftime("%d/%m/%Y %H:%M" if clock else "%d/%m/%Y")
    return value


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value
