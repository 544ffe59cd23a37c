from odoo.tests import tagged

from odoo.addons.base.tests.common import BaseCommon


@tagged("post_install", "-at_install")
class TestDemoTraining(BaseCommon):
    """The trainings that the demonstration shows."""

    def test_one_given_and_two_prepared(self):
        self.env["security.demo"]._build_workforce()
        company = self.env["security.demo"]._demo_company()
        sessions = self.env["security.training.session"].search(
            [("company_id", "=", company.id)]
        )
        done = sessions.filtered(lambda s: s.state == "done")
        self.assertEqual(len(done), 1)
        states = done.attendee_ids.mapped("state")
        self.assertEqual((states.count("passed"), states.count("failed")), (5, 1))
        prepared = sessions.filtered(lambda s: s.state == "draft")
        self.assertEqual(
            set(prepared.course_id.mapped("code")), {"MAC-APS-27", "MAC-SST"}
        )
        self.assertTrue(all(session.seats_taken for session in prepared))
