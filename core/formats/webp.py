"""WebP's header: the RIFF chunks (RFC 9649)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from ..header import Color, Header, HeaderError
from . import exif
from .icc import icc_description

_RIFF_HEADER_BYTES = 12
_ALPHA_FLAG, _ANIMATION_FLAG = 0x10, 0x02
_FRAME_HEADER_BYTES = 16  # in an ANMF chunk, before the frame's own chunks
_TELLING = frozenset({b"VP8X", b"VP8 ", b"VP8L", b"ANMF", b"EXIF", b"ICCP"})
_USUAL_BYTES, _SPARE_CHUNKS = 1024, 20_000  # an animation's frame has two or more


@dataclass(frozen=True)
class _Bitstream:
    """A VP8 (lossy) or VP8L (lossless) image: its size and whether it says that it has transparency."""

    is_lossless: bool
    size_wh: tuple[int, int]
    alpha: bool


def read_webp(data: bytes) -> Header:
    """The header of a WebP file. Raises `HeaderError` where it ends before the first picture's own header."""
    chunks: dict[bytes, int] = {}
    frames_wh: list[tuple[int, int]] = []
    for kind, offset in _chunks(data, _RIFF_HEADER_BYTES):
        if kind == b"ANMF":
            frames_wh.append(_frame_end(data[offset + 8 : offset + 8 + _FRAME_HEADER_BYTES]))
        if kind in _TELLING:
            chunks.setdefault(kind, offset)
    canvas = data[chunks[b"VP8X"] :][:18] if b"VP8X" in chunks else b""
    picture = _first_picture(data, chunks)
    color: Color = "RGB" if picture.is_lossless else "YCbCr"
    return Header(
        format="WebP",
        media_type="image/webp",
        size_wh=_canvas_size_wh(canvas) if canvas else picture.size_wh,
        color=color,
        bit_depth=8,
        alpha=bool(canvas[8] & _ALPHA_FLAG) if canvas else picture.alpha,
        frames=max(len(frames_wh), 1),
        animated=bool(frames_wh or (canvas and canvas[8] & _ANIMATION_FLAG)),
        orientation=exif.orientation(_body(data, chunks.get(b"EXIF"))),
        icc_profile=icc_description(_body(data, chunks.get(b"ICCP"))),
        lossless=picture.is_lossless,
        truncated=int.from_bytes(data[4:8], "little") + 8 > len(data),
        claimed_wh=tuple(map(max, zip(picture.size_wh, *frames_wh, strict=True))),
    )


def _chunks(data: bytes, offset: int) -> Iterator[tuple[bytes, int]]:
    """Kind and offset of each chunk that begins before the data ends; bodies are padded to an even length."""
    for _ in range(len(data) // _USUAL_BYTES + _SPARE_CHUNKS):
        if offset + 8 > len(data):
            return
        kind, length = struct.unpack_from("<4sI", data, offset)
        yield kind, offset
        offset += 8 + length + length % 2
    raise HeaderError("the WebP is made of more and smaller chunks than any program writes")


def _frame_end(header: bytes) -> tuple[int, int]:
    """The right and lower end of an animation's frame: places are halved, sides one less."""
    x, y, width, height = (int.from_bytes(header[at : at + 3], "little") for at in (0, 3, 6, 9))
    return 2 * x + width + 1, 2 * y + height + 1


def _body(data: bytes, offset: int | None) -> bytes:
    if offset is None:
        return b""
    return data[offset + 8 : offset + 8 + int.from_bytes(data[offset + 4 : offset + 8], "little")]


def _canvas_size_wh(canvas: bytes) -> tuple[int, int]:
    """From a VP8X chunk: two 24-bit numbers, each one less than the side."""
    if len(canvas) < 18:
        raise HeaderError("the WebP's extended header (VP8X) is cut short")
    return int.from_bytes(canvas[12:15], "little") + 1, int.from_bytes(canvas[15:18], "little") + 1


def _first_picture(data: bytes, chunks: dict[bytes, int]) -> _Bitstream:
    if b"ANMF" in chunks:
        chunks = dict(reversed([*_chunks(data, chunks[b"ANMF"] + 8 + _FRAME_HEADER_BYTES)]))
    try:
        if b"VP8 " in chunks:
            return _lossy(data, chunks[b"VP8 "] + 8)
        if b"VP8L" in chunks:
            return _lossless(data, chunks[b"VP8L"] + 8)
    except struct.error:
        pass
    raise HeaderError("the WebP ends before its picture begins")


def _lossy(data: bytes, offset: int) -> _Bitstream:
    """A key frame's header (RFC 6386, 9.1): a 3-byte tag, a 3-byte start code, two 14-bit sides."""
    width, height = struct.unpack_from("<HH", data, offset + 6)
    return _Bitstream(False, (width & 0x3FFF, height & 0x3FFF), alpha=False)


def _lossless(data: bytes, offset: int) -> _Bitstream:
    """A VP8L header (RFC 9649, 3.4): a signature byte, then two 14-bit sides less one and a bit for transparency."""
    (bits,) = struct.unpack_from("<I", data, offset + 1)
    return _Bitstream(True, ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1), alpha=bool(bits >> 28 & 1))
