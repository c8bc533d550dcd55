"""GIF's header: the logical screen, and the blocks that tell frames and transparency (GIF89a specification)."""

import struct
from collections.abc import Iterator

from ..header import Header, HeaderError

_HEADER_BYTES = 13
_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_GRAPHIC_CONTROL = b"\x21\xf9\x04"
_MAX_BLOCKS = 2_000_000  # data comes in blocks of up to 255 bytes: this reaches through files of 500 MB


def read_gif(data: bytes) -> Header:
    """The header of a GIF file; `alpha` is that of the first frame.

    Raises `HeaderError` where the size of its screen is missing.
    """
    if len(data) < _HEADER_BYTES:
        raise HeaderError("the GIF ends inside its header")
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    blocks = [*_blocks(data, _HEADER_BYTES + _color_table_bytes(flags))]
    images = [offset for kind, offset in blocks if kind == _IMAGE]
    first_image = images[0] if images else len(data)
    return Header(
        format="GIF",
        media_type="image/gif",
        size_wh=(width, height),
        color="palette",
        bit_depth=(flags & 7) + 1 if flags & 0x80 else 8,
        alpha=any(_is_transparent(data, offset) for _, offset in blocks if offset < first_image),
        frames=max(len(images), 1),
        animated=len(images) > 1,
        lossless=True,
        truncated=not blocks or blocks[-1][0] != _TRAILER,
    )


def _blocks(data: bytes, offset: int) -> Iterator[tuple[int, int]]:
    """First byte and offset of each block up to the trailer; the sub-blocks with its data are passed over."""
    in_data = False
    for _ in range(_MAX_BLOCKS):
        if offset >= len(data):
            return
        first = data[offset]
        if in_data:
            in_data = first > 0
            offset += 1 + first
            continue
        yield first, offset
        if first not in (_EXTENSION, _IMAGE):
            return
        offset += 2 if first == _EXTENSION else _image_header_bytes(data, offset)
        in_data = True


def _image_header_bytes(data: bytes, offset: int) -> int:
    """The image descriptor, its own colour table and the byte before the compressed data."""
    return 10 + _color_table_bytes(int.from_bytes(data[offset + 9 : offset + 10])) + 1


def _color_table_bytes(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _is_transparent(data: bytes, offset: int) -> bool:
    control = data[offset : offset + 4]
    return control.startswith(_GRAPHIC_CONTROL) and bool(control[3:4]) and bool(control[3] & 1)
