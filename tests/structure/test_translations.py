"""Every word of ours can be translated, and is there in French."""

import polib
import pytest
from conftest import MODULES, ROOT

EXPORT = """
from odoo.tools.translate import trans_export
with open({path!r}, "wb") as file:
    trans_export(None, [{module!r}], file, "po", env)
"""


def terms(path):
    return {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path))}


@pytest.mark.parametrize("module", MODULES)
def test_template_is_what_odoo_exports_today(lab, tmp_path, module):
    # Without modules that it does not need: they would add fields to its models.
    database = lab.copy(f"with_{module}", f"structure_words_{module}")
    path = str(tmp_path / "fresh.po")
    lab.code(database, EXPORT.format(module=module, path=path))
    lab.drop(database)
    stored = terms(ROOT / module / "i18n" / f"{module}.pot")
    assert stored == terms(path), "run script/i18n and complete the French"


@pytest.mark.parametrize("module", MODULES)
def test_french_is_complete(module):
    french = polib.pofile(str(ROOT / module / "i18n/fr.po"))
    template = terms(ROOT / module / "i18n" / f"{module}.pot")
    assert terms(ROOT / module / "i18n/fr.po") == template
    assert [entry.msgid for entry in french if not entry.msgstr.strip()] == []
    assert [entry.msgid for entry in french if entry.fuzzy] == []
    assert not french.obsolete_entries()
