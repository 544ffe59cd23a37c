"""Every word of ours can be translated, and is there in French."""

import polib
import pytest
from conftest import MODULES, ROOT

EXPORT = """
from odoo.tools.translate import trans_export
for module in {modules!r}:
    with open({folder!r} + "/" + module + ".po", "wb") as file:
        trans_export(None, [module], file, "po", env)
"""


def terms(path):
    return {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path))}


@pytest.fixture(scope="module")
def exported(lab, suite, tmp_path_factory):
    folder = tmp_path_factory.mktemp("i18n")
    lab.code(suite, EXPORT.format(modules=MODULES, folder=str(folder)))
    return folder


@pytest.mark.parametrize("module", MODULES)
def test_template_is_what_odoo_exports_today(exported, module):
    fresh = terms(exported / f"{module}.po")
    stored = terms(ROOT / module / "i18n" / f"{module}.pot")
    assert stored == fresh, "run script/i18n and complete the French"


@pytest.mark.parametrize("module", MODULES)
def test_french_is_complete(module):
    french = polib.pofile(str(ROOT / module / "i18n/fr.po"))
    template = terms(ROOT / module / "i18n" / f"{module}.pot")
    assert terms(ROOT / module / "i18n/fr.po") == template
    assert [entry.msgid for entry in french if not entry.msgstr.strip()] == []
    assert [entry.msgid for entry in french if entry.fuzzy] == []
    assert not french.obsolete_entries()
