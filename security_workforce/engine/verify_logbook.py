#!/usr/bin/env python3
"""Find the first altered, missing or truncated entry of a sealed log book.

One file, of its own: Python 3.10 and the package "cryptography" are enough, so that the
expert of the other side runs it. The server verifies with this very file.

    python verify_logbook.py export.json --key public_key.txt --witness mails.txt

An entry is sealed as SHA-256(prev + canonical(head)); its head holds the commitment
SHA-256(salt + canonical(content)) of what is personal: redaction deletes salt and
content. A checkpoint is a text signed with Ed25519 that says where the chain stood.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "odoo-security-log-v1"
DOMAIN = FORMAT.encode() + b"\0"
GENESIS = "0" * 64
REDACTION = "redaction"
TOKEN = re.compile(rf"{FORMAT}\.[\w-]+\.[\w-]{{86}}")
SHOWN = 100
# What Python says of values that we never write.
NOT_OURS = (AttributeError, RecursionError, TypeError, ValueError)
POINT = {"chain": str, "seq": int, "h": str, "time": str, "count": int}
POINT |= {"number": int, "prev": str, "kid": str}
# The one way to write a value; made once, for it is asked twice for each entry.
ENCODER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)
# Each: what is wrong, in English, in French. It is at {seq}, or between it and {until}
# where the seal alone cannot say which.
WORDS = """\
altered_content
Entry {seq}: its text, persons or author were changed after the seal.
Écriture {seq} : texte, personnes ou auteur modifiés après le scellement.
altered_row
Entry {seq}: its times, place, author, category or links were changed.
Écriture {seq} : heures, lieu, auteur, catégorie ou liens modifiés.
altered_photo
Entry {seq}: a photo was replaced, changed or removed.
Écriture {seq} : une photo a été remplacée, modifiée ou supprimée.
missing_row
Entries {seq} to {until} were removed.
Les écritures {seq} à {until} ont été supprimées.
forked
Entry {seq} does not follow the one before: forked, reordered or doubled.
L'écriture {seq} ne suit pas la précédente : chaîne dédoublée ou réordonnée.
rehashed
Entries {seq} to {until} were written again, against what was witnessed.
Écritures {seq} à {until} réécrites, contre ce qui avait été attesté.
truncated
The end was cut off: entries {seq} to {until} are missing.
La fin a été coupée : les écritures {seq} à {until} manquent.
redaction_without_record
Entry {seq}: its content was erased without a redaction in the log book.
Écriture {seq} : contenu effacé sans occultation inscrite à la main courante.
checkpoint_removed
Checkpoint {number} was removed; the next one known is on entry {seq}.
Point de contrôle {number} supprimé ; le suivant connu porte sur {seq}.
checkpoint_forged
Checkpoint {number}, on entry {seq}, is forged: wrong signature or place.
Point de contrôle {number}, sur {seq}, falsifié : signature ou place fausse.
summary
{count} entries, {checkpoints} checkpoints, {redacted} redacted, signed to {confirmed}.
{count} écritures, {checkpoints} points, {redacted} occultées, signé à {confirmed}.
green
In order up to entry {green_until}.
En ordre jusqu'à l'écriture {green_until}.
no_key
Beware: without --key, the keys are those of the export itself.
Attention : sans --key, les clés sont celles de l'export lui-même.
""".splitlines()
WORDS = {key: pair for key, *pair in zip(*[iter(WORDS)] * 3, strict=True)}


class Entry(NamedTuple):
    """A sealed entry: ``head`` and ``content`` as they were hashed, hashes in hex.
    Salt and content are None once redacted."""

    seq: int
    prev: str
    hash: str
    head: dict
    salt: str | None
    content: dict | None


class Break(NamedTuple):
    """Something that does not hold, from entry ``seq`` to ``until``."""

    seq: int
    code: str
    until: int
    number: int = 0

    def words(self, lang="en"):
        """One sentence; ``lang`` is "en" or "fr"."""
        text = WORDS[self.code][lang == "fr"]
        return text.format(seq=self.seq, until=self.until, number=self.number)


@dataclass
class Report:
    """``green_until``: all is in order up to this entry; ``confirmed``: last entry that
    a checkpoint confirms; ``sure``: or another witness; ``breaks``: the first."""

    count: int = 0
    last: int = 0
    last_hash: str = GENESIS
    redacted: int = 0
    checkpoints: int = 0
    confirmed: int = 0
    sure: int = 0
    total_breaks: int = 0
    breaks: list = field(default_factory=list)

    @property
    def first(self):
        """The first broken entry; else the first broken checkpoint; or None."""
        return min(self.breaks, key=lambda b: (b.number > 0, b.seq), default=None)

    @property
    def green_until(self):
        """Last entry before the first break."""
        return min(self.first.seq - 1, self.last) if self.first else self.last

    def add(self, code, seq, until=None, number=0):
        self.total_breaks += 1
        self.breaks.append(Break(seq, code, until or seq, number))
        if len(self.breaks) > 2 * SHOWN:
            self.breaks = sorted(self.breaks)[:SHOWN]


def canonical(value) -> bytes:
    return ENCODER.encode(value).encode()


def commit(salt, content) -> str:
    return hashlib.sha256(bytes.fromhex(salt) + canonical(content)).hexdigest()


def leaf(prev, head) -> str:
    return hashlib.sha256(prev.encode() + canonical(head)).hexdigest()


def digest(token) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def decoded(text) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def read_token(token, keys):
    """(payload or None, whether its signature is right) of a checkpoint.

    :param keys: {kid: public key, 32 bytes in hex}
    """
    try:
        name, body, signature = token.split(".")
        payload = json.loads(decoded(body))
        if name != FORMAT or any(type(payload[k]) is not t for k, t in POINT.items()):
            return None, False
    except (KeyError, *NOT_OURS):
        return None, False
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(keys[payload["kid"]]))
        key.verify(decoded(signature), DOMAIN + decoded(body))
    except (InvalidSignature, KeyError, ValueError):
        return payload, False
    return payload, canonical(payload) == decoded(body)


def verify(
    entries, tokens=(), keys=None, chain=None, witness=(), leaves=(), photos=None
) -> Report:
    """Check a whole chain; entries come one by one in the order of their numbers.

    :param tokens: checkpoints kept with the entries, oldest first
    :param keys: {kid: public key in hex} that are trusted
    :param chain: its name, by default that of the first checkpoint; others do not count
    :param witness: checkpoints kept elsewhere (mails, printed sheets)
    :param leaves: hash of each entry, kept elsewhere
    :param photos: function (entry number) -> SHA-256 of the photos that are there
    """
    report = Report(checkpoints=len(tokens))
    anchors = _anchors(report, list(tokens), keys or {}, chain, witness)
    redacted, records = set(), {}
    for entry in entries:
        _link(report, entry, anchors, leaves)
        _inside(report, entry, photos, redacted)
        if entry.head.get("kind") == REDACTION:
            records[entry.head.get("target")] = entry.seq
        report.count += 1
        report.last, report.last_hash = max(report.last, entry.seq), entry.hash
    end = max([report.last, len(leaves), *anchors])
    if end > report.last:
        report.add("truncated", report.last + 1, end)
    report.redacted = len(redacted)
    for seq in redacted:
        if records.get(seq, 0) <= seq:
            report.add("redaction_without_record", seq)
    report.breaks = sorted(report.breaks)[:SHOWN]
    return report


def _anchors(report, tokens, keys, chain, witness):
    """{entry: its hash as signed} of the checkpoints; the report says what is wrong."""
    anchors, known, place, before = {}, {}, 0, GENESIS
    for token in tokens:
        payload, right = read_token(token, keys)
        chain = chain or (payload or {}).get("chain")
        number = (payload or {}).get("number", place + 1)
        seq = (payload or {}).get("seq", 1)
        if not right or payload["chain"] != chain or payload["count"] != seq:
            report.add("checkpoint_forged", seq, number=number)
        elif number > place + 1:
            report.add("checkpoint_removed", seq, number=place + 1)
        elif number <= place or payload["prev"] != before:
            report.add("checkpoint_forged", seq, number=number)
        if right and payload["chain"] == chain:
            anchors[seq] = payload["h"]
            known[number] = token
        place, before = max(number, place), digest(token)
    for token in witness:
        payload, right = read_token(token, keys)
        if not right or payload["chain"] != chain:
            continue
        if known.get(payload["number"]) != token:
            kind = "forged" if payload["number"] in known else "removed"
            report.add(f"checkpoint_{kind}", payload["seq"], number=payload["number"])
        anchors[payload["seq"]] = payload["h"]
    return anchors


def _link(report, entry, anchors, leaves):
    """Its number, the entry before, its own hash, and what was witnessed of it."""
    seq, expected = entry.seq, report.last + 1
    if seq > expected:
        report.add("missing_row", expected, seq - 1)
    elif seq < expected or entry.prev != report.last_hash:
        report.add("forked", seq)
    sealed = _holds(leaf, entry.prev, entry.head, entry.hash)
    if not sealed or entry.head.get("seq") != seq:
        report.add("altered_row", seq)
    if 0 < seq <= len(leaves):
        if leaves[seq - 1] == entry.hash:
            report.sure = seq
        else:
            report.add("rehashed", seq)
    if seq in anchors:
        if anchors[seq] == entry.hash:
            report.confirmed = report.sure = seq
        else:
            report.add("rehashed", report.sure + 1, seq)


def _inside(report, entry, photos, redacted):
    """What is personal, against its commitment; the photos, against their hashes."""
    if entry.salt is None and entry.content is None:
        redacted.add(entry.seq)
        return
    if not _holds(commit, entry.salt, entry.content, entry.head.get("commitment")):
        report.add("altered_content", entry.seq)
    sealed = entry.head.get("photos")
    if photos and sealed and isinstance(sealed, list):
        if sorted(photos(entry.seq)) != sorted(map(str, sealed)):
            report.add("altered_photo", entry.seq)


def _holds(hashed, key, value, expected):
    """Whether this is its hash; what cannot be hashed was never sealed."""
    try:
        return hashed(key, value) == expected
    except NOT_OURS:
        return False


def read_keys(text):
    return dict(re.findall(r"^([0-9a-f]{16})\s+([0-9a-f]{64})\s*$", text, re.M))


def read_witness(text):
    """Checkpoints found in any text; mails cut long lines."""
    return list(dict.fromkeys(TOKEN.findall(re.sub(r"=?\r?\n[> ]*", "", text))))


def photos_in(folder, hashes):
    files = (folder / f"{name}.jpg" for name in hashes)
    return [hashlib.sha256(f.read_bytes()).hexdigest() for f in files if f.is_file()]


def verify_export(export, keys=None, witness=(), photos=None) -> Report:
    """Check an export; without ``keys``, by its own; ``photos``: their folder."""
    heads = {row["seq"]: row["head"] for row in export["entries"]}
    return verify(
        (Entry(**row) for row in export["entries"]),
        export["checkpoints"],
        keys or export["keys"],
        export["chain"],
        witness,
        photos=photos and (lambda seq: photos_in(photos, heads[seq]["photos"])),
    )


def say(report, lang, own_key):
    facts = vars(report) | {"green_until": report.green_until}
    yield WORDS["summary"][lang == "fr"].format(**facts)
    yield WORDS["green"][lang == "fr"].format(**facts)
    yield from (found.words(lang) for found in report.breaks)
    if not own_key:
        yield WORDS["no_key"][lang == "fr"]


def main(argv=None) -> int:
    """0: all in order; 1: something was altered; 2: the files cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("export", type=Path)
    parser.add_argument("--key", type=Path, help="public keys, had before")
    parser.add_argument("--witness", type=Path, action="append", default=[])
    parser.add_argument("--photos", type=Path, help="folder of the photos")
    parser.add_argument("--lang", choices=("fr", "en"), default="fr")
    asked = parser.parse_args(argv)
    try:
        keys = read_keys(asked.key.read_text()) if asked.key else None
        if asked.key and not keys:
            raise ValueError(f"{asked.key}: no public key")
        seen = [t for path in asked.witness for t in read_witness(path.read_text())]
        export = json.loads(asked.export.read_text())
        report = verify_export(export, keys, seen, asked.photos)
    except (OSError, LookupError, *NOT_OURS) as error:
        sys.stderr.write(f"Illisible / cannot be read: {error}\n")
        return 2
    sys.stdout.write("\n".join(say(report, asked.lang, asked.key)) + "\n")
    return 1 if report.breaks else 0


if __name__ == "__main__":
    sys.exit(main())
