from . import logbook
from . import guard_sos
