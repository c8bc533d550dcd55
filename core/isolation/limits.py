"""What a worker may take."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class WorkerLimits:
    """The limits of each worker.

    Attributes:
        stage_s: seconds for one stage or one batch of a model, by the clock on the wall.
        memory_bytes: what it may map beyond what it has once its libraries are imported.
        start_s: seconds until it has imported and tried them.
        requests: so many it does at least, before it is replaced for having grown by half of `memory_bytes`.
    """

    stage_s: float = 30.0
    memory_bytes: int = 4 << 30
    start_s: float = 180.0
    requests: int = 500
