"""Who may do what: each person, each operation, each model, really tried.

A module gives two tables (see ``test_rights_matrix``): what each person may do on each
model, and how a record of that model is made. A model that is missing makes it fail.
"""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user

OPERATIONS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}
ALL, READ = "rwcu", "r---"
TRADE = "security_workforce.group_security_"
# Everybody that a firm lets in, by the one group that makes him what he is.
PEOPLE = {
    "colleague": "base.group_user",
    "reader": f"{TRADE}user",
    "planner": f"{TRADE}planner",
    "operator": f"{TRADE}operator",
    "credentials": f"{TRADE}credential_officer",
    "access": f"{TRADE}access_officer",
    "compliance": f"{TRADE}compliance_officer",
    "manager": f"{TRADE}manager",
    "hr_officer": "hr.group_hr_user",
    "hr_manager": "hr.group_hr_manager",
    "guard": "base.group_portal",
    "client": "base.group_portal",
    "public": "base.group_public",
}


class RolledBackError(Exception):
    """Takes back what an allowed operation has done."""


class RightsMatrix:
    """To be mixed in a TransactionCase that has ``company`` and ``foreign_company``.

    ``rights``: ``{model: {operations: "names of people"}}``; who is not named may do
    nothing. ``samples(company, number)``: ``{model: (values, change)}``, the values of
    the first record of its firm or of a second one, where something must be unique.
    ``tested_elsewhere``: the models whose own tests try each group and operation.
    ``registers``: the models that nobody may change nor delete, whatever his rights.
    """

    module = None
    people = PEOPLE
    rights = {}
    registers = ()
    tested_elsewhere = ()

    @classmethod
    def make_people(cls):
        """{name of the person: user of the firm}."""
        return {
            name: new_test_user(
                cls.env,
                f"matrix_{name}",
                groups=group,
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
            )
            for name, group in cls.people.items()
        }

    def samples(self, company, number=1):
        """{model: (values of a record, a change of it)} in a firm."""
        raise NotImplementedError

    # ------------------------------------------------------------
    # Tests
    # ------------------------------------------------------------

    def test_no_model_is_forgotten(self):
        own = {
            name
            for name, model in self.env.registry.items()
            if model._original_module == self.module and not model._abstract
        }
        told = {*self.rights, *self.tested_elsewhere}
        self.assertEqual(own - told, set(), "Say who may do what on them.")
        self.assertEqual(set(self.rights), set(self.samples(self.company)))

    def test_each_person_operation_and_model(self):
        others = self.samples(self.company, 2)
        for model, (first, change) in self.samples(self.company).items():
            record = self.env[model].create(first)
            values = others[model][0]
            self.env.flush_all()
            allowed = self.read_rights(model)
            for name, user in self.users.items():
                asked = record
                if record._transient and "c" in allowed[name]:
                    # A dialog is of whoever opened it.
                    asked = self.as_person(record, user).create(values)
                    self.env.flush_all()
                for letter, operation in OPERATIONS.items():
                    with self.subTest(f"{name}: {operation} {model}"):
                        outcome = self.outcome(asked, user, operation, values, change)
                        expected = None if letter in allowed[name] else "refused"
                        self.assertEqual(outcome, expected)

    def test_nobody_reaches_into_another_firm(self):
        reached = 0
        others = self.samples(self.foreign_company, 2)
        for model, (first, change) in self.samples(self.foreign_company).items():
            Model = self.env[model]
            if not self.of_a_company(Model) or Model._transient:
                continue
            record, values = Model.create(first), others[model][0]
            self.env.flush_all()
            reached += 1
            for name, user in self.users.items():
                for operation in OPERATIONS.values():
                    with self.subTest(f"{name}: {operation} {model} elsewhere"):
                        outcome = self.outcome(record, user, operation, values, change)
                        self.assertEqual(outcome, "refused")
        self.assertTrue(reached)

    # ------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------

    def read_rights(self, model):
        """{person: letters of what he may do on the model}."""
        allowed = dict.fromkeys(self.users, "")
        for letters, names in self.rights[model].items():
            for name in names.split():
                self.assertFalse(allowed[name], f"{name} is named twice on {model}")
                allowed[name] = letters
        return allowed

    def of_a_company(self, Model):
        """Catalogues are of everybody."""
        fields = Model._fields
        return "company_id" in fields or "requirement_id" in fields

    def as_person(self, record, user):
        env = self.env(user=user, context={"allowed_company_ids": self.company.ids})
        return record.with_env(env)

    def outcome(self, record, user, operation, values, change):
        """What the operation ends with: nothing, or "refused". It is taken back."""
        asked = self.as_person(record, user)
        refusals = UserError if record._name in self.registers else AccessError
        try:
            with self.env.cr.savepoint():
                getattr(self, f"try_{operation}")(asked, values, change)
                asked.env.flush_all()
                raise RolledBackError
        except RolledBackError:
            return None
        except refusals:
            return "refused"

    def try_read(self, asked, _values, _change):
        found = asked.search([("id", "in", asked.ids)])
        if found != asked:
            # A record rule hides it from the lists: it must not be read either.
            asked.read(["display_name"])
            raise AssertionError("Hidden from the list, and read all the same.")
        fields = asked._fields
        shown = [name for name in asked.fields_get() if fields[name].store]
        asked.read([name for name in shown if fields[name].column_type])

    def try_write(self, asked, _values, change):
        asked.write(change)

    def try_create(self, asked, values, _change):
        asked.create(values)

    def try_unlink(self, asked, _values, _change):
        asked.unlink()
