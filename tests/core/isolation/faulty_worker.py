"""A worker that knows the operations for tests, too: `python -m tests.core.isolation.faulty_worker`."""

import sys

from core.isolation import worker
from core.operations import catalogue
from tests.core.isolation import faults

catalogue.ROWS = faults.ROWS
worker.main(sys.argv[1:])
