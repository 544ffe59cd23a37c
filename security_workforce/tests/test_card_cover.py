from datetime import date, datetime

from odoo.tests import freeze_time, tagged
from odoo.tools import format_date

from .common import NOW, WorkforceCase

PARIS = "Europe/Paris"


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestCardCover(WorkforceCase):
    def gap(self, employee, activity, start, stop, tz=PARIS):
        """The message for one shift given in UTC, None when it is covered."""
        request = (
            employee,
            activity,
            datetime.fromisoformat(start),
            datetime.fromisoformat(stop),
            tz,
        )
        return self.Card._find_gaps([request]).get(0)

    def test_covered(self):
        self.new_card()
        night = ("2026-12-01T20:00", "2026-12-02T05:00")
        self.assertIsNone(self.gap(self.anna, self.sh, *night))
        self.assertIsNone(self.gap(self.anna, self.sge, *night))

    def test_the_message_names_card_day_and_article(self):
        card = self.new_card(date_expiry="2026-12-01")
        message = self.gap(self.anna, self.sh, "2026-12-01T20:00", "2026-12-02T05:00")
        days = [
            format_date(self.env, day) for day in (date(2026, 12, 1), date(2026, 12, 2))
        ]
        for words in ("Anna Test", card.display_name, *days):
            self.assertIn(words, message)
        self.assertIn("CSI L612-20", message)

    def test_the_last_minute_counts_on_the_local_clock(self):
        self.new_card(date_expiry="2026-12-01")
        until = {
            # Paris midnight is 23:00 UTC in winter.
            ("2026-12-01T23:00", PARIS): None,
            ("2026-12-01T23:01", PARIS): "expired",
            ("2026-12-01T23:01", "UTC"): None,
            ("2026-12-01T20:01", "Indian/Reunion"): "expired",
        }
        for (stop, tz), gap in until.items():
            message = self.gap(self.anna, self.sh, "2026-12-01T17:00", stop, tz)
            self.assertEqual(bool(message), bool(gap), (stop, tz))

    def test_each_reason_has_its_sentence(self):
        shift = ("2026-12-01T08:00", "2026-12-01T18:00")

        def ask(activity=self.sh):
            return self.gap(self.anna, activity, *shift)

        self.assertIn("no professional card", ask())
        card = self.new_card(verified=False)
        self.assertIn("never verified", ask())
        self.assertIn("another activity", ask(self.cyno))
        self.verify(card)
        self.assertIsNone(ask())
        card.action_suspend()
        self.assertIn("suspended", ask())
        card.action_reinstate()
        card.action_withdraw()
        self.assertIn("withdrawn", ask())
        self.new_card(self.boris, number=False, kind="provisional", verified=False)
        self.assertIn("not a professional card", self.gap(self.boris, self.sh, *shift))

    def test_a_renewal_takes_over_in_the_night(self):
        self.new_card(date_expiry="2026-12-01")
        self.new_card(
            number="2026-0000001-CAR-SH-0123456",
            date_issued="2026-11-20",
            date_expiry="2031-11-19",
        )
        night = ("2026-12-01T20:00", "2026-12-02T05:00")
        self.assertIsNone(self.gap(self.anna, self.sh, *night))

    def test_only_the_uncovered_are_answered(self):
        self.new_card()
        hours = (datetime(2026, 12, 1, 8), datetime(2026, 12, 1, 18), PARIS)
        gaps = self.Card._find_gaps(
            [
                (self.anna, self.sh, *hours),
                (self.boris, self.sh, *hours),
                (self.anna, self.cyno, *hours),
            ]
        )
        self.assertEqual(set(gaps), {1, 2})
        self.assertEqual(self.Card._find_gaps([]), {})

    def test_unknown_timezone(self):
        with self.assertRaisesRegex(ValueError, "Unknown timezone"):
            self.gap(self.anna, self.sh, "2026-12-01", "2026-12-02", "Paris")

    def test_a_planner_gets_the_answer(self):
        self.new_card(self.boris, verified=False)
        planner = self.new_user("planner", "group_security_planner")
        hours = (datetime(2026, 12, 1, 8), datetime(2026, 12, 1, 18), PARIS)
        request = (self.boris.with_user(planner), self.sh.with_user(planner), *hours)
        gaps = self.Card.with_user(planner)._find_gaps([request])
        self.assertIn("Boris Test", gaps[0])

    def test_queries_do_not_grow_with_requests(self):
        hours = (datetime(2026, 12, 1, 8), datetime(2026, 12, 1, 18), PARIS)
        counts = []
        # Read once for all, then kept.
        self.Card._covered_activities()
        for size in (4, 40):
            guards = self.env["hr.employee"].create(
                [
                    {"name": f"Guard {size}/{n}", "company_id": self.company.id}
                    for n in range(size)
                ]
            )
            cards = self.Card.create(
                [
                    {
                        "employee_id": guard.id,
                        "activity_id": self.sh.id,
                        "number": f"2026-{size:07d}-CAR-SH-{number:07d}",
                        "date_issued": "2026-01-01",
                        "date_expiry": "2031-01-01",
                    }
                    for number, guard in enumerate(guards)
                ]
            )
            for card in cards[::2]:
                self.verify(card)
            self.env.flush_all()
            self.env.invalidate_all()
            requests = [(guard, self.sh, *hours) for guard in guards]
            before = self.cr.sql_log_count
            gaps = self.Card._find_gaps(requests)
            counts.append(self.cr.sql_log_count - before)
            self.assertEqual(len(gaps), size // 2)
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], 8)
