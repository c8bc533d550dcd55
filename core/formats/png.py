"""PNG's header: the chunks around the image data (ISO/IEC 15948; acTL and eXIf: W3C PNG third edition)."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from ..header import Color, Header, HeaderError
from . import exif
from .icc import icc_description

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SEQUENCE_BYTES = 4
_COLORS: dict[int, tuple[Color, bool]] = {
    0: ("grey", False),
    2: ("RGB", False),
    3: ("palette", False),
    4: ("grey", True),
    6: ("RGB", True),
}
_PROFILE_HEAD_BYTES = 2**20  # where the description is; zip bombs fit into a chunk of this kind
_TELLING = frozenset({b"IHDR", b"acTL", b"tRNS", b"eXIf", b"iCCP", b"IEND"})
_DEFLATE_RATIO = 1032  # the most that deflate makes of a byte (zlib.net/zlib_tech.html)
_HARMLESS_BYTES = 2**24
_CHECKSUM_BYTES = 4
_CHUNK = struct.Struct(">I4s")
_USUAL_BYTES, _SPARE_CHUNKS = 1024, 20_000  # libpng writes image data in chunks of 8 KB


def read_png(data: bytes) -> Header:
    """The header of a PNG file. Raises `HeaderError` where the IHDR chunk is missing, cut short or impossible."""
    chunks, frames_wh, cut_bytes = _wanted_chunks(data)
    try:
        width, height, bit_depth, color_type = struct.unpack_from(">IIBB", chunks.get(b"IHDR", b""))
        color, has_alpha_channel = _COLORS[color_type]
    except (struct.error, KeyError):
        raise HeaderError("the PNG has no whole image header (IHDR)") from None
    samples = 3 if color == "RGB" else 1
    raw_bytes = width * height * bit_depth * (samples + has_alpha_channel) // 8
    if cut_bytes > max(2 * raw_bytes, _HARMLESS_BYTES):
        raise HeaderError(f"a chunk of the PNG claims {cut_bytes:,} bytes, which the file does not have")
    frames = max(int.from_bytes(chunks.get(b"acTL", b"")[:4]), len(frames_wh))
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
        least_bytes=raw_bytes // _DEFLATE_RATIO,
        claimed_wh=(max(frames_wh, default=(0, 0))[0], max((height for _, height in frames_wh), default=0)),
    )


def _wanted_chunks(data: bytes) -> tuple[dict[bytes, bytes], list[tuple[int, int]], int]:
    """What the chunks tell: the first of each kind, frames' right and lower ends, and the length of a cut one.

    For a chunk that is cut short, OpenCV takes the memory that it claims, and fills it. Chunks after the image data are
    looked at too, since OpenCV obeys a late eXIf. Libraries disagree about which of two image headers counts, so that a
    file with two is refused.
    """
    chunks: dict[bytes, bytes] = {}
    frames_wh: list[tuple[int, int]] = []
    for kind, start, end in _chunks(data):
        if end + _CHECKSUM_BYTES > len(data):
            return chunks, frames_wh, end - start
        if kind == b"fcTL" and end - start >= 20:
            width, height, x, y = struct.unpack_from(">4I", data, start + 4)
            frames_wh.append((x + width, y + height))
        elif kind == b"IHDR" and kind in chunks:
            raise HeaderError("the PNG has two image headers (IHDR)")
        elif kind in _TELLING and kind not in chunks:
            chunks[kind] = data[start:end]
    return chunks, frames_wh, 0


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and end of the body of each chunk up to IEND, or up to one that ends after the data."""
    offset = len(_SIGNATURE)
    for _ in range(len(data) // _USUAL_BYTES + _SPARE_CHUNKS):
        if offset + 12 > len(data):
            return
        length, kind = _CHUNK.unpack_from(data, offset)
        start, offset = offset + 8, offset + 12 + length
        yield kind, start, start + length
        if kind == b"IEND" or offset > len(data):
            return
    raise HeaderError("the PNG is made of more and smaller chunks than any program writes")


def _icc_description(chunk: bytes) -> str | None:
    """From an iCCP chunk: the writer's name of the profile, a zero byte, the method, the deflated profile itself."""
    try:
        profile = zlib.decompressobj().decompress(chunk[chunk.find(b"\0") + 2 :], _PROFILE_HEAD_BYTES)
    except zlib.error:
        profile = b"damaged"
    return icc_description(profile)


@dataclass(frozen=True)
class AnimatedFrame:
    """A frame of an animation: its size, the bits of a pixel, and its rows, deflated."""

    size_wh: tuple[int, int]
    pixel_bits: int
    is_interlaced: bool
    deflated: bytes


def first_frame_apart(data: bytes) -> AnimatedFrame | None:
    """The first frame of an animated PNG whose still picture is none of its frames; None for any other file.

    Raises `HeaderError` for what is no PNG.
    """
    if not data.startswith(_SIGNATURE) or b"acTL" not in data:
        return None
    header, control, parts, has_still = b"", b"", list[bytes](), False
    for kind, start, end in _chunks(data):
        if kind == b"IHDR":
            header = data[start:end]
        elif kind == b"IDAT":
            has_still = True
        elif kind == b"fcTL" and (control or not has_still):
            break
        elif kind == b"fcTL":
            control = data[start:end]
        elif kind == b"fdAT" and control:
            parts.append(data[start + _SEQUENCE_BYTES : end])
    if len(header) < 13 or len(control) < 12:
        return None
    _, _, bit_depth, color_type, _, _, interlace = struct.unpack_from(">IIBBBBB", header)
    width, height = struct.unpack_from(">II", control, 4)
    samples = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}.get(color_type, 4)
    return AnimatedFrame((width, height), bit_depth * samples, interlace > 0, b"".join(parts))
