"""The orientation in a block of EXIF, which is a small TIFF file (CIPA DC-008, 4.5.2)."""

import struct

PREFIX = b"Exif\0\0"
_ORIENTATION = 0x0112
_SHORT = 3


def orientation(exif: bytes) -> int:
    """The orientation, 1 to 8, in `exif` (with or without the prefix of JPEG); 1 where it is absent or damaged.

    An orientation in XMP alone is left out: OpenCV and TensorFlow do not read it.
    """
    tiff = exif.removeprefix(PREFIX)
    try:
        value = _first_directory_short(tiff, _ORIENTATION)
    except struct.error:
        return 1
    return value if value is not None and 1 <= value <= 8 else 1


def _first_directory_short(tiff: bytes, wanted_tag: int) -> int | None:
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return None
    (directory,) = struct.unpack_from(order + "I", tiff, 4)
    (count,) = struct.unpack_from(order + "H", tiff, directory)
    for index in range(count):
        tag, kind, _, value = struct.unpack_from(order + "HHIH", tiff, directory + 2 + 12 * index)
        if (tag, kind) == (wanted_tag, _SHORT):
            return int(value)
    return None
