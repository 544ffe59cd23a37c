"""The words of the guard's page reach the translators."""

import sys

import pytest
from conftest import MODULES, ROOT

sys.path.insert(0, str(ROOT / "script/lib"))
import guard_terms  # noqa: E402


def test_words_in_any_template_are_found():
    source = """
        const a = html`<p>${_t("One")} ${b && html`<i>${_t("Two %s", `${c}`)}</i>`}`;
        const d = _t(
            "Long " +
                "word \\"quoted\\""
        );
        const no = not_t("Three");
    """
    assert guard_terms.words_of(source) == {"One", "Two %s", 'Long word "quoted"'}


@pytest.mark.parametrize("module", MODULES)
def test_lists_for_the_export_are_of_today(module):
    folder = ROOT / module / "static/src/guard_terms"
    stored = {path.stem: path.read_text("utf-8") for path in folder.glob("*.js")}
    wanted = {
        name: guard_terms.written(ROOT / module, name, words)
        for name, words in guard_terms.by_folder(ROOT / module).items()
    }
    assert stored == wanted, "run script/lib/guard_terms.py (script/i18n does)"
