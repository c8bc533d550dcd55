"""A process with a pool that is at work for ever: prints its workers' numbers, for a test that kills it."""

import sys
from threading import Thread
from time import sleep

import numpy as np

from core.image import as_image
from core.isolation.pool import Pool, PoolSettings
from core.operations import catalogue
from core.recipe import parse_stage
from tests.core.isolation import faults

if __name__ == "__main__":
    catalogue.ROWS = faults.ROWS
    pool = Pool(PoolSettings(workers=2, module="tests.core.isolation.faulty_worker"))
    pool.begin(faults.LIBRARY)
    team = pool.team(faults.LIBRARY)
    while len(team.pids) < 2:
        sleep(0.05)
    image = as_image(np.zeros((1, 1, 1), np.uint8))
    Thread(target=pool.carry_out, args=(parse_stage("faults.do(hang)"), image, 1.0), daemon=True).start()
    print(*team.pids, flush=True)
    sys.stdin.read()
