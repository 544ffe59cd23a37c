"""What must be refused: told in a clear sentence, and nothing stored.

Each goes over real JSON-RPC as the web client sends it, by somebody with every right,
so that only the rule itself can refuse it.
"""

from datetime import timedelta

from odoo import Command
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, SecurityMissionsMixin, utc

REFUSALS = {"odoo.exceptions.UserError", "odoo.exceptions.ValidationError"}
GROUPS = (
    "security_workforce.group_security_manager",
    "hr.group_hr_manager",
    "hr_attendance.group_hr_attendance_manager",
    "sales_team.group_sale_manager",
    "account.group_account_manager",
    "base.group_erp_manager",
    "base.group_partner_manager",
)
TABLES = (
    "security_site",
    "security_post",
    "security_post_need",
    "security_mission",
    "security_shift",
    "security_work_line",
    "security_card",
    "security_card_check",
    "hr_attendance",
    "res_company",
    "sale_order",
    "sale_order_line",
)
START, STOP = utc("2027-04-20 08:00"), utc("2027-04-20 16:00")


def text(value):
    return value.strftime("%Y-%m-%d %H:%M:%S")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestBadInput(SecurityMissionsMixin, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_firm()
        cls.boss = cls.make_user("boss", *GROUPS)
        cls.order = cls.make_order()
        cls.mission = cls.order.security_mission_ids
        cls.post = cls.post_of(cls.order)
        cls.uncovered = cls.make_guard("Nina Nocard", card=False)
        cls.expired = cls.make_guard("Ed Expired", date_expiry="2027-04-19")
        dog = cls.env.ref("security_workforce.activity_cyno")
        cls.handler = cls.make_guard("Dan Dog", activity_id=dog.id)
        cls.setup_shifts()
        cls.setup_stranger()

    @classmethod
    def setup_shifts(cls):
        """Yesterday's and today's shifts, in every state they may be in."""
        past = ("2027-04-14 08:00", "2027-04-14 16:00")
        make = cls.make_shift
        cls.draft = make(cls.post, "2027-04-20 08:00", "2027-04-20 16:00", cls.guard)
        cls.open = make(cls.post, "2027-04-20 08:00", "2027-04-20 16:00")
        cls.published = make(
            cls.post,
            "2027-04-21 08:00",
            "2027-04-21 16:00",
            cls.guard,
            state="published",
        )
        cls.cancelled = make(
            cls.post, "2027-04-22 08:00", "2027-04-22 16:00", cls.guard
        )
        cls.cancelled.action_cancel()
        cls.unattended = make(cls.post, *past, cls.other_guard, state="published")
        cls.approved = cls.work(cls.post, *past)
        cls.started = make(
            cls.post,
            "2027-04-15 08:00",
            "2027-04-15 16:00",
            cls.guard,
            state="published",
        )
        cls.attend(cls.started, check_out=False)
        long_ago = make(
            cls.post,
            "2027-04-01 08:00",
            "2027-04-01 16:00",
            cls.guard,
            state="published",
        )
        cls.attend(long_ago, check_out=long_ago.date_stop + timedelta(days=3))
        cls.forgotten = long_ago
        cls.broken = make(
            cls.post,
            "2027-04-08 08:00",
            "2027-04-08 16:00",
            cls.guard,
            state="published",
        )
        noon = cls.broken.date_start + timedelta(hours=4)
        cls.attend(cls.broken, check_out=noon)
        cls.attend(cls.broken, noon + timedelta(hours=1))

    @classmethod
    def setup_stranger(cls):
        """Another firm of the same database, out of this one's business."""
        cls.stranger = cls.make_company("Autre SAS")
        cls.boss.company_ids = [Command.link(cls.stranger.id)]
        cls.strange_guard = cls.make_guard("Igor Stranger", company=cls.stranger)
        cls.strange_site = cls.make_site("Elsewhere", company_id=cls.stranger.id)
        cls.strange_mission = cls.env["security.mission"].create(
            {
                "name": "Elsewhere",
                "partner_id": cls.client.id,
                "company_id": cls.stranger.id,
            }
        )

    def setUp(self):
        super().setUp()
        self.authenticate("boss", "boss")

    # ------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------

    def rpc(self, model, method, *args, context=None):
        """The answer of the server: {"result": …} or {"error": …}."""
        companies = (self.company | self.stranger).ids
        params = {
            "model": model,
            "method": method,
            "args": args,
            "kwargs": {
                "context": {
                    "lang": "en_US",
                    "allowed_company_ids": companies,
                    **(context or {}),
                }
            },
        }
        with mute_logger("odoo.http", "odoo.sql_db"):
            return self.url_open(
                f"/web/dataset/call_kw/{model}/{method}", json={"params": params}
            ).json()

    def snapshot(self):
        """What is stored, row by row, of everything that might be touched."""
        self.env.flush_all()
        rows = {}
        for table in TABLES:
            query = f"SELECT md5(string_agg(t::text, '|' ORDER BY id)) FROM {table} t"
            self.env.cr.execute(query)
            rows[table] = self.env.cr.fetchone()[0]
        return rows

    def assert_all_refused(self, cases):
        """Try each (name, sentence, model, method, *arguments)."""
        before = self.snapshot()
        for name, sentence, *call in cases:
            with self.subTest(name):
                answer = self.rpc(*call)
                self.assertIn("error", answer, "it was accepted")
                data = answer["error"]["data"]
                self.assertIn(data["name"], REFUSALS, data["message"])
                self.assertIn(sentence, data["message"])
                self.assertNotRegex(data["message"], "psycopg2|Traceback|null value")
                self.assertEqual(self.snapshot(), before, "something was stored")

    def shift(self, **values):
        return [
            {
                "post_id": self.post.id,
                "date_start": text(START),
                "date_stop": text(STOP),
                **values,
            }
        ]

    def need(self, **values):
        values = {"weekday": "0", "hour_start": 8, "duration": 12, **values}
        return [{"post_id": self.post.id, **values}]

    def attendance(self, shift, check_in, check_out, guard=None):
        return [
            {
                "employee_id": (guard or shift.employee_id).id,
                "security_shift_id": shift.id,
                "check_in": text(check_in),
                "check_out": check_out and text(check_out),
            }
        ]

    def wizard(self, model, **values):
        return self.env[model].with_user(self.boss).create(values).ids

    # ------------------------------------------------------------
    # The tables
    # ------------------------------------------------------------

    def test_shift(self):
        model, create = "security.shift", "create"
        hours = [text(START + timedelta(hours=n)) for n in range(49)]
        overlap = {"employee_id": self.guard.id, "date_start": hours[3]}
        self.assert_all_refused(
            [
                (
                    "stop before start",
                    "A shift ends after it starts",
                    *(model, create, self.shift(date_stop=text(START - timedelta(1)))),
                ),
                (
                    "0 h",
                    "A shift ends after it starts",
                    *(model, create, self.shift(date_stop=hours[0])),
                ),
                (
                    "30 h",
                    "A shift lasts 24 hours at most: split it",
                    *(model, create, self.shift(date_stop=hours[30])),
                ),
                (
                    "25 h on a plain day",
                    "lasts 24 hours at most: split it",
                    *(model, create, self.shift(date_stop=hours[25])),
                ),
                (
                    "no post",
                    "Post",
                    *(model, create, self.shift(post_id=False)),
                ),
                (
                    "no start",
                    "Start",
                    *(model, create, self.shift(date_start=False)),
                ),
                (
                    "guard of another company",
                    "Igor Stranger",
                    *(model, create, self.shift(employee_id=self.strange_guard.id)),
                ),
                (
                    "mission of another company",
                    "Elsewhere",
                    *(model, create, self.shift(mission_id=self.strange_mission.id)),
                ),
                (
                    "two places at once",
                    "Amine Test cannot be in two places at once",
                    *(model, create, self.shift(**overlap)),
                ),
                (
                    "two places at once, by drag",
                    "“Horizon / Guarding 20/04 08:00-16:00” overlap",
                    *(model, "write", [self.open.id], {"employee_id": self.guard.id}),
                ),
                (
                    "made done",
                    "through its attendance and its buttons only",
                    *(model, create, self.shift(state="done")),
                ),
                (
                    "made approved",
                    "through its attendance and its buttons only",
                    *(model, create, self.shift(approval_date=text(START))),
                ),
            ]
        )

    def test_life_of_a_shift(self):
        model = "security.shift"

        def assigned(shift, guard):
            return model, "write", [shift.id], {"employee_id": guard.id}

        ready = {
            guard: self.make_shift(
                self.post, "2027-04-20 08:00", "2027-04-20 16:00", guard
            )
            for guard in (self.uncovered, self.expired, self.handler)
        }
        self.assert_all_refused(
            [
                (
                    "publish without guard",
                    "has no guard: assign one before publishing",
                    *(model, "action_publish", [self.open.id]),
                ),
                (
                    "publish without card",
                    "Nina Nocard has no professional card on 04/20/2027",
                    *(model, "action_publish", ready[self.uncovered].ids),
                ),
                (
                    "publish with a card that is expired",
                    "expires on 04/19/2027 (CSI L612-20, R612-13)",
                    *(model, "action_publish", ready[self.expired].ids),
                ),
                (
                    "publish with a card for another activity",
                    "is for another activity (CSI L612-20)",
                    *(model, "action_publish", ready[self.handler].ids),
                ),
                (
                    "put somebody without card on a published shift",
                    "Nina Nocard has no professional card",
                    *assigned(self.published, self.uncovered),
                ),
                (
                    "leave a published shift without guard",
                    "has no guard",
                    *(model, "write", [self.published.id], {"employee_id": False}),
                ),
                (
                    "publish what is cancelled",
                    "is cancelled and cannot become published",
                    *(model, "action_publish", [self.cancelled.id]),
                ),
                (
                    "delete a published shift",
                    "is published: cancel it instead of deleting it",
                    *(model, "unlink", [self.published.id]),
                ),
                (
                    "cancel a shift that has begun",
                    "is started and cannot become cancelled",
                    *(model, "action_cancel", [self.started.id]),
                ),
                (
                    "swap the guard of a shift that has begun",
                    "has begun with Amine Test",
                    *assigned(self.started, self.other_guard),
                ),
            ]
        )

    def test_approval(self):
        model, line = "security.shift", self.approved.work_line_ids
        later = text(self.approved.date_stop + timedelta(minutes=5))
        copied = line.copy_data()[0]
        copied.update(
            {name: text(copied[name]) for name in ("date_start", "date_stop")}
        )
        self.assert_all_refused(
            [
                (
                    "approve without attendance",
                    "has no attendance: enter the times worked",
                    *(model, "action_approve", [self.unattended.id]),
                ),
                (
                    "approve before the guard has left",
                    "has not clocked out of",
                    *(model, "action_approve", [self.started.id]),
                ),
                (
                    "approve three days in a row",
                    "somebody forgot to clock out",
                    *(model, "action_approve", [self.forgotten.id]),
                ),
                (
                    "approve a good one with a bad one",
                    "has no attendance",
                    *(model, "action_approve", [self.broken.id, self.unattended.id]),
                ),
                (
                    "move what is approved",
                    "are approved: reopen the shift before changing it",
                    *(model, "write", [self.approved.id], {"date_stop": later}),
                ),
                (
                    "clear an approval",
                    "through its attendance and its buttons only",
                    *(model, "write", [self.approved.id], {"approval_date": False}),
                ),
                (
                    "correct the attendance of approved hours",
                    "are approved: reopen the shift",
                    *("hr.attendance", "write", self.approved.attendance_ids.ids),
                    {"check_out": text(STOP)},
                ),
                (
                    "delete the attendance of approved hours",
                    "reopen the shift first",
                    *("hr.attendance", "unlink", self.approved.attendance_ids.ids),
                ),
            ]
        )
        for name, method, args in (
            ("edit approved hours", "write", [line.ids, {"hours": 9}]),
            ("delete approved hours", "unlink", [line.ids]),
            ("type approved hours", "create", [[copied]]),
        ):
            with self.subTest(name):
                before = self.snapshot()
                answer = self.rpc("security.work.line", method, *args)
                # No right at all, whatever the group.
                refusals = {*REFUSALS, "odoo.exceptions.AccessError"}
                self.assertIn(answer["error"]["data"]["name"], refusals)
                self.assertEqual(self.snapshot(), before)

    def test_attendance(self):
        create = "hr.attendance", "create"
        shift, hour = self.unattended, timedelta(hours=1)
        start, stop = shift.date_start, shift.date_stop
        free = self.make_shift(
            self.post, "2027-04-10 08:00", "2027-04-10 16:00", self.other_guard
        )
        self.assert_all_refused(
            [
                (
                    "of another person",
                    "is the shift of Zoe Test, not of Dan Dog",
                    *create,
                    self.attendance(shift, start, stop, self.handler),
                ),
                (
                    "on a shift that nobody holds",
                    "is the shift of nobody",
                    *create,
                    self.attendance(self.open, START, STOP, self.handler),
                ),
                (
                    "after the shift",
                    "These times are outside",
                    *create,
                    self.attendance(shift, stop + hour, stop + 2 * hour),
                ),
                (
                    "before the shift",
                    "These times are outside",
                    *create,
                    self.attendance(shift, start - 2 * hour, start - hour),
                ),
                (
                    "on a draft",
                    "is draft and cannot become",
                    *create,
                    self.attendance(free, free.date_start, free.date_stop),
                ),
                (
                    "out before in",
                    "cannot be earlier than",
                    *create,
                    self.attendance(shift, start + 2 * hour, start + hour),
                ),
            ]
        )

    def test_times_entered_by_the_planner(self):
        model, hour = "security.shift.clock", timedelta(hours=1)
        shift = self.unattended
        today = self.make_shift(
            self.post, "2027-04-15 10:00", "2027-04-15 18:00", self.other_guard
        )
        today.action_publish()

        def entered(shift, start, stop):
            wizard = self.wizard(
                model, shift_id=shift.id, check_in=start, check_out=stop, reason="x"
            )
            return model, "action_record", wizard

        self.assert_all_refused(
            [
                (
                    "out before in",
                    "The guard clocks out after clocking in",
                    *entered(shift, shift.date_stop, shift.date_start),
                ),
                (
                    "an arrival to come",
                    "These times are in the future",
                    *entered(today, today.date_start + 2 * hour, False),
                ),
                (
                    "a departure to come",
                    "These times are in the future",
                    *entered(today, today.date_start, today.date_stop),
                ),
                (
                    "over several presences",
                    "clocked several times on this shift",
                    *entered(
                        self.broken, self.broken.date_start, self.broken.date_stop
                    ),
                ),
                (
                    "on a cancelled shift",
                    "is cancelled and cannot become",
                    *entered(
                        self.cancelled_yesterday(), shift.date_start, shift.date_stop
                    ),
                ),
            ]
        )

    def cancelled_yesterday(self):
        shift = self.make_shift(
            self.post, "2027-04-14 08:00", "2027-04-14 16:00", self.handler
        )
        shift.action_cancel()
        return shift

    def test_needs(self):
        model = "security.post.need"
        one, count = "fill in exactly one", "goes from 1 to 500 guards"
        start, length = "starts between 00:00 and 23:59", "from one minute to 24 hours"
        self.assert_all_refused(
            [
                (name, sentence, model, "create", self.need(**values))
                for name, sentence, values in (
                    ("day and date", one, {"date": "2027-05-03"}),
                    ("neither day nor date", one, {"weekday": False}),
                    ("nobody", count, {"headcount": 0}),
                    ("less than nobody", count, {"headcount": -1}),
                    ("501 guards", count, {"headcount": 501}),
                    ("at half past midnight, said 24:30", start, {"hour_start": 24.5}),
                    ("before midnight, said -1", start, {"hour_start": -1}),
                    ("0 h", length, {"duration": 0}),
                    ("25 h", length, {"duration": 25}),
                    ("backwards", length, {"duration": -8}),
                )
            ]
        )

    def test_generation(self):
        model, posts = "security.shift.generate", [Command.set(self.post.ids)]

        def asked(first, last, posts):
            wizard = self.wizard(model, date_from=first, date_to=last, post_ids=posts)
            return model, "action_generate", wizard

        self.assert_all_refused(
            [
                (
                    "period the wrong way round",
                    "The period ends before it starts",
                    *asked("2027-05-31", "2027-05-01", posts),
                ),
                (
                    "more than a year",
                    "for one year at most in one go",
                    *asked("2027-05-01", "2028-05-01", posts),
                ),
                (
                    "no post",
                    "Choose at least one mission or post",
                    *asked("2027-05-01", "2027-05-31", []),
                ),
                (
                    "posts without need",
                    "None of these posts needs anybody",
                    *asked("2027-05-01", "2027-05-31", posts),
                ),
            ]
        )

    def test_sites_posts_and_missions(self):
        site = {"name": "X", "partner_id": self.client.id}
        post = {"name": "X", "site_id": self.site.id}
        mission = {"name": "X", "partner_id": self.client.id}
        premium = self.order.order_line.filtered("security_band")[:1]
        self.assert_all_refused(
            [
                (
                    "unknown timezone",
                    "“Mars/Phobos” is not a timezone",
                    *("security.site", "create", [{**site, "tz": "Mars/Phobos"}]),
                ),
                (
                    "timezone changed to an unknown one",
                    "“Paris” is not a timezone",
                    *("security.site", "write", [self.site.id], {"tz": "Paris"}),
                ),
                (
                    "site without client",
                    "Client",
                    *("security.site", "create", [{"name": "X"}]),
                ),
                (
                    "post without site",
                    "Site",
                    *("security.post", "create", [{"name": "X"}]),
                ),
                (
                    "post of a mission of another company",
                    "Elsewhere",
                    *("security.post", "create"),
                    [{**post, "mission_id": self.strange_mission.id}],
                ),
                (
                    "post billed on a premium",
                    "does not bill hours of guards",
                    *("security.post", "create"),
                    [{**post, "sale_line_id": premium.id}],
                ),
                (
                    "mission that ends before it starts",
                    "A mission cannot end before it starts",
                    *("security.mission", "create"),
                    [
                        {
                            **mission,
                            "date_start": "2027-05-31",
                            "date_stop": "2027-05-01",
                        }
                    ],
                ),
                (
                    "second mission for an order",
                    "This sales order has its mission already",
                    *("security.mission", "create"),
                    [{**mission, "sale_order_id": self.order.id}],
                ),
                (
                    "mission closed while shifts are to come",
                    "of this mission are not over",
                    *("security.mission", "action_done", [self.mission.id]),
                ),
                (
                    "site of another company on a mission",
                    "Elsewhere",
                    *("security.mission", "write", [self.mission.id]),
                    {"site_ids": [Command.link(self.strange_site.id)]},
                ),
                (
                    "post deleted with its history",
                    "Security Shift",
                    *("security.post", "unlink", [self.post.id]),
                ),
            ]
        )

    def test_figures(self):
        company, order = ("res.company", "write", self.company.ids), self.order.ids
        percent, minutes = "A premium is a percentage of 0 or more", "0 to 120 minutes"
        self.assert_all_refused(
            [
                (
                    "negative premium on an order",
                    percent,
                    *("sale.order", "write", order, {"security_night_percent": -10}),
                ),
                (
                    "negative premium of the firm",
                    percent,
                    *(*company, {"security_sunday_percent": -0.5}),
                ),
                (
                    "tolerance of 500 minutes",
                    minutes,
                    *(*company, {"security_late_tolerance": 500}),
                ),
                (
                    "negative tolerance",
                    minutes,
                    *(*company, {"security_late_tolerance": -5}),
                ),
            ]
        )

    def test_cards(self):
        number = self.cards_of(self.guard).number
        card = {
            "employee_id": self.uncovered.id,
            "activity_id": self.activity.id,
            "number": number,
            "date_expiry": "2031-06-01",
        }
        mine = self.cards_of(self.guard)
        self.assert_all_refused(
            [
                (
                    "card of another person",
                    f"The number {number} is already that of Amine Test",
                    *("security.card", "create", [card]),
                ),
                (
                    "verified card given to another person",
                    "was verified as it is",
                    *("security.card", "write", mine.ids),
                    {"employee_id": self.uncovered.id},
                ),
                (
                    "card declared valid",
                    "changes only through a verification",
                    *("security.card", "create"),
                    [{**card, "number": "CAR-1", "state": "valid"}],
                ),
                (
                    "verification of tomorrow",
                    "cannot be dated in the future",
                    *("security.card.check", "create"),
                    [
                        {
                            "card_id": mine.id,
                            "result": "valid",
                            "date": "2027-04-16 08:00:00",
                        }
                    ],
                ),
            ]
        )

    def test_imports(self):
        """The whole file is refused, and each wrong cell is named."""
        good = [self.post.display_name, text(START), text(STOP)]
        columns = ["post_id", "date_start", "date_stop"]
        card = [self.uncovered.name, "SH", "CAR-9", "2031-06-01"]
        card_columns = ["employee_id", "activity_id", "number", "date_expiry"]
        before = self.snapshot()
        for name, sentence, model, heads, rows in (
            (
                "post that does not exist",
                "Nowhere / Nothing",
                *("security.shift", columns),
                [good, ["Nowhere / Nothing", *good[1:]]],
            ),
            (
                "date that is none",
                "31/02/2027",
                *("security.shift", columns),
                [good, [good[0], "31/02/2027 08:00", good[2]]],
            ),
            (
                "empty date",
                "Missing required value",
                *("security.shift", columns),
                [good, [good[0], "", good[2]]],
            ),
            (
                "stop before start",
                "A shift ends after it starts",
                *("security.shift", columns),
                [good, [good[0], good[2], good[1]]],
            ),
            (
                "state that is none",
                "asleep",
                *("security.shift", [*columns, "state"]),
                [[*good, "Draft"], [*good, "asleep"]],
            ),
            (
                "shift already done",
                "through its attendance and its buttons only",
                *("security.shift", [*columns, "state"]),
                [[*good, "Draft"], [*good, "Done"]],
            ),
            (
                "card date that is none",
                "tomorrow",
                *("security.card", card_columns),
                [card, [*card[:3], "tomorrow"]],
            ),
            (
                "card for an activity that does not exist",
                "FLYING",
                *("security.card", card_columns),
                [card, [card[0], "FLYING", *card[2:]]],
            ),
            (
                "timezone that is none",
                "Mars/Phobos",
                *("security.site", ["name", "partner_id", "tz"]),
                [["X", self.client.name, "Mars/Phobos"]],
            ),
        ):
            with self.subTest(name):
                result = self.rpc(model, "load", heads, rows)["result"]
                self.assertFalse(result["ids"])
                told = " ".join(str(m["message"]) for m in result["messages"])
                self.assertIn(sentence, told)
                self.assertNotRegex(told, "psycopg2|Traceback|Unknown error")
                self.assertEqual(self.snapshot(), before)

    def test_a_good_file_goes_through(self):
        """So that the refusals above are about what is wrong in them."""
        shifts = [[self.post.display_name, text(START), text(STOP), "Draft"]]
        heads = ["post_id", "date_start", "date_stop", "state"]
        result = self.rpc("security.shift", "load", heads, shifts)["result"]
        shift = self.env["security.shift"].browse(result["ids"])
        self.assertEqual((shift.post_id, shift.state), (self.post, "draft"))
        cards = [[self.uncovered.name, "SH", "CAR-9", "2031-06-01"]]
        heads = ["employee_id", "activity_id", "number", "date_expiry"]
        result = self.rpc("security.card", "load", heads, cards)["result"]
        card = self.env["security.card"].browse(result["ids"])
        self.assertEqual((card.number, card.state), ("CAR-9", "draft"))

    def test_import_file_with_a_wrong_column(self):
        """Through the import screen: the unknown column is named."""
        before = self.snapshot()
        for model, rows in (
            (
                "security.shift",
                "post_id,date_start,date_stop,colour_of_uniform\n"
                f"{self.post.display_name},{text(START)},{text(STOP)},blue\n",
            ),
            (
                "security.card",
                "employee_id,activity_id,number,shoe_size\n"
                f"{self.uncovered.name},SH,CAR-9,44\n",
            ),
        ):
            with self.subTest(model):
                heads = rows.split("\n")[0].split(",")
                importer = self.env["base_import.import"].with_user(self.boss)
                job = importer.create(
                    {
                        "res_model": model,
                        "file": rows.encode(),
                        "file_type": "text/csv",
                    }
                )
                options = {"quoting": '"', "separator": ",", "has_headers": True}
                answer = self.rpc(
                    *("base_import.import", "execute_import", job.ids),
                    *(heads, heads, options),
                )
                told = str(answer.get("result") or answer["error"]["data"]["message"])
                self.assertIn(heads[-1], told)
                self.assertNotIn("Traceback", told)
                self.assertEqual(self.snapshot(), before)
