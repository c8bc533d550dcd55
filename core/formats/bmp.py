"""BMP's header: the file header and the information header after it (Windows' BITMAPINFOHEADER and its relatives)."""

import struct

from ..header import Color, Header, HeaderError

_CORE_BYTES, _INFO_BYTES, _ALPHA_MASK_BYTES, _MAX_BYTES = 12, 40, 56, 124
_DEPTHS = frozenset({1, 2, 4, 8, 16, 24, 32})
_RUN_LENGTHS = frozenset({1, 2})
_SHARE = 20  # of a file cut short, this part at least has to be there
_BIT_FIELDS = frozenset({3, 6})


def read_bmp(data: bytes) -> Header:
    """The header of a BMP file. Raises `HeaderError` where it is cut short or of a kind that few libraries know."""
    try:
        (header_bytes,) = struct.unpack_from("<I", data, 14)
        width, height, depth, compression = _information(data, header_bytes)
    except struct.error:
        raise HeaderError("the BMP ends inside its header") from None
    if depth not in _DEPTHS:
        raise HeaderError(f"the BMP has {depth} bits a pixel, which is none of its kinds")
    return Header(
        format="BMP",
        media_type="image/bmp",
        size_wh=(width, height),
        color=_color(data, header_bytes, depth),
        bit_depth=min(depth, 8),
        alpha=depth == 32 and compression in _BIT_FIELDS and _alpha_mask(data, header_bytes) > 0,
        lossless=True,
        least_bytes=0 if compression in _RUN_LENGTHS else width * height * depth // 8 // _SHARE,
    )


def _information(data: bytes, header_bytes: int) -> tuple[int, int, int, int]:
    """Width, height, bits a pixel and compression; a negative height tells that the top row comes first."""
    if header_bytes == _CORE_BYTES:
        width, height, _, depth = struct.unpack_from("<HHHH", data, 18)
        return width, height, depth, 0
    if not _INFO_BYTES <= header_bytes <= _MAX_BYTES:
        raise HeaderError(f"the BMP's information header has {header_bytes} bytes, which no kind of it has")
    width, height, _, depth, compression = struct.unpack_from("<iiHHI", data, 18)
    if width < 0:
        raise HeaderError(f"the BMP has a width of {width}")
    return width, abs(height), depth, compression


def _alpha_mask(data: bytes, header_bytes: int) -> int:
    return int.from_bytes(data[66:70], "little") if header_bytes >= _ALPHA_MASK_BYTES else 0


def _color(data: bytes, header_bytes: int, depth: int) -> Color:
    """A palette that is a ramp of greys, or black and white, makes a grey picture, as Pillow has it."""
    if depth > 8:
        return "RGB"
    entry_bytes = 3 if header_bytes == _CORE_BYTES else 4
    used = int.from_bytes(data[46:50], "little") if entry_bytes == 4 else 0
    count = used if 0 < used <= 2**depth else 2**depth
    start = 14 + header_bytes
    table = data[start : start + entry_bytes * count]
    greys = (0, 255) if count == 2 else range(count)
    expected = b"".join(bytes((grey, grey, grey)) for grey in greys)
    colors = b"".join(table[at : at + 3] for at in range(0, len(table), entry_bytes))
    return "grey" if colors == expected else "palette"
