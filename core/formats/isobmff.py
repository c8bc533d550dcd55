"""AVIF's and HEIC's header: the item properties in the boxes of ISO/IEC 14496-12 and 23008-12 (HEIF)."""

import struct
from collections.abc import Iterator

from ..header import Header, HeaderError
from .av1 import stream_size_wh
from .boxes import boxes, child
from .icc import icc_description

_STREAM_HEAD_BYTES = 256
_MAX_ITEMS = 2_000
_MEDIA_TYPES = {"AVIF": "image/avif", "HEIC": "image/heic"}
_ALPHA_URNS = (b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", b"urn:mpeg:hevc:2015:auxid:1")
# EXIF orientation by (irot: quarter turns anticlockwise, imir: axis or None); HEIF rotates first, then mirrors.
_ORIENTATIONS = {
    (0, None): 1,
    (2, None): 3,
    (3, None): 6,
    (1, None): 8,
    (0, 1): 2,
    (0, 0): 4,
    (3, 1): 5,
    (3, 0): 7,
    (1, 1): 7,
    (1, 0): 5,
    (2, 1): 4,
    (2, 0): 2,
}


def read_avif(data: bytes) -> Header:
    """The header of an AVIF file; raises `HeaderError` where the item properties are missing."""
    return _read(data, "AVIF")


def read_heic(data: bytes) -> Header:
    """The header of a HEIC file; raises `HeaderError` where the item properties are missing."""
    return _read(data, "HEIC")


def _read(data: bytes, name: str) -> Header:
    """The largest `ispe` is taken for the picture's size: thumbnails and the tiles of a grid are smaller."""
    properties = dict[bytes, list[bytes]]()
    for kind, body in _item_properties(data):
        properties.setdefault(kind, []).append(body)
    sizes = [struct.unpack_from(">4xII", body) for body in properties.get(b"ispe", ()) if len(body) >= 12]
    if not sizes:
        raise HeaderError(f"the {name} ends before its picture is described")
    depths = [body[5] for body in properties.get(b"pixi", ()) if len(body) > 5]
    frames = _sequence_length(data)
    claims = [*sizes, *(stream_size_wh(data[start : start + _STREAM_HEAD_BYTES]) for start in _stream_starts(data))]
    return Header(
        format=name,
        media_type=_MEDIA_TYPES[name],
        size_wh=max(sizes, key=lambda size_wh: size_wh[0] * size_wh[1]),
        claimed_wh=(max(width for width, _ in claims), max(height for _, height in claims)),
        color="grey" if _is_monochrome(properties) else "YCbCr",
        bit_depth=max(depths, default=None),
        alpha=any(body[4:].startswith(_ALPHA_URNS) for body in properties.get(b"auxC", ())),
        frames=max(frames, 1),
        animated=frames > 0,
        orientation=_orientation(properties),
        icc_profile=_icc_description(properties),
    )


def _item_properties(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Every property in meta/iprp/ipco, of whichever item."""
    meta = child(data, (0, len(data)), b"meta")
    container = child(data, child(data, meta, b"iprp", skip=4), b"ipco")
    for kind, start, end in boxes(data, *container):
        yield kind, data[start:end]


def _sequence_length(data: bytes) -> int:
    """The number of pictures in the first track of an image sequence (the samples in its `stsz`), 0 without one."""
    start, end = _of_first_track(data, b"stsz")
    return int.from_bytes(data[start + 8 : start + 12]) if end - start >= 12 else 0


def _of_first_track(data: bytes, kind: bytes) -> tuple[int, int]:
    span = (0, len(data))
    for each in (b"moov", b"trak", b"mdia", b"minf", b"stbl", kind):
        span = child(data, span, each)
    return span


def _stream_starts(data: bytes) -> Iterator[int]:
    """Where each item's bytes begin, by the locations in `iloc` (ISO/IEC 14496-12, 8.11.3), and a track's first."""
    meta = child(data, (0, len(data)), b"meta")
    start, end = child(data, meta, b"iloc", skip=4)
    yield from _locations(data[start:end], child(data, meta, b"idat", skip=4)[0])
    for kind, width in ((b"stco", 4), (b"co64", 8)):
        start, end = _of_first_track(data, kind)
        if end - start >= 8 + width:
            yield int.from_bytes(data[start + 8 : start + 8 + width])


def _locations(box: bytes, inside_start: int) -> Iterator[int]:
    """The first place of each item in the file, or behind `inside_start` where the item is in the box `idat`."""
    version, sizes = box[:1], box[4:6]
    if len(sizes) < 2:
        return
    offset_bytes, length_bytes, base_bytes, index_bytes = sizes[0] >> 4, sizes[0] & 15, sizes[1] >> 4, sizes[1] & 15
    number_bytes = 4 if version > b"\1" else 2
    count = int.from_bytes(box[6 : 6 + number_bytes])
    at = 6 + number_bytes
    for _ in range(min(count, _MAX_ITEMS)):
        at += number_bytes
        method = 0
        if version > b"\0":
            method = int.from_bytes(box[at : at + 2]) & 15
            at += 2
        at += 2
        base = int.from_bytes(box[at : at + base_bytes])
        extents = int.from_bytes(box[at + base_bytes : at + base_bytes + 2])
        at += base_bytes + 2
        before = index_bytes if version > b"\0" else 0
        first = int.from_bytes(box[at + before : at + before + offset_bytes])
        yield base + first + (inside_start if method else 0)
        at += extents * (before + offset_bytes + length_bytes)


def _is_monochrome(properties: dict[bytes, list[bytes]]) -> bool:
    """By the count of channels of the first `pixi`, else by the flag in AV1's configuration."""
    if pixi := properties.get(b"pixi"):
        return pixi[0][4:5] == b"\1"
    return any(len(body) > 2 and body[2] & 0x10 for body in properties.get(b"av1C", ())[:1])


def _orientation(properties: dict[bytes, list[bytes]]) -> int:
    turns = properties.get(b"irot", [b"\0"])[0][:1]
    axis = properties.get(b"imir", [b""])[0][:1]
    return _ORIENTATIONS.get((turns[0] & 3 if turns else 0, axis[0] & 1 if axis else None), 1)


def _icc_description(properties: dict[bytes, list[bytes]]) -> str | None:
    profiles = (body[4:] for body in properties.get(b"colr", ()) if body[:4] in (b"prof", b"rICC"))
    return icc_description(next(profiles, b""))
