"""What the tests of trainings share."""

from datetime import datetime

from odoo.fields import Command

from .test_qualification import QualificationCase

FIRST = "2026-12-07"  # a Monday


class TrainingCase(QualificationCase):
    """A refresher of first aid and a card renewal course, two weeks from now."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.company.security_authorisation_number = "AUT-075-2127-01-01-20270000001"
        cls.company.partner_id.lang = "en_US"
        cls.Session = cls.env["security.training.session"]
        cls.Attendee = cls.env["security.training.attendee"]
        cls.mac_sst = cls.env.ref("security_workforce.training_mac_sst")
        cls.mac_aps = cls.env.ref("security_workforce.training_mac_aps")
        cls.hr = cls.new_user("hr", "hr.group_hr_user")
        cls.planner = cls.new_user("training_planner", "group_security_planner")
        cls.body = cls.env["res.partner"].create(
            {
                "name": "Vigie Formation",
                "zip": "69002",
                "city": "Lyon",
                "country_id": cls.env.ref("base.fr").id,
            }
        )
        cls.anna.work_email = "anna@example.com"
        cls.boris.work_email = "boris@example.com"

    @classmethod
    def new_session(cls, course=None, first=FIRST, days=True, **vals):
        """A session of the refresher of first aid unless told, with its half-days."""
        session = cls.Session.create(
            {
                "course_id": (course or cls.mac_sst).id,
                "company_id": cls.company.id,
                "date_first": first,
                "body_id": cls.body.id,
                **vals,
            }
        )
        if days:
            session.action_propose_days()
        return session

    @classmethod
    def seat(cls, session, *guards):
        return cls.Attendee.create(
            [
                {"session_id": session.id, "employee_id": guard.id}
                for guard in guards or (cls.anna, cls.boris)
            ]
        )

    @classmethod
    def guards(cls, number):
        return cls.env["hr.employee"].create(
            [
                {
                    "name": f"Guard {index:02}",
                    "company_id": cls.company.id,
                    "work_email": f"guard{index}@example.com",
                }
                for index in range(number)
            ]
        )

    @classmethod
    def new_leave(cls, employee, first_day, last_day):
        kind = cls.env["hr.leave.type"].create(
            {
                "name": "Holidays of the test",
                "requires_allocation": False,
                "leave_validation_type": "no_validation",
                "company_id": cls.company.id,
            }
        )
        return cls.env["hr.leave"].create(
            {
                "employee_id": employee.id,
                "holiday_status_id": kind.id,
                "request_date_from": first_day,
                "request_date_to": last_day,
            }
        )

    @staticmethod
    def slots(*pairs):
        """Commands for half-days given as (start, stop) in UTC."""
        return [
            Command.create(
                {
                    "date_start": datetime.fromisoformat(start),
                    "date_stop": datetime.fromisoformat(stop),
                }
            )
            for start, stop in pairs
        ]
