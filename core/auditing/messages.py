"""What a worker process and the one that started it say to each other, pickled, one after the other.

Both are of the same installation, and the pipe is theirs alone.
"""

from dataclasses import dataclass
from pathlib import Path

from .chunk import Chunk, Part
from .job import Job

EXIT_FAULT = 70
"""The exit code of a worker that met a fault of this program."""


@dataclass(frozen=True)
class Start:
    """The first message to a worker; `board` is the file of its `Board`."""

    job: Job
    threads: int
    board: Path


@dataclass(frozen=True)
class Work:
    """A chunk to work on. The pictures at `alone` are done last, one at a time with nothing beside them.

    Those at `blamed` are not done at all: what each is blamed for, `crashed` or `hung`, becomes its row, with words.
    """

    chunk: Chunk
    alone: tuple[int, ...] = ()
    blamed: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True)
class Ready:
    """A worker has imported what it needs."""


@dataclass(frozen=True)
class Finished:
    """A chunk is done."""

    part: Part


@dataclass(frozen=True)
class Refused:
    """A worker cannot do the job at all."""

    message: str
    remedy: str


Reply = Ready | Finished | Refused
