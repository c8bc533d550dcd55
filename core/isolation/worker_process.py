"""A worker as the server sees it: what it is asked, what it holds, and how it ended."""

import os
import socket
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from .. import errors
from ..errors import ProcessLostError, SpokenError, StageError
from ..image import Image, as_image
from ..pipeline import Step
from ..recipe import Stage
from .arena import KEPT_BYTES, Arena, Span
from .channel import Message, receive, send
from .endings import WorkerEndedError, is_about_memory, needed_more, process_ended, took_longer
from .limits import WorkerLimits

MODULE = f"{__package__}.worker"

_IMPORT_ROOT = str(Path(__file__).parents[(__package__ or "").count(".") + 1])
_HEAP_BYTES = 128 << 20
_LOG_BYTES = 1 << 20

_ENVIRONMENT = {
    # The C library (glibc) would give large arrays back to the system and fetch them, page by page, for each stage.
    "MALLOC_MMAP_THRESHOLD_": str(1 << 30),
    "MALLOC_TRIM_THRESHOLD_": str(_HEAP_BYTES),
}


class WorkerProcess:
    """A running worker, for one thread at a time. `module` is what it runs.

    With `idle_s` it ends by itself when so many seconds have passed without work.
    """

    def __init__(self, limits: WorkerLimits, module: str = MODULE, idle_s: float | None = None) -> None:
        self.requests = 0
        self._limits = limits
        self._first_bytes = self._last_bytes = 0
        self._held: weakref.ref[Image] | None = None
        self._held_span: Span | None = None
        self._is_awaited = False
        with ExitStack() as undo:  # of what there is already where the process cannot be started
            self._arena = Arena.create()
            undo.callback(self._arena.close)
            self._log = undo.enter_context(tempfile.TemporaryFile())
            self._connection, theirs = socket.socketpair()
            undo.enter_context(self._connection)
            with theirs:
                descriptors = (theirs.fileno(), self._arena.descriptor)
                self._process = self._begun(module, descriptors, [str(idle_s)] if idle_s else [])
            undo.pop_all()

    def _begun(self, module: str, descriptors: tuple[int, int], more: Sequence[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - this package's own module
            [sys.executable, "-m", module, *map(str, descriptors), *more],
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            pass_fds=descriptors,
            env={**os.environ, **_ENVIRONMENT, "PYTHONPATH": _python_path()},
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    @property
    def is_usable(self) -> bool:
        """Whether the process has not ended, as far as is known, and has nothing left to answer."""
        return not self._is_awaited and self._process.poll() is None

    @property
    def is_worn(self) -> bool:
        """Whether it has become so large in its service that it should be replaced."""
        grown = self._last_bytes - self._first_bytes
        return self.requests >= self._limits.requests and grown > self._limits.memory_bytes // 2

    def warm(self, presets: Sequence[str]) -> None:
        """Has it import and try what `presets` need, and limits its memory from then on. Raises WorkerEndedError."""
        message = {"do": "warm", "presets": list(presets), "memory_bytes": self._limits.memory_bytes}
        self._ask(message, self._limits.start_s)
        self._first_bytes = self._last_bytes

    def holds(self, given: object) -> bool:
        """Whether `given` is what it made last, so that it need not be sent."""
        return self._held is not None and self._held() is given

    def carry_out(self, stage: Stage, given: bytes | Image, level: float) -> Step:
        """The step that `core.pipeline.carry_out_here` makes there; raises as that does, and `ProcessLostError`."""
        message = {"do": "stage", "stage": str(stage), "level": level, "is_file": isinstance(given, bytes)}
        try:
            found = self._ask({**message, **self._span(given).message()}, self._limits.stage_s)
            image = as_image(self._taken(found))
        except WorkerEndedError as error:
            raise ProcessLostError(
                f"{stage.name} failed: {error.what}.", "Try again, or choose another operation or other options."
            ) from error
        except (MemoryError, OSError) as error:  # OSError: there is no room to map the arena in
            raise StageError(f"{stage.name} ran out of memory.", "Choose a smaller size.") from error
        made = Span.of(found)
        if made.end <= KEPT_BYTES:
            self._held, self._held_span = weakref.ref(image), made
        self._arena.trim()
        return Step(stage, image, found["elapsed_s"], tuple(found["notes"]), found["level"])

    def open_model(self, key: str, name: str, data: bytes) -> Message:
        """Has it open the model `name` and keep it under `key`; gives what is known of it.

        Raises what opening raises, and `ProcessLostError`.
        """
        where = self._span(data).message() if data else {}
        message = {"do": "open", "model": key, "name": name, **where}
        with _loss_told(name):
            # The time is that of an import: what runs the model may be a library that nobody has asked for before.
            return self._ask(message, self._limits.start_s)

    def ask_model(self, key: str, name: str, batch: npt.NDArray[Any]) -> npt.NDArray[Any] | None:
        """The answers of the model under `key`, or None where there is none; raises as `open_model` does."""
        self._held = None
        message = {"do": "ask", "model": key, **self._arena.put(batch).message()}
        with _loss_told(name):
            found = self._ask(message, self._limits.stage_s)
            return None if "is_unknown" in found else self._taken(found)

    def kill(self) -> None:
        """Ends the process at once."""
        self._process.kill()

    def wait(self) -> int:
        """Waits for the process's end, and gives its exit code; minus the signal's number where one ended it."""
        return self._process.wait()

    def close(self) -> None:
        """Ends the process, if it has not, and lets go of all that belongs to it."""
        self._end()
        self._connection.close()
        self._arena.close()
        self._log.close()

    def last_words(self) -> str:
        """The last line that it printed; empty where it printed none."""
        size = os.fstat(self._log.fileno()).st_size
        said = os.pread(self._log.fileno(), 4_096, max(0, size - 4_096)).decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(said) if line.strip()), "")

    def _span(self, given: bytes | Image) -> Span:
        """Where `given` is, once it is there."""
        if self.holds(given) and self._held_span is not None:
            return self._held_span
        self._held = None
        values: npt.NDArray[Any] = np.frombuffer(given, np.uint8) if isinstance(given, bytes) else given
        return self._arena.put(values)

    def _ask(self, message: Message, limit_s: float) -> Message:
        """The reply; an error in it is raised. Raises WorkerEndedError, and then the process has ended."""
        self.requests += 1
        self._cut_log()
        self._is_awaited = True
        try:
            self._connection.settimeout(limit_s)
            send(self._connection, message)
            reply = receive(self._connection)
        except TimeoutError:
            self._end()
            raise WorkerEndedError(took_longer(limit_s)) from None
        except (OSError, ValueError):  # ValueError: what came is no JSON
            reply = None
        if reply is None:
            raise WorkerEndedError(self._ending())
        self._is_awaited = False
        self._last_bytes = reply["own_bytes"]
        if "error" in reply:
            raise _error(*reply["error"])
        return reply

    def _taken(self, found: Message) -> npt.NDArray[Any]:
        """A copy of the array that a reply tells of, if it can be one. Raises WorkerEndedError."""
        try:
            return self._arena.taken(Span.of(found), self._limits.memory_bytes)
        except (KeyError, TypeError, ValueError) as error:
            self._end()
            raise WorkerEndedError("its process answered with something that is no array") from error

    def _end(self) -> None:
        self.kill()
        self.wait()

    def _ending(self) -> str:
        self._end()  # whatever it is that does not answer any more
        if is_about_memory(self.last_words()):
            return needed_more(self._limits.memory_bytes)
        return process_ended(self.wait())

    def _cut_log(self) -> None:
        """Libraries may remark on each damaged file: the last of it is enough."""
        if os.fstat(self._log.fileno()).st_size > _LOG_BYTES:
            with suppress(OSError):
                os.ftruncate(self._log.fileno(), 0)
                os.lseek(self._log.fileno(), 0, os.SEEK_SET)  # the worker's own place, too: the descriptor is shared


@contextmanager
def _loss_told(name: str) -> Iterator[None]:
    """Turns the end of a process into an error that names the model."""
    try:
        yield
    except WorkerEndedError as error:
        raise ProcessLostError(f"{name} failed: {error.what}.", "Try again, or with another model.") from error


def _error(name: str, message: str, remedy: str) -> SpokenError:
    """The error that a worker told of; a StageError where it names none of this program's."""
    kind = getattr(errors, name, StageError)
    is_known = isinstance(kind, type) and issubclass(kind, SpokenError)
    return (kind if is_known else StageError)(message, remedy)


def _python_path() -> str:
    """The folder that this package was imported from, before what the user has set."""
    return os.pathsep.join(filter(None, [_IMPORT_ROOT, os.environ.get("PYTHONPATH", "")]))
