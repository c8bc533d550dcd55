"""JPEG's header: the marker segments before the first scan (ITU-T T.81, annex B)."""

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from ..header import Color, Header, HeaderError
from . import exif
from .directory import check_exif
from .icc import MAX_PROFILE_BYTES, icc_description
from .quantisation import estimate_quality

_EOI, _SOS, _DQT, _APP0, _APP1, _APP2, _APP14 = 0xD9, 0xDA, 0xDB, 0xE0, 0xE1, 0xE2, 0xEE
_APPLICATIONS = frozenset({_APP0, _APP1, _APP2, _APP14})
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # SOF0 to SOF15 without DHT, JPG and DAC
_PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
_LOSSLESS = frozenset({0xC3, 0xC7, 0xCB, 0xCF})
_ARITHMETIC = frozenset(range(0xC9, 0xD0))
_PIXELS_PER_BYTE = 512  # a block of 64 takes a bit at least, for its mean
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})  # TEM, RST0 to RST7, SOI
_MARKER = re.compile(rb"\xff([^\x00\xff])")
_SCAN = re.compile(rb"\xff\xda")  # for two bytes, a regular expression is twice as quick as bytes.find
_NEXT_IN_SCANS = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])")
_FRAME = struct.Struct(">BHHB")
_FACTORS = frozenset(16 * h + v for h in range(1, 5) for v in range(1, 5))
_MAX_SEGMENTS = 10_000  # a real header has tens; a file made of empty segments shall not take minutes
_MAX_SCANS = 10_000
_MAX_BETWEEN_BYTES = 2**20  # bytes that belong to no segment, which are skipped
_NAMES: dict[tuple[float, float], str] = {
    (1, 1): "4:4:4",
    (2, 1): "4:2:2",
    (2, 2): "4:2:0",
    (1, 2): "4:4:0",
    (4, 1): "4:1:1",
    (4, 2): "4:1:0",
}


class _Frame(NamedTuple):
    """A frame header (B.2.2): which process, how deep, how large, and a byte of each kind for each component.

    `factors` are the sampling factors, the horizontal one in the upper half of the byte.
    """

    marker: int
    precision: int
    size_wh: tuple[int, int]
    identifiers: bytes
    factors: bytes
    tables: bytes


@dataclass
class _Segments:
    """What the segments said so far; `scan_offset` is where the first scan begins."""

    frame: _Frame | None = None
    tables: dict[int, tuple[bytes, bool]] = field(default_factory=dict)
    is_jfif: bool = False
    adobe_transform: int | None = None
    exif: list[bytes] = field(default_factory=list)
    multi_picture: bytes = b""
    icc_chunks: list[bytes] = field(default_factory=list)
    scan_offset: int = 0


def read_jpeg(data: bytes) -> Header:
    """The header of a JPEG file. Raises `HeaderError` where it ends before its frame header or that is broken."""
    segments = _read_segments(data)
    frame = segments.frame
    if frame is None:
        raise HeaderError("the JPEG has no frame header (SOF): it ends too early or is damaged")
    color = _color(segments, frame)
    return Header(
        format="JPEG",
        media_type="image/jpeg",
        size_wh=frame.size_wh,
        color=color,
        bit_depth=frame.precision,
        subsampling=_subsampling(frame.factors) if color == "YCbCr" else None,
        quality_estimate=_quality(segments, frame),
        progressive=frame.marker in _PROGRESSIVE,
        orientation=exif.orientation(segments.exif[0]) if segments.exif else 1,
        icc_profile=icc_description(_join_icc_chunks(segments.icc_chunks)) if segments.icc_chunks else None,
        lossless=frame.marker in _LOSSLESS,
        truncated=data.rfind(b"\xff\xd9", segments.scan_offset) < 0,
        samples=len(frame.identifiers),
        scans=_scans(data, segments.scan_offset),
        least_bytes=0 if frame.marker in _ARITHMETIC else frame.size_wh[0] * frame.size_wh[1] // _PIXELS_PER_BYTE,
    )


def _read_segments(data: bytes) -> _Segments:
    segments = _Segments()
    for marker, offset, body in islice(_marker_segments(data), _MAX_SEGMENTS):
        segments.scan_offset = offset
        if marker in _FRAMES:
            if segments.frame is not None:
                raise HeaderError("the JPEG has two frame headers (SOF)")
            segments.frame = _frame(marker, body)
        elif marker == _DQT:
            segments.tables.update(_quantisation_tables(body))
        elif marker in _APPLICATIONS:
            _read_application_segment(segments, marker, body)
    # Pillow reads both when it opens a file, all parts of EXIF as one.
    if segments.exif:
        check_exif(b"".join(part.removeprefix(exif.PREFIX) for part in segments.exif))
    if segments.multi_picture:
        check_exif(segments.multi_picture)
    return segments


