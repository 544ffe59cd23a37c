from odoo import models

from ..engine.guard_import import fold
from ..models.hr_employee_register import CONTRACT_WORDS

SELECTIONS = {
    "sex": ("hr.version", "sex"),
    "annex": ("hr.version", "security_annex"),
    "visit_kind": ("security.aptitude", "kind"),
    "card_kind": ("security.card", "kind"),
}


class SecurityGuardImport(models.TransientModel):
    """The values that a cell may hold, in every language of the database."""

    _inherit = "security.guard.import"

    def _lists(self):
        """``{name of a choice: {folded label: id or key}}`` for the engine."""
        lists = {name: self._selection(*where) for name, where in SELECTIONS.items()}
        for letter, key in (("M", "male"), ("F", "female"), ("H", "male")):
            lists["sex"][fold(letter)] = key
        for key in [*lists["annex"].values()]:
            # “IV” as well as “annexe IV”.
            lists["annex"][fold(key)] = lists["annex"][fold(key.split()[-1])] = key
        lists["country"] = self._labels("res.country", "name", "code")
        lists["contract_kind"] = self._labels("hr.contract.type", "name")
        for word, xmlid in CONTRACT_WORDS.items():
            if kind := self.env.ref(xmlid, raise_if_not_found=False):
                lists["contract_kind"].setdefault(fold(word), kind.id)
        lists["regime"] = self._labels("security.regime", "name", "code")
        lists["activity"] = self._labels("security.activity", "name", "code")
        skills = self._skills()
        lists["skill"] = self._labels(skills, "name", "security_code")
        return lists

    def _skills(self):
        """Qualifications that come in by their code."""
        return self.env["hr.skill"].search(
            [
                ("security_code", "!=", False),
                ("is_regulated", "=", True),
                ("skill_type_id.is_certification", "=", True),
                ("skill_type_id.skill_level_ids", "!=", False),
            ],
            order="skill_type_id, sequence, id",
        )

    def _languages(self):
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        return {"en_US", *installed}

    def _selection(self, model, name):
        field = self.env[model]._fields[name]
        labels = {}
        for lang in self._languages():
            env = self.with_context(lang=lang).env
            for key, label in field._description_selection(env):
                labels[fold(label)] = key
        return labels

    def _labels(self, records, *names):
        """``{folded label: id}``; a code wins over a name, the first over the next."""
        if isinstance(records, str):
            records = self.env[records].search_fetch([], names)
        labels = {}
        for name in reversed(names):
            translated = records._fields[name].translate
            for lang in self._languages() if translated else {self.env.lang}:
                for record in records.with_context(lang=lang):
                    if record[name]:
                        labels.setdefault(fold(record[name]), record.id)
        return labels

    def _offered(self):
        """``{name of a choice: [(value to write, what it means)]}`` for the template,
        in the user's language."""
        offered = {
            name: [
                (label, "")
                for _key, label in self.env[model]
                ._fields[field]
                ._description_selection(self.env)
            ]
            for name, (model, field) in SELECTIONS.items()
        }
        offered["flag"] = [(self.env._("Yes"), ""), (self.env._("No"), "")]
        coded = {"skill": (self._skills(), "security_code")}
        for name in ("activity", "regime"):
            records = self.env[f"security.{name}"].search_fetch([], ["code", "name"])
            coded[name] = (records, "code")
        for name, (records, code) in coded.items():
            offered[name] = [(record[code], record.name) for record in records]
        named = {
            "contract_kind": self.env["hr.contract.type"].search_fetch([], ["name"]),
            "job": self.env["hr.job"].search([("company_id", "=", self.company_id.id)]),
            "country": self.env["res.country"].search_fetch([], ["name"]),
        }
        words = self.env["hr.employee"]._contract_words()
        for name, records in named.items():
            said = words if name == "contract_kind" else {}
            offered[name] = [(said.get(r.id, r.name), "") for r in records]
        return offered
