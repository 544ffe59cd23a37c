from datetime import date

from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW
from .training import TrainingCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestTrainingProposal(TrainingCase):
    """Whose title ends soonest, and who of them can come."""

    def wizard(self, session, user=None):
        action = session.with_user(user or self.hr).action_propose()
        return Form(
            self.env[action["res_model"]]
            .with_user(user or self.hr)
            .with_context(**action["context"])
        )

    def proposed(self, session, **kwargs):
        """[(guard, last day, ticked, remark)] of the list as it opens."""
        lines = self.wizard(session, **kwargs).save().line_ids
        return [
            (line.employee_id.name, line.title_end, line.selected, line.note or "")
            for line in lines
        ]

    def test_qualifications_soonest_end_first(self):
        carl, dora, endless, far = self.guards(4)
        self.new_line(employee=self.anna, valid_from="2025-03-01")
        self.new_line(employee=self.boris, valid_from="2025-01-15")
        # Renewed since: his last one counts.
        self.new_line(employee=carl, valid_from="2025-02-01")
        self.new_line(employee=carl, valid_from="2026-10-01")
        self.new_line(employee=dora, valid_from="2024-01-01")
        self.new_line(employee=endless, valid_from="2025-01-01", valid_to=False)
        self.new_line(employee=far, valid_from="2026-06-01")
        session = self.new_session()
        self.assertEqual(
            self.proposed(session),
            [
                ("Guard 01", date(2025, 12, 31), True, "Over by then"),
                ("Boris Test", date(2027, 1, 14), True, ""),
                ("Anna Test", date(2027, 2, 28), True, ""),
            ],
        )
        with self.wizard(session) as form:
            form.until = "2027-01-31"
            form.save()
        self.assertEqual(len(form.record.line_ids), 2)
        self.assertEqual(form.record.line_ids.mapped("days_left"), [-327, 52])

    def test_added_up_to_the_seats_the_rest_waits(self):
        self.new_line(employee=self.anna, valid_from="2025-03-01")
        self.new_line(employee=self.boris, valid_from="2025-01-15")
        session = self.new_session(seats=1)
        wizard = self.wizard(session).save()
        self.assertEqual(wizard.seats_left, 1)
        wizard.action_add()
        self.assertEqual(
            {a.employee_id: a.state for a in session.attendee_ids},
            {self.boris: "proposed", self.anna: "waiting"},
        )
        self.assertFalse(self.proposed(session))
        wizard = self.wizard(session).save()
        with self.assertRaisesRegex(UserError, "Tick the guards"):
            wizard.action_add()

    def test_only_those_who_are_ticked(self):
        self.new_line(employee=self.anna, valid_from="2025-03-01")
        self.new_line(employee=self.boris, valid_from="2025-01-15")
        session = self.new_session()
        form = self.wizard(session)
        with form.line_ids.edit(0) as line:
            line.selected = False
        form.save().action_add()
        self.assertEqual(session.attendee_ids.employee_id, self.anna)

    def test_booked_and_busy_guards(self):
        carl = self.guards(1)
        for guard in (self.anna, self.boris, carl):
            self.new_line(employee=guard, valid_from="2025-03-01")
        booked = self.new_session(first="2026-12-21")
        self.seat(booked, self.anna)
        self.new_leave(self.boris, "2026-12-07", "2026-12-07")
        session = self.new_session()
        end = date(2027, 2, 28)
        self.assertEqual(
            self.proposed(session),
            [("Boris Test", end, False, "on leave"), ("Guard 00", end, True, "")],
        )
        booked.action_cancel()
        self.assertEqual(len(self.proposed(session)), 3)

    def test_first_training_and_catch_up_for_those_whose_title_is_over(self):
        self.new_line(self.ssiap2, self.anna, valid_from="2023-01-01")
        self.new_line(self.ssiap2, self.boris, valid_from="2024-01-01")
        for code, names in (
            ("ssiap2", ["Anna Test"]),
            ("ssiap2_ran", ["Anna Test"]),
            ("ssiap2_rec", ["Boris Test"]),
        ):
            session = self.new_session(
                self.env.ref(f"security_workforce.training_{code}"), first="2026-12-07"
            )
            with self.subTest(code):
                self.assertEqual([row[0] for row in self.proposed(session)], names)

    def test_cards_of_the_activity_within_the_window_of_the_law(self):
        carl, dora, emma, finn = self.guards(4)
        ends = {
            self.anna: "2028-06-30",
            self.boris: "2027-03-31",
            carl: "2029-06-30",  # more than 24 months after the course
            dora: "2026-06-30",  # late, still a renewal
            emma: "2020-06-30",  # more than five years ago
            finn: "2027-01-31",  # not verified: it proves nothing
        }
        for index, (guard, end) in enumerate(ends.items()):
            self.new_card(
                guard,
                verified=guard != finn,
                number=f"CAR-075-{end}-2020000{index:04}",
                date_issued="2019-01-01",
                date_expiry=end,
            )
        session = self.new_session(self.mac_aps)
        self.assertEqual(
            self.proposed(session),
            [
                (
                    "Guard 01",
                    date(2026, 6, 30),
                    True,
                    "Card over by then: needs a prior authorisation",
                ),
                ("Boris Test", date(2027, 3, 31), True, ""),
                ("Anna Test", date(2028, 6, 30), True, ""),
            ],
        )
        wizard = self.wizard(session).save()
        self.assertEqual(wizard.until, date(2028, 12, 11))
        cyno = self.new_session(self.env.ref("security_workforce.training_mac_cyno"))
        self.assertFalse(self.proposed(cyno))

    def test_the_shorter_course_for_holders_of_first_aid(self):
        for index, guard in enumerate((self.anna, self.boris)):
            self.new_card(
                guard,
                number=f"CAR-075-2027-06-30-2022000{index:04}",
                date_expiry="2027-06-30",
            )
        self.new_line(employee=self.anna, valid_from="2025-06-01")
        end = date(2027, 6, 30)
        self.assertEqual(
            self.proposed(self.new_session(self.mac_aps)),
            [
                ("Anna Test", end, False, "MAC-APS-27 is enough"),
                ("Boris Test", end, True, ""),
            ],
        )
        shorter = self.env.ref("security_workforce.training_mac_aps_27")
        session = self.new_session(shorter, first="2026-12-14")
        self.assertEqual(self.proposed(session), [("Anna Test", end, True, "")])
        self.seat(session, self.anna)
        # In one of them: not proposed for the other.
        self.assertEqual(
            [row[0] for row in self.proposed(self.new_session(self.mac_aps))],
            ["Boris Test"],
        )

    def test_whoever_passed_for_the_card_he_holds_is_done(self):
        self.new_card(date_expiry="2027-06-30")
        session = self.new_session(self.mac_aps, late_reason="Test")
        attendee = self.seat(session, self.anna)
        session.action_confirm()
        with freeze_time("2026-12-12 09:00:00"):
            attendee.action_present()
            attendee.action_pass()
            session.action_done()
        self.assertFalse(self.proposed(self.new_session(self.mac_aps, "2027-02-01")))

    def test_as_many_queries_for_sixty_guards_as_for_two(self):
        session = self.new_session(self.mac_aps)
        counts = []
        for number in (2, 58):
            for index, guard in enumerate(self.guards(number)):
                self.new_line(employee=guard, valid_from="2025-06-01")
                self.new_card(
                    guard,
                    number=f"CAR-075-2027-06-30-2022{number:03}{index:04}",
                    date_expiry="2027-06-30",
                )
            self.env.flush_all()
            self.env.invalidate_all()
            session._candidates(date(2028, 1, 1))  # caches
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = session._candidates(date(2028, 1, 1))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(found), 60)
        self.assertEqual(counts[0], counts[1])
