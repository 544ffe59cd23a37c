from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import WorkforceCase


@tagged("post_install", "-at_install")
class TestTrainingCourse(WorkforceCase):
    def test_hours_of_the_text(self):
        for code, hours in (("sst", 14), ("ssiap2_ran", 21), ("mac_aps", 34)):
            course = self.env.ref(f"security_workforce.training_{code}")
            self.assertEqual(course.hours, hours)

    @mute_logger("odoo.sql_db")
    def test_card_course_names_its_activity(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env["security.training.course"].create(
                {"code": "X", "name": "X", "mac": True}
            )

    def test_rights(self):
        course = self.env.ref("security_workforce.training_sst")
        for group, allowed in (
            ("base.group_portal", ()),
            ("base.group_user", ()),
            ("security_workforce.group_security_planner", ("read",)),
            ("security_workforce.group_security_credential_officer", ("read", "write")),
            ("hr.group_hr_user", ("read", "write")),
        ):
            user = new_test_user(self.env, f"t-{group}", groups=group)
            for operation in ("read", "write"):
                with self.subTest(group=group, operation=operation):
                    if operation in allowed:
                        course.with_user(user).check_access(operation)
                        continue
                    with self.assertRaises(AccessError):
                        course.with_user(user).check_access(operation)
