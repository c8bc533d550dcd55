"""The boxes that AVIF, HEIC, JPEG 2000 and JPEG XL files are made of (ISO/IEC 14496-12, 4.2; ISO/IEC 15444-1, I.4)."""

import struct
from collections.abc import Iterator

_MAX_BOXES = 10_000


def boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and end of the body of each box between `start` and `end`, cut where the data ends."""
    for _ in range(_MAX_BOXES):
        if start + 8 > end:
            return
        size, kind = struct.unpack_from(">I4s", data, start)
        head = 8
        if size == 1 and start + 16 <= end:
            head, size = 16, int.from_bytes(data[start + 8 : start + 16])
        stop = end if size == 0 else min(start + size, end)
        yield kind, start + head, stop
        start = max(stop, start + head)


def child(data: bytes, span: tuple[int, int], kind: bytes, skip: int = 0) -> tuple[int, int]:
    """The span of the first box of `kind`, `skip` bytes into `span`; an empty one where there is none."""
    found = ((start, end) for name, start, end in boxes(data, span[0] + skip, span[1]) if name == kind)
    return next(found, (0, 0))
