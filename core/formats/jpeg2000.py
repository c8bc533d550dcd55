"""JPEG 2000's header: the codestream's first segment and the boxes around it (ITU-T T.800, annexes A.5.1 and I)."""

import struct
from dataclasses import dataclass

from ..header import Color, Header, HeaderError
from .boxes import boxes, child
from .icc import icc_description

_CODESTREAM = b"\xff\x4f\xff\x51"
_YCBCR, _CMYK = 18, 12
_MAX_TILES = 65_535


@dataclass(frozen=True)
class _Size:
    """A codestream's SIZ segment: the picture's size, how many components and their bits."""

    size_wh: tuple[int, int]
    components: int
    bit_depth: int


def read_jpeg_2000(data: bytes) -> Header:
    """The header of a JPEG 2000 file. Raises `HeaderError` where the codestream's first segment is missing."""
    is_bare = data.startswith(_CODESTREAM)
    inside = (0, len(data)) if is_bare else child(data, (0, len(data)), b"jp2c")
    size = _size(data, inside)
    jp2_header = (0, 0) if is_bare else child(data, (0, len(data)), b"jp2h")
    space, profile = _color_space(data, jp2_header)
    color, alpha = _color(size.components, space)
    return Header(
        format="JPEG 2000",
        media_type="image/jp2",
        size_wh=size.size_wh,
        color=color,
        bit_depth=size.bit_depth,
        alpha=alpha,
        icc_profile=icc_description(profile),
        claimed_wh=_image_header_wh(data, jp2_header),
        samples=size.components,
    )


def _size(data: bytes, span: tuple[int, int]) -> _Size:
    if data[span[0] : span[0] + 4] != _CODESTREAM:
        raise HeaderError("the JPEG 2000 ends before its codestream begins")
    try:
        numbers = struct.unpack_from(">8IHB", data, span[0] + 8)
    except struct.error:
        raise HeaderError("the JPEG 2000's size segment (SIZ) is cut short") from None
    right, bottom, left, top, tile_width, tile_height, tile_left, tile_top, components, depth = numbers
    width, height = right - left, bottom - top
    if min(width, height) < 1 or not tile_width or not tile_height or not components:
        raise HeaderError("the JPEG 2000's size segment (SIZ) is impossible")
    tiles = -(-(right - tile_left) // tile_width) * -(-(bottom - tile_top) // tile_height)
    if not 1 <= tiles <= _MAX_TILES:
        raise HeaderError(f"the JPEG 2000 has {tiles} tiles, and at most {_MAX_TILES} are allowed")
    return _Size((width, height), components, (depth & 127) + 1)


def _image_header_wh(data: bytes, jp2_header: tuple[int, int]) -> tuple[int, int]:
    """What the box `ihdr` says, which Pillow believes."""
    start, end = child(data, jp2_header, b"ihdr")
    if end - start < 8:
        return 0, 0
    height, width = struct.unpack_from(">II", data, start)
    return width, height


def _color_space(data: bytes, jp2_header: tuple[int, int]) -> tuple[int, bytes]:
    """The number of the colour space and the profile, whichever is there."""
    space, profile = 0, b""
    for kind, start, end in boxes(data, *jp2_header):
        if kind == b"colr" and data[start : start + 1] == b"\1":
            space = int.from_bytes(data[start + 3 : min(start + 7, end)])
        elif kind == b"colr" and data[start : start + 1] == b"\2":
            profile = data[start + 3 : end]
    return space, profile


def _color(components: int, space: int) -> tuple[Color, bool]:
    """The colours and whether there is alpha, by the number of components; a palette and channel definitions aside."""
    if components <= 2:
        return "grey", components == 2
    if space == _CMYK:
        return "CMYK", False
    return "YCbCr" if space == _YCBCR else "RGB", components == 4
