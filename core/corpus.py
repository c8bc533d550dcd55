"""Auditing many pictures: two recipes (or one A against several B) on each, in worker processes, resumable.

    settings = AuditSettings(a, (b,), ("photos/", "shards/*.tar"))
    summary = audit(settings, Path("audit"))

The folder then holds the rows as Parquet, the merged totals and the summary; `core.auditing.audit_folder` says what
else. This needs pyarrow and duckdb: the extra `corpus`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from .auditing.audit_folder import AuditFolder
from .auditing.chunk_work import versions
from .auditing.engine import Engine
from .auditing.job import Checkpoints, Job
from .auditing.local_engine import LocalEngine
from .auditing.queries import Rows
from .auditing.rate import OnTick, Tick
from .auditing.running import run_audit
from .auditing.schema import COLUMNS, ROWS_SCHEMA
from .errors import CorpusError
from .limits import Limits, limits
from .recipe import Recipe

__all__ = [
    "COLUMNS",
    "ROWS_SCHEMA",
    "AuditFolder",
    "AuditSettings",
    "Engine",
    "Limits",
    "Rows",
    "Tick",
    "audit",
    "start_engine",
]


@dataclass(frozen=True)
class AuditSettings:
    """What is audited: A against each of `bs` on the pictures that `addresses` name.

    An address is a file, a folder, a pattern, a .txt list of addresses, a .tar shard, or any of these behind a scheme
    that fsspec knows. `checkpoints` and `with_ssim` are explained at `core.auditing.job.Job`.
    """

    a: Recipe
    bs: tuple[Recipe, ...]
    addresses: tuple[str, ...]
    checkpoints: Checkpoints = "all"
    with_ssim: bool = False
    limits: Limits = field(default_factory=limits)

    @property
    def job(self) -> Job:
        """What is done to each picture."""
        return Job(self.a, self.bs, self.checkpoints, self.with_ssim, self.limits)


def audit(
    settings: AuditSettings,
    out: Path,
    *,
    engine: Callable[[Job], Engine] | None = None,
    on_tick: OnTick = lambda _tick: None,
    command: str = "",
) -> dict[str, Any]:
    """The summary of the audit in the folder `out`, which is begun, gone on with, or finished already.

    Raises `CorpusError` where the folder holds another audit or no work can be done. An exception of `on_tick`, and
    KeyboardInterrupt, end it; the parts that are done stay, and the same call goes on from them.
    """
    if not settings.addresses:
        raise CorpusError("There is nothing to audit.", "Name files, folders, patterns, lists or shards.")
    folder = AuditFolder(out)
    folder.open_for(settings.job, list(settings.addresses), versions(settings.job), command)
    run_audit(folder, engine or LocalEngine, on_tick)
    return folder.summary()


def start_engine(workers: int | None = None, scheduler: str | None = None) -> Callable[[Job], Engine]:
    """What starts the engine for a job: worker processes here, or those of the Dask scheduler at an address."""
    if scheduler is None:
        return partial(LocalEngine, workers=workers)
    from .auditing.dask_engine import DaskEngine

    return partial(DaskEngine, scheduler=scheduler)
