from . import security_demo
