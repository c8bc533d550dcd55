"""GIF's header: the logical screen, and the blocks that tell frames and transparency (GIF89a specification)."""

import re
import struct
from collections.abc import Iterator

from ..header import Header, HeaderError

_HEADER_BYTES = 13
_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_BLOCK = re.compile(rb"[\x21\x2c\x3b]")
_GRAPHIC_CONTROL = b"\x21\xf9\x04"
_IMAGE_BYTES = 10
_MAX_FRAMES = 20_000
_USUAL_BYTES, _SPARE_BLOCKS = 128, 50_000  # data comes in blocks of up to 255 bytes; hardly any file has shorter ones


def read_gif(data: bytes) -> Header:
    """The header of a GIF file; `alpha` is that of the first frame.

    Raises `HeaderError` where the size of its screen is missing, or where reading its blocks would take long.
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
        claimed_wh=_claimed_wh(data, images),
    )


def _blocks(data: bytes, offset: int) -> Iterator[tuple[int, int]]:
    """First byte and offset of each block up to the trailer, or up to more frames than any limit allows.

    What is no block is skipped, as Pillow does.
    """
    frames, most = 0, len(data) // _USUAL_BYTES + _SPARE_BLOCKS
    while frames < _MAX_FRAMES and (found := _BLOCK.search(data, offset)):
        offset, first = found.start(), found[0][0]
        yield first, offset
        if first == _TRAILER:
            return
        frames += first == _IMAGE
        offset, passed = _after_sub_blocks(data, offset + _head_bytes(data, first, offset), most)
        most -= passed + 1
        if most < 0:
            raise HeaderError("the GIF is made of more and smaller blocks than any program writes")


def _after_sub_blocks(data: bytes, offset: int, most: int) -> tuple[int, int]:
    """Where the sub-blocks that begin at `offset` end, and how many, at most one more than `most`, were passed over."""
    passed, end = 0, len(data)
    while offset < end and passed <= most:
        length = data[offset]
        offset += 1 + length
        if not length:
            break
        passed += 1
    return offset, passed


def _head_bytes(data: bytes, first: int, offset: int) -> int:
    """What stands before the sub-blocks: of an image, its descriptor, its own colour table and the code size."""
    if first == _EXTENSION:
        return 2
    return _IMAGE_BYTES + _color_table_bytes(int.from_bytes(data[offset + 9 : offset + 10])) + 1


def _claimed_wh(data: bytes, images: list[int]) -> tuple[int, int]:
    """The right and lower end of the frames: decoders make the picture larger where a frame leaves its screen."""
    places = [struct.unpack_from("<4H", data, at + 1) for at in images if at + _IMAGE_BYTES <= len(data)]
    return max((x + width for x, _, width, _ in places), default=0), max((y + h for _, y, _, h in places), default=0)


def _color_table_bytes(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _is_transparent(data: bytes, offset: int) -> bool:
    control = data[offset : offset + 4]
    return control.startswith(_GRAPHIC_CONTROL) and bool(control[3:4]) and bool(control[3] & 1)
