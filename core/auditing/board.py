"""Which picture each thread of a worker is at, in memory that the process that started it sees, also after its end.

Messages would say the same, but two for each picture wake the other process more often than all else.
"""

import mmap
import os
import tempfile
from contextlib import suppress
from pathlib import Path

_CELL_BYTES = 8
_PLACE_BITS = 32


class Board:
    """A cell for each thread, in the file at `path`. A cell is written in one move, so that nobody sees half of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("r+b") as opened:
            self._memory = mmap.mmap(opened.fileno(), 0)
        self._cells = memoryview(self._memory).cast("q")

    @classmethod
    def new(cls, threads: int) -> "Board":
        """An empty board in a new temporary file, which `close` removes."""
        handle, name = tempfile.mkstemp(prefix="samepixels-board-")
        with os.fdopen(handle, "wb") as opened:
            opened.write(bytes(_CELL_BYTES * threads))
        return cls(Path(name))

    def write(self, thread: int, number: int, place: int | None) -> None:
        """Thread number `thread` is at the picture at `place` of a chunk now, or at none."""
        self._cells[thread] = 0 if place is None else (number << _PLACE_BITS) + place + 1

    def read(self) -> dict[int, tuple[int, int]]:
        """The chunk's number and the place that each thread is at, by the thread's number."""
        cells = enumerate(self._cells.tolist())
        return {thread: (cell >> _PLACE_BITS, (cell & 0xFFFFFFFF) - 1) for thread, cell in cells if cell}

    def hide(self) -> None:
        """Removes the file's name once both sides have it open, so that nothing is left of a process that is killed."""
        with suppress(OSError):  # Windows keeps the name as long as a file is open
            self.path.unlink()

    def close(self) -> None:
        """Gives the memory back, and removes the file where it still has a name."""
        self._cells.release()
        self._memory.close()
        self.hide()
