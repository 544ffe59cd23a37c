"""The figures that the rules ask for are those that are listed, and that are loaded."""

from pathlib import Path
from xml.etree import ElementTree

from plans import FIGURES, person
from test_limits_daily import CASES as OF_DAYS
from test_limits_long import CASES as OF_MONTHS
from test_limits_person import CASES as OF_PERSONS
from test_limits_weekly import CASES as OF_WEEKS
from test_limits_workday import CASES as OF_WORKDAYS

from security_workforce.engine.limits import check
from security_workforce.engine.parameters import Parameter, Parameters
from security_workforce.engine.rules import PARAMETER_CODES

CASES = [*OF_PERSONS, *OF_DAYS, *OF_WORKDAYS, *OF_WEEKS, *OF_MONTHS]
DATA = Path(__file__).resolve().parents[2] / "security_workforce" / "data"


class Noted(Parameters):
    """Figures that remember which of them were asked for."""

    def __init__(self, rows):
        super().__init__(rows)
        self.asked = set()

    def find(self, code, day):
        self.asked.add(code)
        return super().find(code, day)


def loaded():
    """{code: units} of the records that the module brings."""
    codes = {}
    for file in DATA.glob("security_parameter*.xml"):
        for record in ElementTree.parse(file).iter("record"):
            if record.get("model") == "security.parameter":
                fields = {field.get("name"): field.text for field in record}
                codes.setdefault(fields["code"], set()).add(fields.get("unit", "hours"))
    return codes


def test_the_rules_ask_for_what_is_listed_and_nothing_else():
    noted = Noted([Parameter(code, value) for code, value in FIGURES.items()])
    for _what, _rule, slots, _expected, who in CASES:
        check(person(**{**who, "parameters": noted}), slots)
    assert noted.asked == set(PARAMETER_CODES)


def test_every_figure_is_loaded_in_its_unit():
    codes = loaded()
    assert {code: codes.get(code) for code in PARAMETER_CODES} == {
        code: {unit} for code, unit in PARAMETER_CODES.items()
    }
