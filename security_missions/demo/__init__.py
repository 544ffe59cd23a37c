from . import security_demo
from . import security_demo_life
from . import security_demo_rounds
from . import security_demo_posts
from . import security_demo_office
