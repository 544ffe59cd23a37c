from odoo import api, models
from odoo.tools import format_date

from ..engine.card_layout import LINE_HEIGHT, fitted
from ..models.res_company import LEGAL_SENTENCE

# The drawing is in tenths of a millimetre: 856 by 532. Boxes: width and height.
FIRM = (760, 74)
SURNAME = (480, 84)
FIRST_NAMES = (480, 66)
ACTIVITIES = (480, 124)
NUMBERS = (776, 168)
EMPLOYER = (776, 108)
NOTICE = (776, 92)


class EmployerCardReport(models.AbstractModel):
    """Gathers what the employer's cards show, set so that it fits."""

    _name = "report.security_workforce.report_employer_card"
    _description = "Printed Employer's Cards"

    @api.model
    def _get_report_values(self, docids, data=None):
        cards = self.env["security.employer.card"].browse(docids)
        cards.check_access("read")
        cards._check_open()
        cards._refuse_missing(cards.employee_id.ids)
        lang = self._paper_language(cards)
        cards = cards.with_context(lang=lang)
        contents = cards._contents(cards.employee_id.ids)
        return {
            "doc_ids": docids,
            "doc_model": "security.employer.card",
            "docs": cards,
            "lang": lang,
            "cards": [
                # sudo: the card officer prints what is for HR to read.
                self.with_context(lang=lang)._card(
                    card.sudo(), contents[card.employee_id.id]
                )
                for card in cards
            ],
        }

    def _paper_language(self, cards):
        """French, since French agents read it; else the language of the firm."""
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        french = [code for code in installed if code.startswith("fr")]
        return french[0] if french else cards.company_id[:1].partner_id.lang

    def _card(self, card, contents):
        """What both sides of one card show: each text as (size, lines)."""
        guard, company = card.employee_id, card.company_id
        shown = card._shown_cards(guard.ids)[guard.id]
        shown = shown.with_context(lang=self.env.lang)
        return {
            "photo": guard.image_1024,
            "firm": self._box([self._firm(company)], FIRM, range(34, 15, -1), True),
            "surname": self._box(
                [contents.surname.upper()], SURNAME, range(40, 17, -1), True
            ),
            "first_names": self._box(
                [contents.first_names], FIRST_NAMES, range(32, 15, -1)
            ),
            "born": format_date(
                self.env, contents.birth_date, date_format="dd/MM/yyyy"
            ),
            "uniform": guard.security_uniform_number,
            "activities": self._box(
                self._activities(shown), ACTIVITIES, range(24, 9, -1), True
            ),
            "numbers": self._box(
                self._numbers(shown, contents), NUMBERS, range(26, 9, -1)
            ),
            "employer": self._box(self._employer(company), EMPLOYER, range(23, 11, -1)),
            "notice": self._box([LEGAL_SENTENCE], NOTICE, range(22, 13, -1)),
            "issued": format_date(self.env, card.issued_on, date_format="dd/MM/yyyy"),
        }

    def _box(self, paragraphs, box, sizes, bold=False):
        size, lines = fitted(paragraphs, *box, sizes, bold)
        return {"size": size, "lines": lines, "step": size * LINE_HEIGHT}

    def _activities(self, cards):
        return [f"• {activity.name}" for activity in cards.activity_id]

    def _numbers(self, cards, contents):
        """Each number with its activity, then each dog."""
        lines = [
            self.env._(
                "No. %(number)s (%(activity)s)",
                number=card.number,
                activity=card.activity_id.code,
            )
            for card in cards
        ]
        return [
            *lines,
            *(
                self.env._("Dog: %s", identification)
                for identification in contents.dogs
            ),
        ]

    def _firm(self, company):
        return company.security_trade_name or company.name

    def _employer(self, company):
        names = dict.fromkeys(filter(None, (company.name, company.security_trade_name)))
        parts = (company.street, company.street2, f"{company.zip} {company.city}")
        return [
            " – ".join(names),
            ", ".join(filter(None, parts)),
            self.env._(
                "Authorisation %s (CSI L612-9)", company.security_authorisation_number
            ),
        ]
