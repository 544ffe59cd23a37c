import base64
import io
import random

from PIL import Image, ImageDraw

from odoo import fields, models

from .security_demo import SEED

# Guards whose picture was taken, and who have their employer's card.
PHOTOGRAPHED = (
    "Mehdi Lambert",
    "Awa Diallo",
    "Julien Perrin",
    "Gaëlle Morvan",
    "Joao Ferreira",
    "Élodie Renard",
)
# Job (key of JOBS): coefficient of the agreement of 26 September 2016, and level.
CLASSES = {
    "ads": (130, "Niveau III, échelon 1"),
    "chief": (140, "Niveau III, échelon 2"),
    "ssiap1": (140, "Niveau III, échelon 2"),
    "ssiap2": (150, "Niveau I, échelon 1"),
    "dog": (140, "Niveau III, échelon 2"),
    "event": (130, "Niveau III, échelon 1"),
}
WOMEN = {
    *("Aminata", "Awa", "Chloé", "Fatou", "Gaëlle", "Karima", "Laura", "Nadia"),
    *("Olga", "Priscilla", "Sandrine", "Thi", "Vanessa", "Élodie"),
}


class SecurityDemo(models.AbstractModel):
    """Papers of the guards: numbers, contracts, photographs, employer's cards."""

    _inherit = "security.demo"

    def _create_guards_as_officer(self, company):
        result = super()._create_guards_as_officer(company)
        dice = random.Random(SEED)
        self._number_guards()
        self._write_contracts()
        self._photograph_guards(dice)
        self._hand_out_cards()
        return result

    def _number_guards(self):
        for job, (coefficient, level) in CLASSES.items():
            for guard in self._demo_guards(job):
                is_woman = guard.name.split()[0] in WOMEN
                guard.write(
                    {
                        "security_registration_number": f"S{guard.id:05d}",
                        "security_coefficient": coefficient,
                        "security_level": level,
                        "sex": "female" if is_woman else "male",
                        "security_permit_kind": guard.permit_no
                        and "Carte de séjour « salarié »",
                    }
                )

    def _write_contracts(self):
        permanent = self.env.ref("hr.contract_type_permanent")
        # As a manager of Employees would: the core reserves the dates to them.
        for guard in self._demo_guards().sudo():
            guard.write(
                {
                    "contract_date_start": guard.date_version,
                    "contract_type_id": permanent.id,
                }
            )

    def _photograph_guards(self, dice):
        for guard in self._demo_guards():
            if guard.name in PHOTOGRAPHED:
                guard.image_1920 = _portrait(dice)

    def _hand_out_cards(self):
        guards = self._demo_guards().filtered(lambda g: g.name in PHOTOGRAPHED)
        today = fields.Date.context_today(self)
        ready = guards.filtered(
            lambda guard: any(
                card.state in ("valid", "to_renew") and card.date_last_day >= today
                for card in guard.card_ids
            )
        )
        self.env["security.employer.card"]._issue(ready.ids)


def _portrait(dice):
    """A drawn bust: nobody's face."""
    skin = dice.choice(["#8d5524", "#c68642", "#e0ac69", "#f1c27d"])
    image = Image.new("RGB", (450, 600), "#dbe4ee")
    draw = ImageDraw.Draw(image)
    draw.ellipse((60, 400, 390, 800), fill="#1f2937")
    draw.rectangle((190, 330, 260, 440), fill=skin)
    draw.ellipse((135, 110, 315, 370), fill=skin)
    draw.pieslice((125, 90, 325, 330), 180, 360, fill="#2b2118")
    content = io.BytesIO()
    image.save(content, "JPEG", quality=88)
    return base64.b64encode(content.getvalue())
