from . import security_cover
from . import security_cover_line
from . import security_shift_clock
from . import security_shift_generate
from . import security_shift_generate_line
from . import security_shift_candidates
from . import security_rotation_roll
from . import security_rotation_roll_line
