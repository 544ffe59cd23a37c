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
DIALOG = {ALL: PLANNING}
RIGHTS = {
    "security.site": ROTA,
    "security.site.closure": ROTA,
    "security.post": ROTA,
    "security.post.need": ROTA,
    "security.mission": ROTA,
    "security.mission.phase": ROTA,
    # A draft: what is published for him, the guard reads (see test_rights).
    "security.shift": ROTA,
    # Written by the approval alone.
    "security.work.line": {READ: f"{ROTA[READ]} accountant {PLANNING}"},
    # Written by the board and the clock alone.
    "security.shift.watch.event": {
        READ: f"{ROTA[READ].replace(' salesman', '')} {PLANNING}"
    },
    "security.shift.generate": DIALOG,
    "security.shift.generate.line": DIALOG,
    "security.cover": DIALOG,
    "security.cover.line": DIALOG,
    "security.shift.clock": DIALOG,
    "security.shift.candidates": DIALOG,
    "security.shift.candidate": DIALOG,
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
        "security.shift.watch.event",
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
        cover = self.env["security.cover"].create(
            {"date_from": "2027-05-03", "date_to": "2027-05-09"}
        )
        return {
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
