from . import availability
from . import portal
from . import portal_rota
from . import offers
from . import swaps
