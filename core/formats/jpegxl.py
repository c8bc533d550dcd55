"""JPEG XL's header: the first bits of the codestream (ISO/IEC 18181-1, annex D), bare or in a container (18181-2)."""

import struct

from ..header import Header, HeaderError

_CODESTREAM = b"\xff\x0a"
_RATIOS = {1: (1, 1), 2: (12, 10), 3: (4, 3), 4: (3, 2), 5: (16, 9), 6: (5, 4), 7: (2, 1)}
_SIDE_BITS = (9, 13, 18, 30)
_HEAD_BYTES = 64
_MAX_BOXES = 1_000


def read_jpeg_xl(data: bytes) -> Header:
    """The size and orientation of a JPEG XL file; more would take its whole bundle of metadata.

    Raises `HeaderError` where the codestream's first bits are missing.
    """
    bits = _Bits(_codestream_head(data))
    size_wh = _size_wh(bits)
    orientation = 1
    if not bits.take(1) and bits.take(1):  # not all default, and extra fields follow
        orientation = bits.take(3) + 1
    return Header(format="JPEG XL", media_type="image/jxl", size_wh=size_wh, orientation=orientation)


class _Bits:
    """Reads little-endian bits."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "little")
        self._left = 8 * len(data)

    def take(self, count: int) -> int:
        if count > self._left:
            raise HeaderError("the JPEG XL ends inside its header")
        value = self._value & (1 << count) - 1
        self._value >>= count
        self._left -= count
        return value


def _codestream_head(data: bytes) -> bytes:
    """The codestream's first bytes after its signature: the file's, or those in its first `jxlc` or `jxlp` box."""
    if data.startswith(_CODESTREAM):
        return data[2 : 2 + _HEAD_BYTES]
    offset = 0
    for _ in range(_MAX_BOXES):
        if offset + 8 > len(data):
            break
        size, kind = struct.unpack_from(">I4s", data, offset)
        start = offset + (16 if size == 1 else 8) + (4 if kind == b"jxlp" else 0)
        if kind in (b"jxlc", b"jxlp") and data[start : start + 2] == _CODESTREAM:
            return data[start + 2 : start + 2 + _HEAD_BYTES]
        offset += int.from_bytes(data[offset + 8 : offset + 16]) if size == 1 else size or len(data)
    raise HeaderError("the JPEG XL container has no codestream")


def _size_wh(bits: _Bits) -> tuple[int, int]:
    """SizeHeader (D.2): the height, then the width or one of the usual ratios."""
    is_multiple_of_8 = bits.take(1)
    height = _side(bits, is_multiple_of_8)
    ratio = _RATIOS.get(bits.take(3))
    if ratio:
        return height * ratio[0] // ratio[1], height
    return _side(bits, is_multiple_of_8), height


def _side(bits: _Bits, is_multiple_of_8: int) -> int:
    if is_multiple_of_8:
        return 8 * (bits.take(5) + 1)
    return bits.take(_SIDE_BITS[bits.take(2)]) + 1
