"""The interface of an engine: a chunk is submitted, a part comes back. Another engine is one more file."""

from types import TracebackType
from typing import Protocol, Self

from .chunk import Chunk, Part


class Engine(Protocol):
    """Does chunks, in whatever order. A picture that kills or hangs a worker costs its own row and nothing else."""

    @property
    def capacity(self) -> int:
        """How many chunks may be under way so that nobody waits; more would only take memory."""

    def submit(self, chunk: Chunk) -> None:
        """Takes on a chunk."""

    def next_part(self, timeout_s: float) -> Part | None:
        """A part that is done, waited for at most `timeout_s`. Raises `SamePixelsError` when no work can be done."""

    def close(self) -> None:
        """Ends at once all that is under way."""

    def __enter__(self) -> Self:
        """The engine, which closes when the block ends."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Closes the engine."""
        self.close()
