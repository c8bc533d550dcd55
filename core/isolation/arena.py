"""Memory that a worker and the server share, through which files and images pass.

It belongs to one worker and is used again for each stage: fresh shared pages cost 1.4 ms a megabyte where this was
measured (more than the decode), used ones 0.1 ms. So a result is copied out of it into ordinary memory, and nothing
that anybody keeps depends on a process, a descriptor or a name in /dev/shm.
"""

import math
import mmap
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

KEPT_BYTES = 128 << 20
"""What an arena may hold on to between two stages: an image of 24 megapixels, and the next stage's result."""

_STEP_BYTES = 1 << 20
_ALIGNED_BYTES = 4_096


@dataclass(frozen=True)
class Span:
    """An array in an arena: where it begins, in bytes, and what it is."""

    at: int
    shape: tuple[int, ...]
    dtype: str

    @classmethod
    def of(cls, message: Mapping[str, Any]) -> Self:
        """The span that a message tells of."""
        return cls(message["at"], tuple(message["shape"]), message["dtype"])

    def message(self) -> dict[str, Any]:
        """The span as part of a message."""
        return {"at": self.at, "shape": self.shape, "dtype": self.dtype}

    @property
    def end(self) -> int:
        """The first byte after it."""
        return self.at + math.prod(self.shape) * np.dtype(self.dtype).itemsize


class Arena:
    """Shared memory behind a file descriptor, which grows as it is needed and never shrinks under a reader."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self._map: mmap.mmap | None = None

    @classmethod
    def create(cls) -> Self:
        """A new one, without a name: it is gone with the last process that has it."""
        if not hasattr(os, "memfd_create"):
            with tempfile.TemporaryFile() as file:
                return cls(os.dup(file.fileno()))
        import fcntl  # not on every system, unlike this module

        descriptor = os.memfd_create("samepixels", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        # A page that a worker cut off would end the server with a bus error.
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK)
        return cls(descriptor)

    def put(self, array: npt.NDArray[Any], at: int = 0) -> Span:
        """Copies `array` to the bytes from `at` on, and says where it is."""
        span = Span(at, array.shape, array.dtype.name)
        self.array(span)[...] = array
        return span

    def array(self, span: Span) -> npt.NDArray[Any]:
        """The array at `span` itself, which the next stage overwrites."""
        held = self._mapped(span.end)
        flat = np.frombuffer(held, np.uint8, span.end - span.at, span.at)
        return flat.view(span.dtype).reshape(span.shape)

    def taken(self, span: Span, most_bytes: int) -> npt.NDArray[Any]:
        """A copy of the array at `span`, for keeping.

        Raises ValueError where there is none that the other side can have put there, or it is larger than `most_bytes`.
        """
        size = span.end - span.at
        if not 0 <= size <= most_bytes or span.at < 0 or span.end > os.fstat(self.descriptor).st_size:
            raise ValueError(f"There is no array at {span}.")
        return np.array(self.array(span))

    def trim(self) -> None:
        """Gives the pages beyond `KEPT_BYTES` back to the system, where that can be told; their values are lost."""
        if self._map is not None and len(self._map) > KEPT_BYTES and hasattr(mmap, "MADV_REMOVE"):
            self._map.madvise(mmap.MADV_REMOVE, KEPT_BYTES)

    def close(self) -> None:
        """Ends the use of it; called once."""
        self._map = None
        os.close(self.descriptor)

    def _mapped(self, size: int) -> mmap.mmap:
        if self._map is None or len(self._map) < size:
            there = os.fstat(self.descriptor).st_size
            if there < size:
                there = -(-size // _STEP_BYTES) * _STEP_BYTES
                os.ftruncate(self.descriptor, there)
            # Arrays may still lie on the old mapping; it goes when they go.
            self._map = mmap.mmap(self.descriptor, there)
        return self._map


def place_beside(given: Span, size: int) -> int:
    """Where `size` bytes can be put without touching the array at `given`: before it, or else after it."""
    return 0 if size <= given.at else -(-given.end // _ALIGNED_BYTES) * _ALIGNED_BYTES
