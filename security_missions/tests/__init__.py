from . import test_annex
from . import test_billing
from . import test_billing_corrections
from . import test_demo
from . import test_legal_notice
from . import test_tours
