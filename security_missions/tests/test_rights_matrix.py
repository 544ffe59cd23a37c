"""Who may do what on each model of the module.

A new model: a line in ``RIGHTS`` and a record in ``samples``.
"""

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.security_workforce.tests.rights_matrix import (
    ALL,
    PEOPLE,
    READ,
    RightsMatrix,
)

from .common import NOW, SecurityMissionsCase, utc

PLANNING = "planner manager"
# Every trade reads the rota, and the salesman what he has sold.
ROTA = {READ: "reader operator credentials access compliance salesman", ALL: PLANNING}
TRADES = "reader operator credentials access compliance"
DIALOG = {ALL: PLANNING}
RIGHTS = {
    "security.site": ROTA,
    "security.site.closure": ROTA,
    "security.post": ROTA,
    "security.post.need": ROTA,
    "security.mission": ROTA,
    "security.mission.phase": ROTA,
    "security.availability": {
        # The guard of the sample is that user: his own.
        READ: "reader operator credentials access compliance guard",
        "rwc-": "planner",
        ALL: "manager",
    },
    # A draft: what is published for him, the guard reads (see test_rights).
    "security.shift": ROTA,
    # Written by the approval alone.
    "security.work.line": {READ: f"{ROTA[READ]} accountant {PLANNING}"},
    # Written by publishing alone; the guard reads his own.
    "security.publication": {
        READ: f"reader operator credentials access compliance guard {PLANNING}"
    },
    "security.notice": {
        READ: f"reader operator credentials access compliance guard {PLANNING}"
    },
    "security.rotation": {READ: TRADES, ALL: PLANNING},
    "security.rotation.line": {READ: TRADES, ALL: PLANNING},
    "security.rotation.team": {READ: TRADES, ALL: PLANNING},
    "security.rotation.member": {READ: TRADES, ALL: PLANNING},
    "security.rotation.roll": DIALOG,
    "security.rotation.roll.line": DIALOG,
    # Written by the board and the clock alone.
    "security.shift.watch.event": {
        READ: f"{ROTA[READ].replace(' salesman', '')} {PLANNING}"
    },
    "security.shift.generate": DIALOG,
    "security.shift.generate.line": DIALOG,
    "security.cover": DIALOG,
    "security.cover.line": DIALOG,
    # The control room enters what it is told by telephone.
    "security.shift.clock": {ALL: f"operator {PLANNING}"},
    # Written by the clock, the guard's word and a decision alone.
    "security.clock.exception": {READ: f"{TRADES} {PLANNING} guard"},
    # The guard reads what is published for his posts (see test_post_order).
    "security.post.order": {READ: TRADES, "rwc-": "planner", ALL: "manager"},
    "security.post.order.version": {READ: f"{TRADES} {PLANNING}"},
    "security.post.order.receipt": {READ: f"{TRADES} {PLANNING} guard"},
    "security.handover.item": {READ: TRADES, ALL: PLANNING},
    # Written by the two guards alone.
    "security.handover": {READ: f"{TRADES} {PLANNING} guard"},
    "security.handover.line": {READ: f"{TRADES} {PLANNING}"},
    "security.shift.candidates": DIALOG,
    "security.shift.candidate": DIALOG,
    # Withdrawn, not deleted, by planners.
    "security.shift.offer": {READ: TRADES, "rwc-": "planner", ALL: "manager"},
    # Written by the answers alone; the guard reads what he is asked himself.
    "security.shift.offer.answer": {READ: f"{TRADES} {PLANNING} guard"},
    "security.shift.swap": {READ: f"{TRADES} guard", "rwc-": "planner", ALL: "manager"},
    # Found by a search: a proposal is kept or not, the rest is only read.
    "security.roster.run": {READ: TRADES, "rwc-": "planner", ALL: "manager"},
    "security.roster.assignment": {READ: TRADES, "rw--": PLANNING},
    "security.roster.uncovered": {READ: f"{TRADES} {PLANNING}"},
    "security.roster.guard": {READ: f"{TRADES} {PLANNING}"},
    "security.checkpoint": {READ: TRADES, ALL: PLANNING},
    "security.patrol.route": {READ: TRADES, ALL: PLANNING},
    "security.patrol.route.line": {READ: TRADES, ALL: PLANNING},
    "security.patrol.route.start": {READ: TRADES, ALL: PLANNING},
    # Written by the clock and by what phones bring; the guard reads his own.
    "security.patrol": {READ: f"{TRADES} {PLANNING} guard"},
    "security.patrol.point": {READ: f"{TRADES} {PLANNING} guard"},
    "security.patrol.scan": {READ: f"{TRADES} {PLANNING} guard"},
    "security.patrol.review": {ALL: f"{PLANNING} operator"},
    # Those of security_workforce, on a shift or a place.
    "security.override": {READ: "compliance", "r-c-": PLANNING},
    "security.requirement": {READ: "planner compliance", ALL: "credentials manager"},
}


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestRightsMatrix(RightsMatrix, SecurityMissionsCase):
    module = "security_missions"
    rights = RIGHTS
    registers = (
        "security.work.line",
        "security.override",
        "security.publication",
        "security.notice",
        "security.shift.watch.event",
        "security.patrol.scan",
        "security.post.order.version",
        "security.post.order.receipt",
    )
    people = {
        **PEOPLE,
        "salesman": "sales_team.group_sale_salesman",
        "accountant": "account.group_account_invoice",
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foreign_company = cls.make_company("Ronde SARL")
        cls.env.user.company_ids |= cls.foreign_company
        both = (cls.company | cls.foreign_company).ids
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": both})
        cls.users = cls.make_people()
        cls.guard.user_id = cls.users["guard"]
        cls.lift_limits(cls.foreign_company)
        cls.places = {
            cls.company.id: cls.place_of(cls.company, cls.site, cls.guard),
            cls.foreign_company.id: cls.place_of(
                cls.foreign_company,
                cls.make_site("Elsewhere", company_id=cls.foreign_company.id),
                cls.make_guard("Lou Second", company=cls.foreign_company),
            ),
        }

    @classmethod
    def place_of(cls, company, site, guard):
        """A mission, a post, a shift to answer for and one with approved hours."""
        mission = cls.env["security.mission"].create(
            {
                "name": f"Mission of {company.name}",
                "partner_id": cls.client.id,
                "site_ids": [Command.link(site.id)],
                "company_id": company.id,
            }
        )
        post = cls.make_post(site_id=site.id, mission_id=mission.id)
        lone = cls.make_post("Alone", site_id=site.id, is_lone=True)
        to_justify = cls.make_shift(lone, "2027-05-10 08:00", "2027-05-10 16:00", guard)
        worked = cls.work(post, "2027-04-12 08:00", "2027-04-12 16:00", guard)
        return site, mission, post, to_justify, worked, guard

    def samples(self, company, number=1):
        """The guard of the records is a user."""
        site, mission, post, to_justify, worked, guard = self.places[company.id]
        name = {"name": f"New {number}", "partner_id": self.client.id}
        line = worked.work_line_ids[0].copy_data()[0]
        reversal = {**line, "hours": -line["hours"]}
        candidates = self.env["security.shift.candidates"].create(
            {"shift_id": to_justify.id}
        )
        generation = self.env["security.shift.generate"].create(
            {"date_from": "2027-05-03", "date_to": "2027-05-09"}
        )
        rotation = self.env["security.rotation"].create(
            {"name": f"Cycle {number}", "company_id": company.id}
        )
        team = self.env["security.rotation.team"].create(
            {
                "name": f"Team {number}",
                "rotation_id": rotation.id,
                "post_id": post.id,
                "member_ids": [Command.create({"employee_id": guard.id})],
            }
        )
        rolling = self.env["security.rotation.roll"].create(
            {"date_from": "2027-05-03", "date_to": "2027-05-09"}
        )
        cover = self.env["security.cover"].create(
            {"date_from": "2027-05-03", "date_to": "2027-05-09"}
        )
        version = self.env["security.publication"].search(
            [("employee_id", "=", guard.id)], limit=1
        )
        row = version.snapshot["shifts"][0]
        offer = self.env["security.shift.offer"].create({"shift_id": to_justify.id})
        spare = self.make_guard(f"Spare {number}", company=company)
        other = self.make_shift(
            post, f"2027-07-0{number} 08:00", f"2027-07-0{number} 16:00", guard
        )
        return {
            "security.publication": (
                {
                    **version.copy_data()[0],
                    "month": f"2028-0{number}-01",
                    "is_current": False,
                    "state": "sent",
                },
                {"hours": 99},
            ),
            "security.notice": (
                {
                    "employee_id": guard.id,
                    "company_id": company.id,
                    "site_id": site.id,
                    "kind": "added",
                    "after": row,
                    "changed_at": NOW,
                    "changed_by_id": self.env.uid,
                    "shift_start": NOW,
                    "required": "none",
                    "ground": "client",
                },
                {"ground": "guard"},
            ),
            "security.site": ({**name, "company_id": company.id}, {"note": "Dog"}),
            "security.site.closure": (
                {
                    "name": "Works",
                    "site_id": site.id,
                    "date_from": "2027-08-01",
                    "date_to": "2027-08-02",
                },
                {"date_to": "2027-08-03"},
            ),
            "security.post": (
                {"name": "Gate", "site_id": site.id},
                {"instructions": "Watch"},
            ),
            "security.availability": (
                {
                    "employee_id": guard.id,
                    "date_start": f"2027-05-{number % 20 + 1:02} 08:00:00",
                    "date_stop": "2027-06-01 08:00:00",
                },
                {"note": "Exam"},
            ),
            "security.post.need": (
                {"post_id": post.id, "weekday": "1", "hour_start": 8, "duration": 8},
                {"headcount": 2},
            ),
            "security.mission": (
                {**name, "company_id": company.id},
                {"date_stop": "2028-01-01"},
            ),
            "security.mission.phase": (
                {
                    "name": "Stage building",
                    "mission_id": mission.id,
                    "date_start": "2027-05-03",
                    "date_stop": "2027-05-04",
                },
                {"date_stop": "2027-05-05"},
            ),
            "security.shift": (
                {
                    "post_id": post.id,
                    "employee_id": guard.id,
                    "date_start": utc(f"2027-06-0{number} 08:00"),
                    "date_stop": utc(f"2027-06-0{number} 16:00"),
                },
                {"note": "Mine"},
            ),
            "security.work.line": (reversal, {"hours": 99}),
            "security.shift.watch.event": (
                {"shift_id": to_justify.id, "kind": "note", "note": "Called"},
                {"note": "Not called"},
            ),
            "security.shift.generate": (
                {"date_from": "2027-05-03", "date_to": "2027-05-09"},
                {"date_to": "2027-05-10"},
            ),
            "security.shift.generate.line": (
                {"wizard_id": generation.id, "shift_id": to_justify.id},
                {"chosen": True},
            ),
            "security.rotation": (
                {"name": "Nights", "company_id": company.id},
                {"day_count": 14},
            ),
            "security.rotation.line": (
                {"rotation_id": rotation.id, "day": 3},
                {"label": "N"},
            ),
            "security.rotation.team": (
                {"name": "Gate", "rotation_id": rotation.id, "post_id": post.id},
                {"anchor": "2027-05-04"},
            ),
            "security.rotation.member": (
                {"team_id": team.id, "employee_id": guard.id},
                {"offset": 3},
            ),
            "security.rotation.roll": (
                {"date_from": "2027-05-03", "date_to": "2027-05-09"},
                {"date_to": "2027-05-10"},
            ),
            "security.rotation.roll.line": (
                {"wizard_id": rolling.id, "post_id": post.id},
                {"chosen": True},
            ),
            "security.cover": (
                {"date_from": "2027-05-03", "date_to": "2027-05-09"},
                {"date_to": "2027-05-10"},
            ),
            "security.cover.line": (
                {"cover_id": cover.id, "post_id": post.id},
                {"needed": 3},
            ),
            "security.shift.clock": (
                {
                    "shift_id": worked.id,
                    "check_in": "2027-04-12 06:00:00",
                    "reason": "Flat",
                },
                {"reason": "Phone"},
            ),
            "security.shift.candidates": (
                {"shift_id": to_justify.id},
                {"line_ids": [Command.clear()]},
            ),
            "security.shift.candidate": (
                {
                    "wizard_id": candidates.id,
                    "employee_id": guard.id,
                    "eligibility": "ok",
                },
                {"reasons": "None"},
            ),
            "security.shift.offer": (
                {"shift_id": to_justify.id, "mode": "bid"},
                {"note": "Please"},
            ),
            "security.shift.offer.answer": (
                {
                    "offer_id": offer.id,
                    "employee_id": (guard if number == 1 else spare).id,
                    "asked_at": "2027-04-15 09:00:00",
                },
                {"answer": "yes"},
            ),
            "security.shift.swap": (
                {
                    "shift_id": (to_justify if number == 1 else other).id,
                    "other_guard_id": spare.id,
                },
                {"note": "Please"},
            ),
            **self.post_samples(number, site, post, worked, other, guard),
            **self.roster_samples(company, post, to_justify, guard),
            **self.patrol_samples(site, post, guard, number),
            "security.override": (
                {
                    "employee_id": guard.id,
                    "shift_id": to_justify.id,
                    "rule_code": "LON-01",
                    "reason": "Flood",
                },
                {"reason": "Fire"},
            ),
            "security.requirement": (
                {
                    "scope": "post",
                    "post_id": post.id,
                    "kind": "activity",
                    "activity_id": self.activity.id,
                    "company_id": company.id,
                },
                {"enforcement": "warn"},
            ),
        }

    def post_samples(self, number, site, post, worked, other, guard):
        """Orders, relief and clock of a post, of the guard who worked there."""
        order = self.env["security.post.order"].create(
            {
                "name": f"Keys {number}",
                "site_ids": [Command.link(site.id)],
                "company_id": site.company_id.id,
            }
        )
        version = {
            "order_id": order.id,
            "number": 1,
            "texts": {"en_US": {"title": "Keys", "body": "Two"}},
            "published_at": NOW,
        }
        published = self.env["security.post.order.version"].create(
            {**version, "number": 7}
        )
        shifts = worked if number == 1 else other
        relief = {"shift_out_id": shifts.id, "out_employee_id": guard.id}
        third = self.make_shift(
            post, f"2027-08-0{number} 08:00", f"2027-08-0{number} 16:00", guard
        )
        given = self.env["security.handover"].create(
            {"shift_out_id": third.id, "out_employee_id": guard.id}
        )
        return {
            "security.clock.exception": (
                {
                    "shift_id": worked.id,
                    "employee_id": guard.id,
                    "side": "in",
                    "kind": "no_position",
                    "date": NOW,
                    "deadline": NOW,
                },
                {"justification": "Flat"},
            ),
            "security.post.order": (
                {
                    "name": "Gate",
                    "site_ids": [Command.link(site.id)],
                    "company_id": site.company_id.id,
                },
                {"body": "<p>Closed</p>"},
            ),
            "security.post.order.version": (version, {"number": 3}),
            "security.post.order.receipt": (
                {
                    "order_id": order.id,
                    "version_id": published.id,
                    "employee_id": guard.id,
                    "read_at": NOW,
                },
                {"read_at": "2027-01-01 00:00:00"},
            ),
            "security.handover.item": (
                {"post_id": post.id, "name": "Keys"},
                {"expected": 3},
            ),
            "security.handover": (relief, {"remarks": "Quiet"}),
            "security.handover.line": (
                {"handover_id": given.id, "name": "Keys"},
                {"number": 3},
            ),
        }

    def roster_samples(self, company, post, shift, guard):
        run = self.env["security.roster.run"].create(
            {
                "date_from": "2027-05-03",
                "date_to": "2027-05-09",
                "company_id": company.id,
            }
        )
        line = {
            "run_id": run.id,
            "shift_id": shift.id,
            "date_start": shift.date_start,
            "date_stop": shift.date_stop,
        }
        return {
            "security.roster.run": (
                {
                    "date_from": "2027-06-07",
                    "date_to": "2027-06-13",
                    "company_id": company.id,
                },
                {"seconds": 30},
            ),
            "security.roster.assignment": (line, {"keep": False}),
            "security.roster.uncovered": (line, {"reasons": "None"}),
            "security.roster.guard": (
                {"run_id": run.id, "employee_id": guard.id},
                {"hours": 1},
            ),
        }

    def patrol_samples(self, site, post, guard, number):
        place = self.env["security.checkpoint"].create(
            {"name": f"Door {number}", "site_id": site.id}
        )
        route = self.env["security.patrol.route"].create(
            {"name": "Doors", "site_id": site.id, "post_ids": [Command.link(post.id)]}
        )
        patrol = self.env["security.patrol"].create(
            {"route_id": route.id, "employee_id": guard.id}
        )
        return {
            "security.checkpoint": (
                {"name": "Gate", "site_id": site.id},
                {"instruction": "Look"},
            ),
            "security.patrol.route": (
                {"name": "Night", "site_id": site.id},
                {"minutes": 40},
            ),
            "security.patrol.route.line": (
                {"route_id": route.id, "checkpoint_id": place.id},
                {"visits": 1},
            ),
            "security.patrol.route.start": (
                {"route_id": route.id, "hour_start": 22},
                {"hour_start": 23},
            ),
            "security.patrol": (
                {"route_id": route.id, "employee_id": guard.id},
                {"state": "done"},
            ),
            "security.patrol.point": (
                {"patrol_id": patrol.id, "checkpoint_id": place.id},
                {"state": "done"},
            ),
            "security.patrol.scan": (
                {
                    "patrol_id": patrol.id,
                    "checkpoint_id": place.id,
                    "technology": "qr",
                    "happened_at": NOW,
                    "received_at": NOW,
                },
                {"answer": "yes"},
            ),
            "security.patrol.review": (
                {"patrol_ids": [Command.link(patrol.id)], "note": "Seen"},
                {"note": "Seen again"},
            ),
        }
