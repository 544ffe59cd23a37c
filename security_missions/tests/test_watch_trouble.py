"""The watch when something fails, is taken back, cancelled or moved."""

import json
from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import security_shift_watch_steps as steps
from .common import utc
from .test_watch import WatchCase


@tagged("post_install", "-at_install")
class TestWatchTrouble(WatchCase):
    def run_cron(self, batch):
        """The cron on two shifts of which the first one always fails."""
        second = self.make_shift(
            self.make_post("Gate"),
            "2027-04-15 20:00",
            "2027-04-16 06:00",
            self.other_guard,
            state="published",
        )
        bad, watch = self.shift, type(self.Shift)._watch_now

        def trouble(shifts, now):
            events = watch(shifts, now)
            if bad in shifts:
                raise ValueError("no such thing")
            return events

        with (
            self.at("2027-04-15 20:30"),
            patch.object(steps, "BATCH", batch),
            patch.object(
                type(self.env["ir.cron"]), "_commit_progress", return_value=60
            ) as progress,
            patch.object(type(self.Shift), "_watch_now", trouble),
            patch.object(
                type(self.Shift), "_to_watch", lambda shifts, now: bad | second
            ),
            mute_logger(steps.__name__),
        ):
            self.Shift._cron_watch()
        self.assertEqual(self.kinds_of(bad), [], "half of it was kept")
        self.assertEqual(self.kinds_of(second), ["amber", "red"])
        return [call.args for call in progress.call_args_list]

    def test_batches_are_committed(self):
        """One batch fails: the next one is done, the cron says how far it came."""
        self.assertEqual(self.run_cron(batch=1), [(), (1,), (1,)])

    def test_one_shift_does_not_stop_its_batch(self):
        self.assertEqual(self.run_cron(batch=50), [(), (2,)])

    def test_presence_taken_back_after_the_end_is_told(self):
        with self.at("2027-04-15 20:00"):
            attendance = self.attend(self.shift, utc("2027-04-15 19:50"), False)
        with self.at("2027-04-16 06:10"):
            attendance.unlink()
        self.assertEqual(self.shift.watch_level, "missed")
        self.assertEqual(self.run_at("2027-04-16 06:11"), ["missed"])
        self.assertEqual(self.run_at("2027-04-16 06:12"), ["missed"])

    def test_a_cancelled_shift_asks_nothing_more(self):
        self.company.security_watch_user_id = self.manager
        self.run_at("2027-04-15 20:10")
        activity = self.shift.watch_event_ids.activity_ids
        self.assertTrue(activity)
        with self.at("2027-04-15 20:12"):
            self.shift.action_cancel()
        self.assertFalse(activity.exists().filtered("active"))
        self.assertFalse(self.shift.watch_level)
        said = "".join(self.site.message_ids.mapped("body"))
        self.assertIn("The shift is cancelled.", said)
        self.assertNotIn("The post is held.", said)

    def test_who_comes_ends_the_alarm_with_its_own_words(self):
        self.company.security_watch_user_id = self.manager
        self.run_at("2027-04-15 20:10")
        with self.at("2027-04-15 20:15"):
            self.attend(self.shift, utc("2027-04-15 20:15"), False)
        said = "".join(self.site.message_ids.mapped("body"))
        self.assertIn("The post is held.", said)

    # ------------------------------------------------------------
    # The board
    # ------------------------------------------------------------

    def told(self, values):
        """How many times a board that is open hears of the shift."""
        with self.at("2027-04-15 18:00"):
            self.env.cr.precommit.run()
            self.env["bus.bus"].search([]).unlink()
            self.shift.write(values)
            self.env.cr.precommit.run()
        messages = [json.loads(one.message) for one in self.env["bus.bus"].search([])]
        return sum(
            message["type"] == "security_cover_now"
            and self.shift.id in message["payload"]["ids"]
            for message in messages
        )

    def test_a_shift_moved_away_leaves_the_board(self):
        far = timedelta(days=9)
        values = {
            "date_start": self.shift.date_start + far,
            "date_stop": self.shift.date_stop + far,
        }
        self.assertEqual(self.told(values), 1)

    def test_a_shift_moved_a_little_is_told_once(self):
        stop = self.shift.date_stop + timedelta(hours=1)
        self.assertEqual(self.told({"date_stop": stop}), 1)
