import base64
import random
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import file_open

from .workforce_people import (
    DOMAIN,
    FIRM,
    JOBS,
    PORTAL_USERS,
    STORIES,
    TEAMS,
    USERS,
)

SEED = 1351
TZ = "Europe/Paris"
# Cards issued from this day on carry the new form of number.
NEW_FORM_DAY = date(2026, 2, 18)


class SecurityDemo(models.AbstractModel):
    """Builds the demonstration firm, through the same methods as users.

    Every date is relative to today and every choice is seeded. A second call finds
    the firm and adds nothing.
    """

    _name = "security.demo"
    _description = "Security Demonstration Data"

    # ------------------------------------------------------------
    # What the demonstration of each module calls
    # ------------------------------------------------------------

    @api.model
    def _build_all(self):
        """Build what every installed module of the suite shows."""
        for part in ("workforce", "missions", "incidents", "access", "compliance"):
            if build := getattr(self, f"_build_{part}", None):
                build()

    @api.model
    def _build_workforce(self):
        """Build the firm, its users, 40 guards and their cards."""
        company = self._demo_company()
        if not company:
            company = self._create_company()
            self._create_users(company)
            self._create_guards(company)
        self._grant_groups()

    @api.model
    def _demo_company(self):
        """The demonstration firm, or an empty recordset when it is not built."""
        return self.env["res.company"].search(
            [
                (
                    "security_authorisation_number",
                    "=",
                    FIRM["security_authorisation_number"],
                )
            ],
            limit=1,
        )

    @api.model
    def _demo_user(self, login):
        """A user of the demonstration by login."""
        return self.env["res.users"].search([("login", "=", login)], limit=1)

    @api.model
    def _demo_guards(self, *jobs):
        """Guards of the firm in a fixed order, of some jobs (keys of ``JOBS``)."""
        domain = [("company_id", "=", self._demo_company().id), ("job_id", "!=", False)]
        if jobs:
            domain.append(("job_id.name", "in", [JOBS[job] for job in jobs]))
        return self.env["hr.employee"].search(domain, order="id")

    @api.model
    def _demo_user_groups(self):
        """``{login: [xmlid of a group]}``; a module adds the groups it brings."""
        return {login: list(groups) for login, (_name, groups) in USERS.items()}

    # ------------------------------------------------------------
    # Firm and users
    # ------------------------------------------------------------

    def _create_company(self):
        """The database's own company, or a new one beside the core's demo data."""
        with file_open("security_workforce/static/img/demo_logo.png", "rb") as logo:
            vals = {
                **FIRM,
                "country_id": self.env.ref("base.fr").id,
                "currency_id": self.env.ref("base.EUR").id,
                "logo": base64.b64encode(logo.read()),
            }
        # A French company calls its localisation, which cannot be installed halfway
        # through this method; whoever wants it installs it first.
        companies = self.env["res.company"].with_context(install_mode=True)
        if self.env.ref("base.module_base").demo:
            company = companies.create(vals)
            self.env.ref("base.user_admin").write(
                {"company_ids": [Command.link(company.id)], "company_id": company.id}
            )
        else:
            company = self.env.ref("base.main_company")
            company.with_env(companies.env).write(vals)
        company.partner_id.write({"lang": self._demo_lang(), "tz": TZ})
        company.resource_calendar_id.tz = TZ
        return company

    def _demo_lang(self):
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        return "fr_FR" if "fr_FR" in codes else self.env.lang or codes[0]

    def _create_users(self, company):
        people = [(key, name, "base.group_user") for key, (name, _g) in USERS.items()]
        people += [
            (key, name, "base.group_portal") for key, name in PORTAL_USERS.items()
        ]
        self.env["res.users"].with_context(no_reset_password=True).create(
            [
                {
                    "name": name,
                    "login": login,
                    "password": login,
                    "email": f"{login}@{DOMAIN}",
                    "lang": self._demo_lang(),
                    "tz": TZ,
                    "company_id": company.id,
                    "company_ids": [Command.set(company.ids)],
                    "group_ids": [Command.set(self.env.ref(group).ids)],
                }
                for login, name, group in people
            ]
        )

    def _grant_groups(self):
        """Give the users the groups of the modules installed by now."""
        for login, names in self._demo_user_groups().items():
            user = self._demo_user(login)
            groups = self.env["res.groups"].union(*map(self.env.ref, names))
            if missing := groups - user.all_group_ids:
                user.group_ids |= missing

    # ------------------------------------------------------------
    # Guards and cards, by the HR officer
    # ------------------------------------------------------------

    def _create_guards(self, company):
        self._grant_groups()
        officer = self.with_user(self._demo_user("hr")).with_company(company)
        officer = officer.with_context(lang=self._demo_lang())
        officer._create_guards_as_officer(company)

    def _create_guards_as_officer(self, company):
        dice = random.Random(SEED)
        guards = self._create_employees(company, dice)
        today = fields.Date.context_today(self)
        nubs = dice.sample(range(1_000_000, 1_400_000), len(guards))
        vals_list = []
        for (guard, codes), nub in zip(guards, nubs, strict=True):
            end = self._last_day(today, STORIES.get(guard.name, "valid"), dice)
            for code in codes:
                vals_list.append(self._card_vals(guard, code, str(nub), end, dice))
        cards = self.env["security.card"].create(vals_list)
        self._tell_stories(cards, dice)

    def _create_employees(self, company, dice):
        """[(employee, codes of the activities of his cards)], teams and jobs made."""
        Job, Department = self.env["hr.job"], self.env["hr.department"]
        jobs = {
            key: Job.create({"name": name, "company_id": company.id})
            for key, name in JOBS.items()
        }
        staff = Department.create({"name": "Exploitation", "company_id": company.id})
        start = fields.Date.context_today(self) - relativedelta(years=2)
        vals_list, codes = [], []
        for team, rows in TEAMS.items():
            department = Department.create(
                {"name": team, "company_id": company.id, "parent_id": staff.id}
            )
            for job, activities, names in rows:
                for name in names:
                    vals_list.append(
                        self._employee_vals(name, jobs[job], department, start, dice)
                    )
                    codes.append(activities)
        employees = self.env["hr.employee"].create(vals_list)
        return list(zip(employees, codes, strict=True))

    def _employee_vals(self, name, job, department, start, dice):
        user = self._demo_user("guard") if name == PORTAL_USERS["guard"] else False
        return {
            "name": name,
            "user_id": user and user.id,
            "company_id": department.company_id.id,
            "department_id": department.id,
            "job_id": job.id,
            "job_title": job.name,
            "tz": TZ,
            "work_phone": FIRM["phone"],
            # Numbers that the French regulator keeps for fiction.
            "mobile_phone": f"+33 6 39 98 {dice.randint(0, 9999):04d}",
            "birthday": start - relativedelta(years=19, days=dice.randint(0, 12_000)),
            "date_version": start - timedelta(days=dice.randint(0, 900)),
        }

    def _last_day(self, today, story, dice):
        """A last day of validity that makes the story true today."""
        days = {
            "to_renew": (20, 170),
            "expired": (-60, -15),
            "receipt": (-20, -5),
        }.get(story, (230, 1_700))
        return today + timedelta(days=dice.randint(*days))

    def _card_vals(self, guard, code, nub, end, dice):
        issued = end - relativedelta(years=5) + timedelta(days=1)
        if issued >= NEW_FORM_DAY:
            number = f"{issued.year}-{dice.randint(1, 99_999):07d}-CAR-{code}-{nub}"
        else:
            number = f"CAR-093-{end}-{issued.year}{nub}"
        activity = self.env["security.activity"].search([("code", "=", code)])
        return {
            "employee_id": guard.id,
            "activity_id": activity.id,
            "number": number,
            "date_issued": issued,
            "date_expiry": end,
        }

    def _tell_stories(self, cards, dice):
        """Verify the cards, then live what happened to some of them."""
        now = fields.Datetime.now()
        by_story = cards.grouped(lambda c: STORIES.get(c.employee_id.name, "valid"))
        by_story.pop("draft", None)
        self.env["security.card.check"].create(
            [
                {
                    "card_id": card.id,
                    "result": "valid",
                    "method": dice.choice(["directory", "directory", "portal"]),
                    "date": now - timedelta(days=dice.randint(3, 28), hours=2),
                }
                for story_cards in by_story.values()
                for card in story_cards
            ]
        )
        for card in by_story.get("suspended", ()):
            self.env["security.card.check"].create(
                {
                    "card_id": card.id,
                    "result": "invalid",
                    "note": "Carte suspendue d'après l'annuaire public.",
                }
            )
        for card in by_story.get("receipt", ()):
            self.env["security.card.receipt"].create(
                {"card_id": card.id}
            ).action_confirm()
