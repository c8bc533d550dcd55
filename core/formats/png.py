"""PNG's header: the chunks around the image data (ISO/IEC 15948; acTL and eXIf: W3C PNG third edition)."""

import struct
import zlib
from collections.abc import Iterator

from ..header import Color, Header, HeaderError
from ..operations.header import MAX_ICC_PROFILE_BYTES, icc_description
from . import exif

_SIGNATURE_BYTES = 8
_COLORS: dict[int, tuple[Color, bool]] = {
    0: ("grey", False),
    2: ("RGB", False),
    3: ("palette", False),
    4: ("grey", True),
    6: ("RGB", True),
}
_MAX_CHUNKS = 200_000  # libpng writes image data in chunks of 8 KB: this reaches through files of 1.6 GB


def read_png(data: bytes) -> Header:
    """The header of a PNG file. Raises `HeaderError` where the IHDR chunk is missing, cut short or impossible."""
    chunks = _wanted_chunks(data)
    try:
        width, height, bit_depth, color_type = struct.unpack_from(">IIBB", chunks.get(b"IHDR", b""))
        color, has_alpha_channel = _COLORS[color_type]
    except (struct.error, KeyError):
        raise HeaderError("the PNG has no whole image header (IHDR)") from None
    frames = int.from_bytes(chunks.get(b"acTL", b"")[:4])
    return Header(
        format="PNG",
        media_type="image/png",
        size_wh=(width, height),
        color=color,
        bit_depth=bit_depth,
        alpha=has_alpha_channel or b"tRNS" in chunks,
        frames=max(frames, 1),
        animated=b"acTL" in chunks,
        orientation=exif.orientation(chunks.get(b"eXIf", b"")),
        icc_profile=_icc_description(chunks[b"iCCP"]) if b"iCCP" in chunks else None,
        lossless=True,
        truncated=b"IEND" not in chunks,
    )


def _wanted_chunks(data: bytes) -> dict[bytes, bytes]:
    """The first of each kind of whole chunk but the image data; those after it too, since OpenCV obeys a late eXIf."""
    chunks: dict[bytes, bytes] = {}
    for kind, start, end in _chunks(data):
        if kind not in (b"IDAT", b"fdAT"):
            chunks.setdefault(kind, data[start:end])
    return chunks


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and end of the body of each whole chunk."""
    offset = _SIGNATURE_BYTES
    for _ in range(_MAX_CHUNKS):
        if offset + 12 > len(data):
            return
        length, kind = struct.unpack_from(">I4s", data, offset)
        start, offset = offset + 8, offset + 12 + length
        if offset > len(data):
            return
        yield kind, start, start + length


def _icc_description(chunk: bytes) -> str | None:
    """From an iCCP chunk: the writer's name of the profile, a zero byte, the method, the deflated profile itself."""
    try:
        profile = zlib.decompressobj().decompress(chunk[chunk.find(b"\0") + 2 :], MAX_ICC_PROFILE_BYTES)
    except zlib.error:
        profile = b"damaged"
    return icc_description(profile)
