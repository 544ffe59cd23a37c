"""Bring each module's fr.po in line with its .pot, and say what is still to translate.

Usage: merge_french.py ROOT MODULE...
"""

import sys
from pathlib import Path

import polib

WIDTH = 78


def merged(template, known):
    """fr.po for the template, with the translations that are known."""
    french = polib.POFile(wrapwidth=WIDTH)
    french.metadata = {
        **template.metadata,
        "Language": "fr",
        "Plural-Forms": "nplurals=2; plural=(n > 1);",
    }
    french.header = template.header
    for entry in template:
        old = known.find(entry.msgid, msgctxt=entry.msgctxt or False)
        entry.msgstr = old.msgstr if old and not old.fuzzy else ""
        french.append(entry)
    return french


def main(root, modules):
    """Write the files; print one line per module."""
    for module in modules:
        folder = root / module / "i18n"
        template = polib.pofile(str(folder / f"{module}.pot"), wrapwidth=WIDTH)
        path = folder / "fr.po"
        known = polib.pofile(str(path)) if path.exists() else polib.POFile()
        french = merged(template, known)
        french.save(str(path))
        empty = [entry.msgid for entry in french if not entry.msgstr]
        print(f"{module}: {len(french)} terms, {len(empty)} without French")
        for msgid in empty:
            print(f"    {msgid[:70]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
