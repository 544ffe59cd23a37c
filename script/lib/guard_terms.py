"""List the words of the guard's page where Odoo's export finds them.

Odoo's export does not read words in templates that are inside templates. This writes
them, folder by folder, to ``<module>/static/src/guard_terms/<folder>.js``: files that
are read by the export only.

Usage: guard_terms.py ROOT MODULE...
"""

import json
import re
import sys
from pathlib import Path

WIDTH = 88
TEXT = r'"(?:[^"\\\n]|\\.)*"'
CALL = re.compile(rf"\b_t\(\s*({TEXT}(?:\s*\+\s*{TEXT})*)")
HEAD = """\
// Made by script/i18n: the words of {source}, for the export of Odoo,
// which does not read templates inside templates. No page loads this file.
import {{_t}} from "@security_missions/guard/core/i18n";

export const words = () => ["""


def words_of(source):
    """The texts given to ``_t`` in a JavaScript source."""
    return {
        "".join(json.loads(part) for part in re.findall(TEXT, found))
        for found in CALL.findall(source)
    }


def by_folder(module):
    """``{folder of the page: its words}`` of a module's folder."""
    page = module / "static/src/guard"
    found = {}
    for path in sorted(page.rglob("*.js")):
        parts = path.relative_to(page).parts
        folder = parts[0] if len(parts) > 1 else "page"
        words = words_of(path.read_text(encoding="utf-8"))
        found.setdefault(folder, set()).update(words)
    return {folder: words for folder, words in found.items() if words}


def written(module, folder, words):
    """The file of a folder, as the linter wants it."""
    source = f"{module.name}/static/src/guard" + (
        "" if folder == "page" else f"/{folder}"
    )
    calls = [f"_t({json.dumps(word, ensure_ascii=False)})" for word in sorted(words)]
    head = HEAD.format(source=source)
    line = head.splitlines()[-1] + ", ".join(calls) + "];"
    if len(line) <= WIDTH:
        return head.rsplit("\n", 1)[0] + f"\n{line}\n"
    lines = [
        f"    {call},"
        if len(call) + 5 <= WIDTH
        else f"    _t(\n        {call[3:-1]}\n    ),"
        for call in calls
    ]
    return "\n".join([head, *lines, "];", ""])


def main(root, modules):
    for name in modules:
        module = Path(root) / name
        folder_of_terms = module / "static/src/guard_terms"
        files = {
            folder_of_terms / f"{folder}.js": written(module, folder, words)
            for folder, words in by_folder(module).items()
        }
        for old in set(folder_of_terms.glob("*.js")) - files.keys():
            old.unlink()
        for path, content in files.items():
            path.parent.mkdir(exist_ok=True)
            path.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
