from . import security_demo
from . import security_demo_file
from . import security_demo_training
