"""Where this server carries out stages and asks models: in worker processes, unless it is configured otherwise."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from core.impact import Model, open_model, open_model_file
from core.isolation.limits import WorkerLimits
from core.isolation.models import embedded_isolated, open_isolated
from core.isolation.pool import Pool, PoolSettings
from core.models.embedded import ADDRESS
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
        _Current.pool = pool
        before = put_in_charge(pool)
        try:
            yield pool
        finally:
            put_in_charge(before)
            _Current.pool = None


class _Current:
    """The server's pool, if it has one."""

    pool: Pool | None = None


def embedded_model() -> Model:
    """The embedded model, wherever this server has it run; raises as `core.impact.open_model` does."""
    return embedded_isolated(_Current.pool) if _Current.pool else open_model(ADDRESS)


def own_model(name: str, data: bytes) -> Model:
    """The model in a file of somebody's own, wherever this server has it run; raises as `open_model_file` does."""
    return open_isolated(_Current.pool, name, data) if _Current.pool else open_model_file(name, data)
