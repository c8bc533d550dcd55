"""Where this server carries out stages: in worker processes, unless its configuration says otherwise."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from core.isolation.limits import WorkerLimits
from core.isolation.pool import Pool, PoolSettings
from core.pipeline import put_in_charge
from ui.configuration import Configuration


@contextmanager
def isolated(settings: Configuration) -> Iterator[Pool | None]:
    """Puts a pool of workers in charge of stages inside the `with` block; None where this process does all itself."""
    if not settings.isolation or os.name != "posix":
        yield None
        return
    limits = WorkerLimits(stage_s=settings.stage_s, memory_bytes=settings.process_memory_bytes)
    pool_settings = PoolSettings(
        tensorflow_workers=settings.tensorflow_processes, workers=settings.library_processes, limits=limits
    )
    with Pool(pool_settings) as pool:
        before = put_in_charge(pool)
        try:
            yield pool
        finally:
            put_in_charge(before)
