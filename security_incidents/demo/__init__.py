from . import security_demo
from . import security_demo_control
