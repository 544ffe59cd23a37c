"""From a firm's workbook to its guards: recognised, written once, never overwritten."""

from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .import_common import ImportCase, card_row, guard_row, skill_row, workbook

REFUSAL = "No more guards in this firm."


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestGuardImport(ImportCase):
    def test_guards_cards_and_qualifications_come_in(self):
        wizard = self.checked(
            [guard_row(n) for n in (1, 2, 3)],
            [card_row(1), card_row(1, "SGE"), card_row(2)],
            [skill_row(1), skill_row(1, "SSIAP1", date(2025, 1, 10))],
        )
        self.assertEqual(self.said(wizard), [])
        self.assertEqual((wizard.guard_count, wizard.new_count), (3, 3))
        self.assertFalse(self.staff(), "a check writes nothing")
        self.imported(wizard)
        anna = self.staff()[0]
        self.assertEqual(anna.name, "Anna Surname1")
        self.assertEqual(anna.security_surname, "Surname1")
        self.assertEqual(anna.birthday, date(1990, 2, 1))
        self.assertEqual(anna.contract_date_start, date(2024, 3, 15))
        self.assertEqual(anna.version_id.date_version, date(2024, 3, 15))
        self.assertEqual(anna.create_uid, self.importer)
        self.assertEqual(anna.card_ids.mapped("state"), ["draft", "draft"])
        self.assertEqual({*anna.card_ids.mapped("nub")}, {"2000001"})
        self.assertEqual(anna.card_ids[0].date_expiry, date(2029, 2, 1))
        skills = anna.security_qualification_ids
        self.assertEqual(
            {(s.security_code, s.valid_to) for s in skills},
            {("SST", date(2028, 5, 31)), ("SSIAP1", date(2028, 1, 9))},
        )
        self.assertIn("guards.xlsx", str(anna.message_ids.mapped("body")))
        cards = self.env["security.card"].search(wizard.action_cards()["domain"])
        self.assertEqual(cards, self.staff().card_ids)
        self.assertFalse(wizard.guards_json, "personal data is not kept twice")

    def test_a_second_run_changes_nothing(self):
        file = (
            [guard_row(n) for n in (1, 2)],
            [card_row(1), card_row(2)],
            [skill_row(1)],
        )
        second = self.checked(*file)
        self.assertEqual(second.new_count, 2)
        self.imported(self.checked(*file))
        staff = self.staff()
        self.env.flush_all()
        tables = ("hr_employee", "hr_version", "security_card", "hr_employee_skill")
        before = self.stamps(*tables)
        wizard = self.checked(*file)
        counts = (wizard.same_count, wizard.new_count, wizard.guard_count)
        self.assertEqual(counts, (2, 0, 0))
        with self.assertRaisesRegex(UserError, "nothing to write"):
            wizard.action_import()
        # Checked before the first one was written, as by a second officer.
        self.imported(second)
        self.assertEqual((second.created_count, second.updated_count), (0, 0))
        self.env.flush_all()
        self.assertEqual(self.stamps(*tables), before)
        self.assertEqual(self.staff(), staff)

    def stamps(self, *tables):
        """Every row that could have been written, with its latest version."""
        rows = {}
        for table in tables:
            self.env.cr.execute(f"SELECT id, xmin::text, ctid::text FROM {table}")
            rows[table] = sorted(self.env.cr.fetchall())
        return rows

    def test_only_what_changed_is_written(self):
        self.imported(self.checked([guard_row(1), guard_row(2)], [card_row(1)]))
        first, second = self.staff()
        first.private_city = "Lyon"
        wizard = self.checked(
            [guard_row(1, phone="07 00 00 00 00"), guard_row(2)], [card_row(1)]
        )
        self.assertEqual((wizard.changed_count, wizard.same_count), (1, 1))
        self.imported(wizard)
        self.assertEqual(first.mobile_phone, "07 00 00 00 00")
        self.assertEqual(first.private_city, "Lyon", "no cell, no change")
        self.assertEqual(second.mobile_phone, "06 39 98 00 01")
        self.assertEqual(len(first.card_ids), 1)

    def test_a_guard_is_recognised(self):
        """By NUB, e-mail, registration number, or name and birth date."""
        self.anna.birthday = "1990-02-01"
        cases = {
            "nub": lambda: self.new_card(number="CAR-075-2029-02-01-20242000001"),
            "email": lambda: self.anna.write({"work_email": "GUARD1@import.example"}),
            "number": lambda: self.anna.write(
                {"security_registration_number": "m0001"}
            ),
            "name": lambda: self.anna.write({"name": "SURNAME1 Anna"}),
        }
        for name, known in cases.items():
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                known()
                wizard = self.checked([guard_row(1)], [card_row(1)])
                self.assertEqual(self.said(wizard), [])
                self.assertEqual((wizard.new_count, wizard.changed_count), (0, 1))
                self.imported(wizard)
                self.assertEqual(self.staff(), self.anna)
                self.assertEqual(self.anna.mobile_phone, "06 39 98 00 01")
                savepoint.rollback()

    def test_whom_a_line_means_must_be_sure(self):
        self.anna.write(
            {"work_email": "guard1@import.example", "birthday": "1990-02-01"}
        )
        self.boris.security_registration_number = "M0001"
        wizard = self.checked([guard_row(1)])
        ((sheet, row, _column, reason),) = self.said(wizard)
        self.assertEqual((sheet, row), ("Guards", 2))
        self.assertIn("Anna Test, Boris Test", reason)
        self.boris.security_registration_number = False
        self.anna.birthday = "1991-02-01"
        ((*_where, reason),) = self.said(self.checked([guard_row(1)]))
        self.assertRegex(reason, "those of Anna Test, but the name or the birth date")
        self.anna.write({"birthday": "1990-02-01", "active": False})
        ((*_where, reason),) = self.said(self.checked([guard_row(1)]))
        self.assertIn("Anna Test is archived", reason)
        self.anna.active = True
        both = [guard_row(1), guard_row(2, email=None, birthday="01/02/1990")]
        self.anna.security_registration_number = "M0002"
        reasons = [line[-1] for line in self.said(self.checked(both))]
        self.assertEqual(len(reasons), 2)
        self.assertRegex(reasons[0], "Lines 2, 3 are all Anna Test")

    def test_a_verified_card_is_never_changed(self):
        self.imported(self.checked([guard_row(1)], [card_row(1)]))
        card = self.staff().card_ids
        later = [card_row(1, expiry="01/02/2030")]
        wizard = self.checked([guard_row(1)], later)
        self.assertEqual(wizard.changed_count, 1, "a draft is corrected")
        card.date_expiry = "2029-02-01"
        self.verify(card)
        wizard = self.checked([guard_row(1)], later)
        ((sheet, row, column, reason),) = self.said(wizard, "remark")[:1]
        self.assertEqual((sheet, row, column), ("Cards", 2, "Number"))
        self.assertIn("was verified", reason)
        self.assertEqual(wizard.guard_count, 0)
        self.assertEqual((card.date_expiry, card.state), (date(2029, 2, 1), "valid"))

    def test_a_card_number_of_somebody_else(self):
        self.new_card(number="CAR-075-2029-02-01-20242000001", nub="7777777")
        other = self.env["res.company"].create({"name": "Second Guarding"})
        stranger = self.env["hr.employee"].create(
            {"name": "Zoe Secret", "company_id": other.id}
        )
        self.Card.create(
            {
                "employee_id": stranger.id,
                "activity_id": self.sh.id,
                "number": "CAR-075-2029-02-01-20242000002",
            }
        )
        wizard = self.checked([guard_row(1), guard_row(2)], [card_row(1), card_row(2)])
        reasons = {row: reason for _s, row, _c, reason in self.said(wizard)}
        self.assertIn("already that of Anna Test", reasons[2])
        self.assertIn("of another company", reasons[3])
        self.assertNotIn("Zoe", reasons[3])

    def test_bad_guards_are_left_out_on_demand(self):
        wizard = self.checked(
            [guard_row(1), guard_row(2, birthday="31/02/1990"), guard_row(3)],
            [card_row(1, "NOPE"), card_row(3)],
        )
        self.assertEqual((wizard.bad_count, wizard.guard_count), (2, 1))
        with self.assertRaisesRegex(UserError, "has 2 errors"):
            wizard.action_import()
        wizard.skip_bad = True
        self.imported(wizard)
        self.assertEqual(self.staff().mapped("name"), ["Anna Surname3"])

    def test_what_the_database_refuses_leaves_one_guard_out(self):
        """A guard recorded since the check; the others of the batch come in."""
        wizard = self.checked([guard_row(1), guard_row(2)])
        self.boris.security_registration_number = "M0002"
        self.imported(wizard)
        self.assertEqual(wizard.created_count, 1)
        self.assertRegex(self.said(wizard)[0][-1], "those of Boris Test")
        self.assertIn("Anna Surname1", self.staff().mapped("name"))

    def test_one_refusal_does_not_take_the_batch_down(self):
        wizard = self.checked([guard_row(1), guard_row(2)])
        create = type(self.env["hr.employee"]).create

        def refusing(records, vals_list):
            if any(vals.get("name") == "Anna Surname2" for vals in vals_list):
                raise UserError(REFUSAL)
            return create(records, vals_list)

        self.patch(type(self.env["hr.employee"]), "create", refusing)
        self.imported(wizard)
        self.assertEqual(self.staff().mapped("name"), ["Anna Surname1"])
        ((_sheet, row, _column, reason),) = self.said(wizard)
        self.assertEqual((row, reason), (3, REFUSAL))

    def test_contracts_that_exist_stay(self):
        self.imported(self.checked([guard_row(1)]))
        wizard = self.checked([guard_row(1, entry="01/01/2020")])
        self.assertEqual((wizard.same_count, wizard.guard_count), (1, 0))
        self.assertEqual(self.staff().contract_date_start, date(2024, 3, 15))
        self.importer.group_ids += self.env.ref("hr.group_hr_manager")
        wizard = self.checked([guard_row(1, entry="01/01/2020")])
        self.assertIn("does not change it", self.said(wizard, "remark")[0][-1])

    def test_queries_do_not_grow_with_the_guards(self):
        def queries(number):
            wizard = self.given(
                workbook(
                    [guard_row(n) for n in range(number)],
                    [card_row(n) for n in range(number)],
                )
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            wizard.action_check()
            return self.env.cr.sql_log_count - before

        queries(3)
        self.assertLessEqual(queries(60), queries(6) + 2)

    # === Template and report ===

    def sheets(self, action, wizard):
        report = self.env.ref(f"security_workforce.guard_import_{action}_report")
        report = report.with_user(self.importer).sudo(False)
        content, kind = report._render(report.report_name, wizard.ids)
        self.assertEqual(kind, "xlsx")
        return load_workbook(BytesIO(content)), content

    def test_the_template_comes_back_filled_in(self):
        wizard = self.given(b"")
        book, _content = self.sheets("template", wizard)
        self.assertEqual(
            book.sheetnames,
            ["How to", "Guards", "Cards", "Qualifications", "Allowed values"],
        )
        guards = book["Guards"]
        titles = [cell.value.removesuffix(" *") for cell in guards[1]]
        line = {
            "Registration number": "12",
            "Surname": "Durand",
            "First names": "Zoé",
            "Birth date": date(1988, 7, 14),
            "Entry": date(2025, 1, 2),
            "Sex": "Female",
            "Nationality": "France",
            "Kind of contract": "CDI",
            "Job": "Agent of a new kind",
            "Annex": "annexe IV",
            "Hours a week": "35:30",
            "Coefficient": 140,
            "Night worker": "Yes",
            "Medical visit on": date(2025, 1, 3),
            "Hiring declared on (DPAE)": "01/01/2025",
            "Postcode": 1000,
        }
        for title, value in line.items():
            guards.cell(2, titles.index(title) + 1, value)
        lists = {
            rule.sqref: rule.formula1 for rule in guards.data_validations.dataValidation
        }
        self.assertTrue(any("Allowed values" in formula for formula in lists.values()))
        content = BytesIO()
        book.save(content)
        wizard = self.given(content.getvalue())
        wizard.action_check()
        self.assertEqual(self.said(wizard), [])
        self.assertIn("Agent of a new kind", self.said(wizard, "remark")[0][-1])
        self.imported(wizard)
        zoe = self.staff()
        self.assertEqual(zoe.job_id.name, "Agent of a new kind")
        self.assertEqual(zoe.job_id.company_id, self.company)
        self.assertEqual(zoe.country_id.code, "FR")
        self.assertEqual((zoe.sex, zoe.security_annex), ("female", "annexe IV"))
        self.assertEqual((zoe.security_weekly_hours, zoe.private_zip), (35.5, "01000"))
        self.assertEqual(zoe.contract_type_id.name, "Permanent")
        self.assertEqual(zoe.security_declared_on, date(2025, 1, 1))
        self.assertEqual(zoe.security_aptitude_ids.date, date(2025, 1, 3))
        self.assertTrue(zoe.security_night_worker)

    def test_the_report_is_the_file_with_its_marks(self):
        wizard = self.checked(
            [guard_row(1), guard_row(2, birthday="31/02/1990")], [card_row(2)]
        )
        book, content = self.sheets("problems", wizard)
        rows = [list(row) for row in book["To correct"].values]
        self.assertEqual(rows[1][:4], ["Guards", 3, "Birth date", "M0002"])
        cell = book["Guards"]["D3"]
        self.assertEqual(cell.value, "31/02/1990")
        self.assertIn("not a date", cell.comment.text)
        self.assertEqual(cell.fill.fgColor.rgb[-6:], "F8D7DA")
        cell.value = "28/02/1990"
        saved = BytesIO()
        book.save(saved)
        again = self.given(saved.getvalue())
        again.action_check()
        self.assertEqual((again.error_count, again.guard_count), (0, 2))

    # === Rights ===

    def test_both_trades_are_needed(self):
        for name, groups in (
            ("hr", ["hr.group_hr_manager"]),
            ("card", ["group_security_credential_officer"]),
            ("chief", ["group_security_manager"]),
            ("planner", ["group_security_planner"]),
            ("reader", []),
        ):
            user = self.new_user(f"import_{name}", *groups)
            with self.subTest(name), self.assertRaises(AccessError):
                self.given(workbook([guard_row(1)]), user)

    def test_a_file_is_for_whoever_gave_it(self):
        wizard = self.checked([guard_row(1, phone="nonsense")])
        other = self.new_user(
            "other", "group_security_credential_officer", "hr.group_hr_user"
        )
        for model, records in (
            ("security.guard.import", wizard),
            ("security.guard.import.line", wizard.line_ids),
        ):
            theirs = self.env[model].with_user(other)
            self.assertFalse(theirs.search([]))
            for operation in ("read", "write", "unlink"):
                self.assertTrue(records, model)
                self.assertFalse(records.with_user(other).has_access(operation))
        with self.assertRaises(AccessError):
            wizard.with_user(other).action_check()
