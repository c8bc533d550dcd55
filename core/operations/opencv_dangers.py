"""Files that end OpenCV's process: refused before it sees them.

Each was found by tests/fuzz with opencv-python 5.0.0.93. A server has worker processes besides.
"""

import zlib

import numpy as np

from ..errors import StageError
from ..formats.png import AnimatedFrame, first_frame_apart
from ..header import HeaderError

_LAST_FILTER = 4


def refuse_what_crashes(data: bytes) -> None:
    """Raises `StageError` for a damaged animation in a PNG whose still picture is none of its frames.

    OpenCV has the still picture then, goes on to the first frame, and dies of its error there.
    """
    try:
        frame = first_frame_apart(data)
    except HeaderError:
        return
    if frame is not None and not _is_whole(frame):
        raise StageError(
            "The first frame of this animated PNG is damaged, at which OpenCV crashes.",
            "Decode it with pillow.open, which looks at the still picture alone, or export the file again.",
        )


def _is_whole(frame: AnimatedFrame) -> bool:
    """Whether the frame inflates to all of its rows, each of which begins with the number of a filter."""
    row_bytes = 1 + -(-frame.size_wh[0] * frame.pixel_bits // 8)
    wanted = row_bytes * frame.size_wh[1]
    try:
        rows = zlib.decompressobj().decompress(frame.deflated, wanted)
    except zlib.error:
        return False
    filters = np.frombuffer(rows, np.uint8)[::row_bytes]
    return len(rows) == wanted > 0 and not frame.is_interlaced and int(filters.max()) <= _LAST_FILTER
