import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..engine import employer_card
from ..engine.card_cover import WORKING_KINDS
from .security_card_state import ON_DUTY_STATES

DATES = {"issued_on", "returned_on"}
SVG_STARTS = (b"<svg", b"<?xml")


class SecurityEmployerCard(models.Model):
    """A card that the employer made for a guard, and whether it came back.

    Distinct from the professional card of the CNAPS: it shows that one, is carried
    during the whole service, and is handed back at the end of the contract (CSI
    R612-18).
    """

    _name = "security.employer.card"
    _description = "Employer's Card"
    _order = "issued_on desc, id desc"
    _rec_name = "employee_id"
    _check_company_auto = True

    employee_id = fields.Many2one(
        "hr.employee",
        string="Guard",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True
    )
    card_ids = fields.Many2many(
        "security.card",
        string="Professional cards",
        readonly=True,
        help="The professional cards that it shows.",
    )
    issued_on = fields.Date(
        string="Handed out on", required=True, default=fields.Date.context_today
    )
    issued_by_id = fields.Many2one(
        "res.users",
        string="Made by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    returned_on = fields.Date(string="Handed back on", copy=False, index=True)

    _dates_check = models.Constraint(
        "CHECK(returned_on >= issued_on)",
        "A card cannot be handed back before it was handed out.",
    )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def write(self, vals):
        self.check_access("write")
        if vals.keys() - DATES:
            raise UserError(
                self.env._(
                    "A card that was handed out keeps its guard and what it shows: "
                    "only its dates are corrected."
                )
            )
        return super().write(vals)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_print(self):
        """Print these cards again, as the files are today."""
        self._check_open()
        self._refuse_missing(self.employee_id.ids)
        report = self.env.ref("security_workforce.security_employer_card_report")
        return report.report_action(self, config=False)

    def action_return(self):
        """Record that these cards came back today."""
        self._check_open()
        self.write({"returned_on": fields.Date.context_today(self)})
        self._note(self.env._("Employer's card handed back."))

    @api.model
    def _action_issue(self, employee_ids):
        """Make the cards of these guards and print them."""
        return self._issue(employee_ids).action_print()

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    @api.model
    def _issue(self, employee_ids):
        """The cards of these guards, in their order: those that are out and still show
        the right professional cards, and new ones for the others.

        Refuses all when anything is missing on one: a card without its contents is not
        the one that the law asks for.
        """
        self.check_access("create")
        self._refuse_missing(employee_ids)
        out = self.search(
            [("employee_id", "in", employee_ids), ("returned_on", "=", False)],
            order="issued_on, id",
        )
        by_guard = {card.employee_id.id: card for card in out}
        shown = self._shown_cards(employee_ids)
        vals_list = [
            {"employee_id": guard_id, "card_ids": shown[guard_id].ids}
            for guard_id in employee_ids
            if guard_id not in by_guard
            or by_guard[guard_id].sudo().card_ids != shown[guard_id]
        ]
        made = self.create(vals_list)
        made._note(self.env._("Employer's card handed out (CSI R612-18)."))
        by_guard |= {card.employee_id.id: card for card in made}
        return self.union(*(by_guard[guard_id] for guard_id in employee_ids))

    @api.model
    def _shown_cards(self, employee_ids):
        """``{employee id: valid professional cards}``.

        sudo: the card shows what whoever makes it may not all read.
        """
        Card = self.env["security.card"].sudo()
        today = fields.Date.context_today(self)
        cards = Card.search(
            Domain("employee_id", "in", employee_ids)
            & Domain("kind", "in", list(WORKING_KINDS))
            & Domain("state", "in", ON_DUTY_STATES)
            & Domain("date_last_day", ">=", today),
            order="activity_id, date_expiry desc, id",
        )
        by_guard = cards.grouped(lambda card: card.employee_id.id)
        return {guard_id: by_guard.get(guard_id, Card) for guard_id in employee_ids}

    @api.model
    def _contents(self, employee_ids):
        """``{employee id: engine.employer_card.Contents}`` of today's files."""
        shown = self._shown_cards(employee_ids)
        dogs = (
            self.env["security.dog"]
            .sudo()
            .search([("employee_id", "in", employee_ids), ("on_card", "=", True)])
            .grouped(lambda dog: dog.employee_id.id)
        )
        # sudo: birth date and names are for HR; the card officer prints them.
        guards = self.env["hr.employee"].sudo().browse(employee_ids)
        return {
            guard.id: self._contents_of(guard, shown[guard.id], dogs.get(guard.id, ()))
            for guard in guards
        }

    def _contents_of(self, guard, cards, dogs):
        company = guard.company_id
        return employer_card.Contents(
            photo=self._is_photo(guard.with_context(bin_size=False).image_1920),
            surname=guard.security_surname or "",
            first_names=guard.security_first_names or "",
            birth_date=guard.birthday or None,
            activities=tuple(cards.activity_id.mapped("code")),
            numbers=tuple(card.number or "" for card in cards),
            dogs=tuple(dog.identification for dog in dogs if dog.card_id in cards),
            employer_name=company.name or "",
            employer_address=company.street and company.zip and company.city or "",
            authorisation=company.security_authorisation_number or "",
        )

    def _is_photo(self, image):
        """Whether a picture is a photograph: the core draws initials otherwise."""
        # 64 letters of base64 are its first 48 bytes.
        start = base64.b64decode((image or b"")[:64])
        return bool(start) and not start.lstrip().startswith(SVG_STARTS)

    # ------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------

    def _refuse_missing(self, employee_ids):
        """Refuse with everything that is missing, of all these guards at once."""
        guards = self.env["hr.employee"].sudo().browse(employee_ids)
        if guards.company_id - self.env.companies:
            raise AccessError(
                self.env._("One of these guards belongs to another company.")
            )
        firm, lines = {}, []
        for guard_id, contents in self._contents(employee_ids).items():
            guard = guards.browse(guard_id)
            missing = employer_card.missing_contents(contents)
            own = [name for name in missing if name not in employer_card.FIRM_CONTENTS]
            if own:
                words = "; ".join(self._missing_word(name) for name in own)
                lines.append(f"{guard.name}: {words}.")
            if len(own) < len(missing):
                firm[guard.company_id] = [n for n in missing if n not in own]
        lines = [
            *(
                f"{company.name}: {'; '.join(map(self._missing_word, names))}."
                for company, names in firm.items()
            ),
            *lines,
        ]
        if lines:
            raise UserError(
                "\n".join(
                    [
                        self.env._(
                            "Nothing is printed: an employer's card must hold all the "
                            "contents of CSI R612-18. Missing are:"
                        ),
                        *(f"- {line}" for line in lines),
                    ]
                )
            )

    def _missing_word(self, name):
        """What is missing, and where to fill it in."""
        words = {
            "photo": self.env._("a recent photograph (picture of the guard's form)"),
            "surname": self.env._("the surname (guard's form, page Security)"),
            "first_names": self.env._("the first names (guard's form, page Security)"),
            "birth_date": self.env._("the birth date (guard's form, page Personal)"),
            "activities": self.env._(
                "a valid professional card (Professional cards: record and verify it)"
            ),
            "dogs": self.env._(
                "the dog named on the dog handler's card (Dogs: field “Named on card”)"
            ),
            "employer_name": self.env._("the name of the firm (Settings, Companies)"),
            "employer_address": self.env._(
                "street, postcode and town of the firm (Settings, Companies)"
            ),
            "authorisation": self.env._(
                "the authorisation number of the firm (Security, Configuration, "
                "Settings)"
            ),
            "numbers": self.env._(
                "the number of a professional card (Professional cards)"
            ),
        }
        return words[name]

    def _check_open(self):
        if back := self.filtered("returned_on"):
            raise UserError(
                self.env._(
                    "The card of %s was handed back: make a new one.",
                    back[0].sudo().employee_id.name,
                )
            )

    def _note(self, body):
        """Say it in the guard's file, where the leaver's list looks."""
        # sudo: a card officer without HR rights does not reach the employee.
        guards = self.sudo().employee_id
        guards._message_log_batch(dict.fromkeys(guards.ids, body))
