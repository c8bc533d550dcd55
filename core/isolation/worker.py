"""A worker process: `python -m core.isolation.worker`, started by `core.isolation.worker_process` and by nobody else.

It does one thing at a time, as it is told through a socket, and ends when that does, or when the server is killed. An
error of this program ends it too, with a traceback on its stderr: that is one more way to be replaced.
"""

import ctypes
import gc
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache, lru_cache

from ..errors import ProcessLostError, SpokenError, StageError
from ..pipeline import carry_out_here
from ..recipe import parse_stage
from .arena import Arena, Span, place_beside
from .channel import Message, receive, send
from .endings import is_about_memory, needed_more
from .model_work import ModelWork
from .warm_up import warm_up

_PR_SET_PDEATHSIG = 1
_PAGE_BYTES = resource.getpagesize()

_stage = lru_cache(256)(parse_stage)


class Worker:
    """What can be asked for, by the word in the message's "do"."""

    def __init__(self, arena: Arena) -> None:
        self._arena = arena
        self._memory_bytes = 0
        models = ModelWork(arena)
        self._do: dict[str, Callable[[Message], Message]] = {
            "warm": self._warm,
            "stage": self._carry_out,
            "open": models.open,
            "ask": models.ask,
        }

    def answer(self, message: Message) -> Message:
        """The reply: what was asked for, or an error's class and words."""
        try:
            found = self._do[message["do"]](message)
        except SpokenError as error:
            found = {"error": [type(error).__name__, error.message, error.remedy]}
        return {**found, "own_bytes": _memory()[1]}

    def _warm(self, message: Message) -> Message:
        warm_up(message["presets"])
        gc.freeze()  # TensorFlow's objects are many: going through them all holds a stage up for 0.8 s
        self._memory_bytes = message["memory_bytes"]
        _limit_memory(self._memory_bytes)
        return {}

    def _carry_out(self, message: Message) -> Message:
        stage, span = _stage(message["stage"]), Span.of(message)
        given = self._arena.array(span)
        given.flags.writeable = False
        try:
            step = carry_out_here(stage, given.tobytes() if message["is_file"] else given, message["level"])
            made = self._arena.put(step.image, place_beside(span, step.image.nbytes))
        except (StageError, OSError) as error:  # OSError: there is no room to map the arena in
            if is_about_memory(str(error)):
                raise ProcessLostError(
                    f"{stage.name} failed: {needed_more(self._memory_bytes)}.",
                    "Try again, or choose a smaller size or another operation.",
                ) from error
            raise
        return {**made.message(), "elapsed_s": step.elapsed_s, "notes": step.notes, "level": step.level}


def main(arguments: list[str]) -> None:
    """Answers until the socket ends, or until there is nothing to do for as long as the third argument says."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # Ctrl-C, or a stop of all processes: for the server, which ends this one
    _end_with_the_server()
    connection, arena = socket.socket(fileno=int(arguments[0])), Arena(int(arguments[1]))
    connection.settimeout(float(arguments[2]) if len(arguments) > 2 else None)
    worker = Worker(arena)
    with connection, suppress(TimeoutError):
        while (message := receive(connection)) is not None:
            send(connection, worker.answer(message))


def _end_with_the_server() -> None:
    """Has the kernel end this process with the thread that started it, in the middle of a stage too (Linux alone)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _limit_memory(more_bytes: int) -> None:
    """Lets this process map `more_bytes` beyond what it has mapped now; the libraries' own gigabytes are no load."""
    if mapped := _memory()[0]:
        resource.setrlimit(resource.RLIMIT_AS, (mapped + more_bytes, mapped + more_bytes))


def _memory() -> tuple[int, int]:
    """What this process has mapped, and what of its memory is in use and its own, in bytes; zeros beside Linux."""
    descriptor = _facts()
    if descriptor is None:
        return 0, 0
    mapped, resident, shared, *_ = map(int, os.pread(descriptor, 256, 0).split())
    return mapped * _PAGE_BYTES, (resident - shared) * _PAGE_BYTES


@cache
def _facts() -> int | None:
    """Linux' file of a process's own pages, opened once: it is read after every stage."""
    return os.open("/proc/self/statm", os.O_RDONLY) if sys.platform == "linux" else None


if __name__ == "__main__":
    main(sys.argv[1:])
