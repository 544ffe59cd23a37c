from . import portal
from . import offers
from . import swaps
