"""All workers of a server: those that have TensorFlow, those for the other libraries, and one for people's models."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType
from typing import Self

from ..errors import ProcessLostError
from ..image import Image
from ..operations.catalogue import library_of
from ..operations.libraries import TENSORFLOW, Library
from ..pipeline import Step, carry_out_here
from ..recipe import Stage
from .limits import WorkerLimits
from .suspects import Suspects
from .team import Team
from .worker_process import MODULE, WorkerProcess


@dataclass(frozen=True, kw_only=True)
class PoolSettings:
    """How many workers there are, and what each may take.

    Attributes:
        tensorflow_workers: processes that have TensorFlow, at some 700 MB each.
        workers: processes for the other libraries, at some 100 MB each.
        models_idle_s: how long the process for people's own models stays when nobody asks one.
        limits: the limits of each.
        module: what a worker runs; for tests.
    """

    tensorflow_workers: int = 1
    workers: int = 2
    models_idle_s: float = 600.0
    limits: WorkerLimits = field(default_factory=WorkerLimits)
    module: str = MODULE


class Pool:
    """A `core.pipeline.Carrier`: libraries' stages in its workers, SamePixels' own, which are numpy's, here.

    TensorFlow is in processes of its own because it takes ten seconds and most of the memory, and so that what ends
    another library's process costs no new import of it.
    """

    def __init__(self, settings: PoolSettings | None = None) -> None:
        self._settings = settings or PoolSettings()
        self._suspects = Suspects()
        self._others = self._team("The libraries' process", self._settings.workers, ("opencv", "pillow"))
        self._tensorflow = self._team("TensorFlow's process", self._settings.tensorflow_workers, ("tensorflow",))
        self._models = Team(
            "The models' process", 1, (), partial(self._started, self._settings.models_idle_s), on_demand=True
        )

    def begin(self, library: Library | None = None) -> None:
        """Starts the workers that have `library`, or those of all; at the latest they start when they are needed."""
        for team in [self.team(library)] if library else [self._others, self._tensorflow]:
            team.begin()

    def team(self, library: Library) -> Team:
        """The workers that have `library`."""
        return self._tensorflow if library is TENSORFLOW else self._others

    def carry_out(self, stage: Stage, given: bytes | Image, level: float) -> Step:
        """The step that a worker makes; raises as `carry_out_here` does, and `ProcessLostError`."""
        library = library_of(stage.name)
        if library is None:
            return carry_out_here(stage, given, level)
        self._suspects.check(stage.name, given)
        with self.team(library).worker(given) as worker, self._blaming(stage.name, given):
            return worker.carry_out(stage, given, level)

    @contextmanager
    def model_worker(self, name: str, data: bytes) -> Iterator[WorkerProcess]:
        """A worker for the model called `name` with these bytes, or without any for the embedded model.

        Models of people's own have a worker that does nothing else, and that is there as long as it is used.
        """
        if data:
            self._suspects.check(name, data)
        team = self._models if data else self._tensorflow
        with team.worker() as worker, self._blaming(name, data):
            yield worker

    @contextmanager
    def _blaming(self, name: str, given: bytes | Image) -> Iterator[None]:
        """Notes who was at work when a worker was lost; one that cannot be had at all is nobody's fault."""
        try:
            yield
        except ProcessLostError:
            self._suspects.blame(name, given)
            raise

    def close(self) -> None:
        """Ends all workers."""
        for team in (self._others, self._tensorflow, self._models):
            team.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _team(self, title: str, count: int, presets: Sequence[str]) -> Team:
        return Team(title, count, presets, self._started)

    def _started(self, idle_s: float | None = None) -> WorkerProcess:
        return WorkerProcess(self._settings.limits, self._settings.module, idle_s)
