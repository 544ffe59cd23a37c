"""A firm's list of guards read from a workbook, every line judged before any is used.

``workbook.read`` opens a file that nobody vouches for, ``check.check`` turns its lines
into guards and says what is wrong, line by line. Neither knows the database: the lists
of allowed values are handed in.
"""

from .check import Guard, Line, Result, check, frozen, thawed
from .columns import SHEETS, Column, Sheet, fold
from .problems import ERROR, REMARK, BadFile, Problem
from .workbook import read
