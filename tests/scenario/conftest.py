"""A server process of its own for each file of tests, on a firm that the file makes.

The file names its ``DATABASE``, and the code that makes its ``FIRM`` and answers what
the tests need to know of it.
"""

import pytest
from lab import Lab


@pytest.fixture(scope="module")
def lab():
    lab = Lab()
    yield lab
    for name in list(lab.made):
        lab.drop(name)


@pytest.fixture(scope="module")
def firm(lab, request):
    lab.copy("suite", request.module.DATABASE)
    return lab.code(request.module.DATABASE, request.module.FIRM)


@pytest.fixture(scope="module")
def base(lab, firm, request):
    with lab.serve(request.module.DATABASE) as base:
        yield base
