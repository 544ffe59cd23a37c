"""The seal of a log: what is made is found in order, what is altered is found."""

import json
import random
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from security_workforce.engine import seal as maker
from security_workforce.engine import verify_logbook as checker
from security_workforce.engine.verify_logbook import GENESIS, Entry, verify

SECRET = b"a secret of thirty-two bytes or so"
KID, PUBLIC, WRAPPED = maker.new_key(SECRET)
PRIVATE = maker.open_key(WRAPPED, SECRET)
KEYS = {KID: PUBLIC}
CHAIN = "chain-1"
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("abé", max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


def made(count, every=5, redact=()):
    """(entries, checkpoints) of a chain; entries of ``redact`` are redacted."""
    heads, salts, contents = [], [], []
    for number in range(1, count + 1):
        salt = maker.new_salt()
        content = {"text": f"Ronde {number} é", "persons": []}
        salts.append(salt)
        contents.append(content)
        heads.append(
            {
                "kind": "note",
                "fact": f"2026-11-27T00:{number % 60:02}:00Z",
                "target": None,
                "photos": [],
                "commitment": checker.commit(salt, content),
            }
        )
    for seq in redact:
        heads[-1] |= {"kind": "redaction", "target": seq}
    sealed = maker.seal(GENESIS, 0, heads)
    entries = [
        Entry(*row, salt, content)
        for row, salt, content in zip(sealed, salts, contents, strict=True)
    ]
    for seq in redact:
        entries[seq - 1] = maker.redacted(entries[seq - 1])
    return entries, signed(entries, every)


def signed(entries, every=5, key=PRIVATE, kid=KID):
    tokens, prev = [], GENESIS
    for entry in entries[every - 1 :: every]:
        tokens.append(
            maker.checkpoint(
                key,
                kid,
                CHAIN,
                (entry.seq, entry.hash),
                "2026-11-27T01:00:00Z",
                len(tokens) + 1,
                prev,
            )
        )
        prev = checker.digest(tokens[-1])
    return tokens


def rehashed(entries, start=0):
    """What somebody who writes SQL does after a change: all sealed anew."""
    entries = list(entries)
    for place in range(start, len(entries)):
        prev = entries[place - 1].hash if place else GENESIS
        old = entries[place]
        head = {**old.head, "seq": place + 1}
        if old.salt:
            head["commitment"] = checker.commit(old.salt, old.content)
        entries[place] = old._replace(
            seq=place + 1, prev=prev, head=head, hash=checker.leaf(prev, head)
        )
    return entries


check = partial(verify, keys=KEYS, chain=CHAIN)


def test_a_whole_chain_is_in_order():
    entries, tokens = made(23, redact=(7,))
    report = check(entries, tokens, leaves=[e.hash for e in entries])
    assert not report.breaks
    assert (report.count, report.last, report.confirmed) == (23, 23, 20)
    assert (report.redacted, report.green_until) == (1, 23)


def test_an_empty_chain_is_in_order():
    assert not check([]).breaks


def alter(kind, entries, tokens, at):
    """(entries, tokens) once tampered with at entry ``at``."""
    entries, tokens = list(entries), list(tokens)
    entry = entries[at - 1]
    if kind == "altered_content":
        entries[at - 1] = entry._replace(content={**entry.content, "text": "Rien"})
    elif kind == "altered_row":
        head = {**entry.head, "fact": "2026-11-26T00:00:00Z"}
        entries[at - 1] = entry._replace(head=head)
    elif kind == "missing_row":
        del entries[at - 1]
    elif kind == "forked":
        entries.insert(at, entry)
    elif kind == "truncated":
        del entries[at - 1 :]
    elif kind == "redaction_without_record":
        entries[at - 1] = maker.redacted(entry)
    elif kind == "rehashed":
        entries[at - 1] = entry._replace(content={**entry.content, "text": "Rien"})
        entries = rehashed(entries, at - 1)
    return entries, tokens


@pytest.mark.parametrize(
    "kind",
    (
        "altered_content altered_row missing_row forked truncated "
        "redaction_without_record rehashed"
    ).split(),
)
def test_each_tampering_is_found_on_its_first_row(kind):
    entries, tokens = made(30)
    leaves = [entry.hash for entry in entries]
    for at in range(1, 30):
        changed, kept = alter(kind, entries, tokens, at)
        report = check(changed, kept, leaves=leaves)
        assert report.first.seq in (at, at + 1 if kind == "forked" else at), at
        assert report.green_until < report.first.seq
        assert kind in {found.code for found in report.breaks}, at
        without = check(changed, kept)
        assert without.first.seq <= report.first.seq


@pytest.mark.parametrize("kind", ["rehashed", "truncated"])
def test_a_chain_without_checkpoints_does_not_see_it(kind):
    entries, tokens = made(30)
    changed, _kept = alter(kind, entries, tokens, 12)
    assert not check(changed).breaks
    assert check(changed, tokens).first.seq <= 12


def test_a_truncation_with_its_checkpoints_needs_a_witness():
    entries, tokens = made(30)
    assert not check(entries[:10], tokens[:2]).breaks
    assert check(entries[:10], tokens[:2], leaves=[e.hash for e in entries]).breaks
    found = check(entries[:10], tokens[:2], witness=[tokens[3]]).breaks
    assert {f.code for f in found} == {"truncated", "checkpoint_removed"}


def test_checkpoint_removed_or_forged():
    entries, tokens = made(30)
    (found,) = check(entries, tokens[:2] + tokens[3:]).breaks
    assert (found.code, found.number) == ("checkpoint_removed", 3)
    other = maker.new_key(SECRET)
    own = signed(entries, key=maker.open_key(other[2], SECRET), kid=other[0])
    assert check(entries, own).first.code == "checkpoint_forged"
    own = signed(entries, key=maker.open_key(other[2], SECRET))
    assert check(entries, own).first.code == "checkpoint_forged"
    assert check(entries, ["rubbish"]).first.code == "checkpoint_forged"
    again = signed(rehashed(entries, 3), every=6)
    assert check(entries, tokens, witness=again[:1]).first.code == "checkpoint_forged"


def test_both_keys_count_after_a_rotation():
    entries, tokens = made(10)
    kid, public, wrapped = maker.new_key(SECRET)
    last = maker.checkpoint(
        maker.open_key(wrapped, SECRET),
        kid,
        CHAIN,
        (10, entries[-1].hash),
        "2026-11-27T02:00:00Z",
        3,
        checker.digest(tokens[-1]),
    )
    tokens.append(last)
    assert not verify(entries, tokens, {**KEYS, kid: public}).breaks
    assert verify(entries, tokens, KEYS).first.code == "checkpoint_forged"


def test_a_redaction_that_comes_before_is_no_record():
    entries, _tokens = made(6, redact=(2,))
    entries[0] = entries[0]._replace(
        head={**entries[0].head, "kind": "redaction", "target": 4}
    )
    entries[3] = maker.redacted(entries[3])
    codes = {f.code for f in check(rehashed(entries)).breaks}
    assert codes == {"redaction_without_record"}


def test_photos_are_compared():
    entries, _tokens = made(3)
    entries[1] = entries[1]._replace(head={**entries[1].head, "photos": ["aa", "bb"]})
    entries = rehashed(entries)
    assert not check(entries, photos=lambda seq: ["bb", "aa"]).breaks
    (found,) = check(entries, photos=lambda seq: ["aa"]).breaks
    assert (found.seq, found.code) == (2, "altered_photo")


@given(JSON, JSON)
def test_the_commitment_binds(one, two):
    salt = maker.new_salt()
    same = checker.canonical(one) == checker.canonical(two)
    first = checker.commit(salt, {"x": one})
    assert (first == checker.commit(salt, {"x": two})) == same
    assert first != checker.commit(maker.new_salt(), {"x": one})
    assert json.loads(checker.canonical(one)) == one
    maker.sealable(one)


@settings(max_examples=60)
@given(st.integers(1, 25), st.integers(0, 2**32))
def test_any_one_change_is_found(count, seed):
    entries, tokens = made(count, every=1)
    picked = random.Random(seed)
    at = picked.randrange(count)
    entry = entries[at]
    changed = picked.choice(
        [
            entry._replace(seq=entry.seq + picked.choice((-1, 1, 40))),
            entry._replace(prev="ab" * 32),
            entry._replace(hash="ab" * 32),
            entry._replace(head={**entry.head, "more": 1}),
            entry._replace(salt=maker.new_salt()),
            entry._replace(salt=None),
            entry._replace(content=None),
            entry._replace(content={}),
        ]
    )
    entries[at] = changed
    report = check(entries, tokens)
    assert report.breaks and report.first.seq <= at + 1


@pytest.mark.parametrize(
    "value", [1.5, {"a": [float("nan")]}, {1: 2}, b"x", {"a": {3}}]
)
def test_what_has_no_exact_form_is_refused(value):
    with pytest.raises(maker.SealError):
        maker.sealable(value)


def test_keys():
    assert maker.key_id(PUBLIC) == KID
    with pytest.raises(maker.SealError):
        maker.open_key(WRAPPED, b"another")
    proof = maker.endorse(SECRET, PUBLIC)
    assert maker.is_endorsed(SECRET, PUBLIC, proof)
    assert not maker.is_endorsed(b"another", PUBLIC, proof)
    assert not maker.is_endorsed(SECRET, PUBLIC, None)


def test_command_line(tmp_path, capsys):
    entries, tokens = made(12)
    export = {
        "chain": CHAIN,
        "entries": [entry._asdict() for entry in entries],
        "checkpoints": tokens,
        "keys": KEYS,
    }
    path, key, mail = (tmp_path / name for name in ("e.json", "k.txt", "m.txt"))
    key.write_text(f"{KID} {PUBLIC}\n")
    folded = "\r\n".join(tokens[1][i : i + 70] for i in range(0, len(tokens[1]), 70))
    mail.write_text(f"Bonjour,\r\n{folded}\r\nCordialement")
    run = [str(path), "--key", str(key), "--witness", str(mail), "--lang", "en"]
    path.write_text(json.dumps(export))
    assert checker.main(run) == 0
    assert "signed to 10" in capsys.readouterr().out
    export["entries"], export["checkpoints"] = export["entries"][:6], tokens[:1]
    path.write_text(json.dumps(export))
    assert checker.main(run) == 1
    assert "entries 7 to 10 are missing" in capsys.readouterr().out
    assert checker.main(run[:1]) == 0
    assert "Attention" in capsys.readouterr().out
    path.write_text("[]")
    assert checker.main(run) == 2


def test_many_breaks_are_counted_not_all_kept():
    entries, tokens = made(600)
    broken = [replace_text(entry) for entry in entries]
    report = check(broken, tokens)
    assert report.total_breaks == 600 and len(report.breaks) == checker.SHOWN
    assert report.first.seq == 1
    assert replace(report, breaks=[]).green_until == 600


def replace_text(entry):
    return entry._replace(content={"text": "x"})
