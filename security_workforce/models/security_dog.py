import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Microchip (ISO 11784), or the tattoo of an older dog.
IDENTIFICATION = re.compile(r"\d{15}|[0-9A-Z]{6,7}")


class SecurityDog(models.Model):
    """The dog of a handler: it works only with him, and only with its papers.

    The employer's card names each dog (CSI R612-18), and category-1 dogs are excluded
    (collective agreement, annex I.3): there is no such choice.
    """

    _name = "security.dog"
    _description = "Security Dog"
    _inherit = ["mail.thread"]
    _order = "name, id"
    _rec_names_search = ["name", "identification"]
    _check_company_auto = True

    active = fields.Boolean(default=True)
    name = fields.Char(required=True)
    employee_id = fields.Many2one(
        "hr.employee",
        string="Handler",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True
    )
    identification = fields.Char(
        string="Identification number",
        required=True,
        tracking=True,
        help="Microchip (15 digits) or tattoo.",
    )
    breed = fields.Char()
    category = fields.Selection(
        [("none", "Not categorised"), ("2", "Category 2 (guard dog)")],
        required=True,
        default="none",
        help="Category 1 dogs may not be used in private security.",
    )
    card_id = fields.Many2one(
        "security.card",
        string="Named on card",
        index="btree_not_null",
        ondelete="set null",
        domain="[('employee_id', '=', employee_id)]",
        tracking=True,
        help="The dog handler's card that this dog was declared for.",
    )
    on_card = fields.Boolean(
        string="On the card", compute="_compute_on_card", store=True
    )
    rabies_until = fields.Date(string="Rabies vaccine until", tracking=True)
    insurance_until = fields.Date(string="Insurance until", tracking=True)
    detention_permit = fields.Char(
        string="Detention permit",
        help="Number of the permit that the town hall gives for a category 2 dog "
        "(Rural code L211-14).",
    )
    documents_end = fields.Date(
        string="Papers until",
        compute="_compute_documents_end",
        store=True,
        help="Last day on which every paper is valid; empty when one is missing.",
    )

    _identification_uniq = models.Constraint(
        "UNIQUE(identification)",
        "A dog with this identification number is already recorded; look for it "
        "among the archived ones too.",
    )

    @api.depends("card_id")
    def _compute_on_card(self):
        for dog in self:
            dog.on_card = bool(dog.card_id)

    @api.depends("rabies_until", "insurance_until", "category", "detention_permit")
    def _compute_documents_end(self):
        for dog in self:
            lacks_permit = dog.category == "2" and not dog.detention_permit
            days = [dog.rabies_until, dog.insurance_until]
            dog.documents_end = all(days) and not lacks_permit and min(days)

    @api.depends("name", "identification")
    def _compute_display_name(self):
        for dog in self:
            dog.display_name = f"{dog.name} ({dog.identification})"

    @api.constrains("identification")
    def _check_identification(self):
        for dog in self:
            if not IDENTIFICATION.fullmatch(dog.identification):
                raise ValidationError(
                    self.env._(
                        "%s is not a dog's identification number: type the 15 digits "
                        "of the microchip, or the 6 or 7 signs of the tattoo.",
                        dog.identification,
                    )
                )

    @api.constrains("card_id", "employee_id")
    def _check_card(self):
        # sudo: who records dogs may be without right on cards.
        for dog in self.sudo():
            if dog.card_id and dog.card_id.employee_id != dog.employee_id:
                raise ValidationError(
                    self.env._(
                        "%(card)s is not a card of %(handler)s: choose one of the "
                        "handler's own cards.",
                        card=dog.card_id.display_name,
                        handler=dog.employee_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._tidy_number(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._tidy_number(vals))

    def _tidy_number(self, vals):
        """The number as it is compared: no space, capitals."""
        if not vals.get("identification"):
            return vals
        number = "".join(vals["identification"].split()).upper()
        return {**vals, "identification": number}
