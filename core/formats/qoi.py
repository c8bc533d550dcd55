"""QOI's header: fourteen bytes (qoiformat.org)."""

import struct

from ..header import Header, HeaderError

_LONGEST_RUN = 62


def read_qoi(data: bytes) -> Header:
    """The header of a QOI file. Raises `HeaderError` where it is cut short or has neither 3 nor 4 channels."""
    try:
        width, height, channels = struct.unpack_from(">IIB", data, 4)
    except struct.error:
        raise HeaderError("the QOI ends inside its header") from None
    if channels not in (3, 4):
        raise HeaderError(f"the QOI has {channels} channels, not 3 or 4")
    return Header(
        format="QOI",
        media_type="image/qoi",
        size_wh=(width, height),
        color="RGB",
        bit_depth=8,
        alpha=channels == 4,
        lossless=True,
        least_bytes=width * height // _LONGEST_RUN,
    )