def _marker_segments(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Each marker up to the first scan, with its offset and its segment's body.

    Bytes between segments that belong to none are skipped, as libjpeg does.
    """
    offset = 0
    while found := _MARKER.search(data, offset, offset + _MAX_BETWEEN_BYTES):
        start = found.start()
        marker = data[start + 1]
        if marker in (_SOS, _EOI):
            yield marker, start, b""
            return
        length = 0 if marker in _WITHOUT_LENGTH else int.from_bytes(data[start + 2 : start + 4])
        offset = start + 2 + length
        yield marker, start, data[start + 4 : offset]


def _scans(data: bytes, offset: int) -> int:
    """How many scans there are, at least one; counted up to a number that no limit allows.

    Where the bytes of a scan's marker stand nowhere else than in a few scans, they are not looked at one by one.
    """
    if not _SCAN.search(data, offset + 2):
        return 1
    scans = 0
    while scans < _MAX_SCANS and (found := _NEXT_IN_SCANS.search(data, offset)):
        marker, start = found[1][0], found.start()
        if marker == _EOI:
            break
        scans += marker == _SOS
        offset = start + 2 + (0 if marker in _WITHOUT_LENGTH else int.from_bytes(data[start + 2 : start + 4]))
    return max(scans, 1)


def _frame(marker: int, body: bytes) -> _Frame:
    if len(body) < _FRAME.size or len(body) < _FRAME.size + 3 * body[_FRAME.size - 1]:
        raise HeaderError("the JPEG's frame header (SOF) is cut short")
    precision, height, width, count = _FRAME.unpack_from(body)
    rows = body[_FRAME.size : _FRAME.size + 3 * count]
    identifiers, factors, tables = rows[::3], rows[1::3], rows[2::3]
    if not factors or not _FACTORS.issuperset(factors):
        raise HeaderError("the JPEG's frame header (SOF) has impossible components")
    return _Frame(marker, precision, (width, height), identifiers, factors, tables)


def _quantisation_tables(body: bytes) -> Iterator[tuple[int, tuple[bytes, bool]]]:
    """Each whole table of a DQT segment (B.2.4.1): number, 64 values in zigzag order, whether they have 16 bits."""
    start = 1
    while start < len(body):
        is_16_bit, number = body[start - 1] >> 4 > 0, body[start - 1] & 15
        end = start + (128 if is_16_bit else 64)
        if end > len(body):
            return
        yield number, (body[start:end], is_16_bit)
        start = end + 1


def _read_application_segment(segments: _Segments, marker: int, body: bytes) -> None:
    if marker == _APP0 and body.startswith(b"JFIF\0"):
        segments.is_jfif = True
    elif marker == _APP1 and body.startswith(exif.PREFIX):
        segments.exif.append(body)
    elif marker == _APP2 and body.startswith(b"ICC_PROFILE\0"):
        segments.icc_chunks.append(body[12:])
    elif marker == _APP2 and body.startswith(b"MPF\0"):
        segments.multi_picture = body[4:]
    elif marker == _APP14 and body.startswith(b"Adobe") and len(body) >= 12:
        segments.adobe_transform = body[11]


def _color(segments: _Segments, frame: _Frame) -> Color:
    """The rules of libjpeg's default_decompress_parms (jdapimin.c)."""
    match len(frame.identifiers):
        case 1:
            return "grey"
        case 3:
            return _three_component_color(segments, frame)
        case 4:
            return "YCCK" if segments.adobe_transform == 2 else "CMYK"
    return "unknown"


def _three_component_color(segments: _Segments, frame: _Frame) -> Color:
    if segments.is_jfif:
        return "YCbCr"
    if segments.adobe_transform is not None:
        return "RGB" if segments.adobe_transform == 0 else "YCbCr"
    return "RGB" if frame.identifiers == b"RGB" or frame.marker in _LOSSLESS else "YCbCr"


def _join_icc_chunks(chunks: Sequence[bytes]) -> bytes:
    """The profile from the parts in APP2 segments (ICC.1, annex B.4), each after its number and their count."""
    ordered = sorted((chunk for chunk in chunks if len(chunk) > 2), key=lambda chunk: chunk[0])
    return b"".join(chunk[2:] for chunk in ordered)[:MAX_PROFILE_BYTES]


@lru_cache(maxsize=1024)
def _subsampling(factors: bytes) -> str:
    factors_hv = [(both >> 4, both & 15) for both in factors]
    (luma_h, luma_v), *chroma = factors_hv
    ratios = {(luma_h / h, luma_v / v) for h, v in chroma}
    if len(ratios) == 1 and (name := _NAMES.get(ratios.pop())):
        return name
    return ", ".join(f"{h}x{v}" for h, v in factors_hv)


def _quality(segments: _Segments, frame: _Frame) -> int | None:
    found = segments.tables.get(frame.tables[0])
    if found is None or frame.marker in _LOSSLESS:
        return None
    table, is_16_bit = found
    return estimate_quality(struct.unpack(">64H", table) if is_16_bit else table, is_16_bit=is_16_bit)
