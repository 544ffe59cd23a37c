from . import test_billing
from . import test_billing_corrections
from . import test_demo
