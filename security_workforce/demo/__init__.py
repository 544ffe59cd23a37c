from . import security_demo
from . import security_demo_file
from . import security_demo_cards
from . import security_demo_training
from . import security_demo_checklist
from . import security_demo_papers
