from odoo import models

# Width and height of a card, in millimetres (ISO/IEC 7810 ID-1, called CR80).
CR80 = ("85.60mm", "53.98mm")


class IrActionsReport(models.Model):
    """Prints employer's cards on card blanks, which are no whole millimetres wide."""

    _inherit = "ir.actions.report"

    def _build_wkhtmltopdf_args(
        self,
        paperformat_id,
        landscape,
        specific_paperformat_args=None,
        set_viewport_size=False,
    ):
        args = super()._build_wkhtmltopdf_args(
            paperformat_id,
            landscape,
            specific_paperformat_args=specific_paperformat_args,
            set_viewport_size=set_viewport_size,
        )
        # A paper format stores whole millimetres only.
        card = self.env.ref("security_workforce.paperformat_employer_card", False)
        if card and paperformat_id == card:
            args += ["--page-width", CR80[0], "--page-height", CR80[1]]
        return args
