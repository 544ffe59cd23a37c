from . import availability
from . import portal
