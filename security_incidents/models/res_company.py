from odoo import api, models

INCIDENT_CODE = "security.incident"


class ResCompany(models.Model):
    """Gives each company its own numbering of incidents."""

    _inherit = "res.company"

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        self._make_incident_sequences()
        return companies

    # ------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------

    @api.model
    def _make_incident_sequences(self):
        """Make the sequence of every company that has none yet (INC/2026/00001)."""
        # sudo: whoever makes a company need not manage sequences.
        Sequence = self.env["ir.sequence"].sudo()
        served = Sequence.search([("code", "=", INCIDENT_CODE)]).company_id
        companies = self.sudo().with_context(active_test=False)
        companies = companies.search([("id", "not in", served.ids)])
        sequences = Sequence.create(
            [
                {
                    "name": f"Incidents ({company.name})",
                    "code": INCIDENT_CODE,
                    "company_id": company.id,
                    "prefix": "INC/%(range_year)s/",
                    "padding": 5,
                    "use_date_range": True,
                    # A register with a hole in its numbers has to be explained.
                    "implementation": "no_gap",
                }
                for company in companies
            ]
        )
        # Known as data of this module, so that they leave with it.
        self.env["ir.model.data"].sudo()._update_xmlids(
            [
                {
                    "xml_id": f"security_incidents.seq_security_incident_{company.id}",
                    "record": sequence,
                    "noupdate": True,
                }
                for company, sequence in zip(companies, sequences, strict=True)
            ]
        )
