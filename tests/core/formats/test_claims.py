"""What a file claims beside its own size, counted and believed as the greediest decoder would."""

import contextlib
import struct
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from core.errors import SourceError
from core.formats.gif import read_gif
from core.formats.jpeg import read_jpeg
from core.formats.png import read_png
from core.formats.webp import read_webp
from core.header import HeaderError
from core.source import read_source
from tests.core.encoded import animation, by_pillow, exif, picture

JPEG = by_pillow(picture(), "JPEG", exif=exif(6))
PROGRESSIVE = by_pillow(picture(), "JPEG", progressive=True)
PNG = by_pillow(picture(), "PNG")
GIF = animation("GIF")
SCREEN_AND_PALETTE = b"GIF89a" + struct.pack("<HHBBB", 5, 5, 0, 0, 0)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def image_header(width: int, height: int) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))


def gif_frame(x: int, y: int, width: int, height: int, data: bytes = b"\2\1\1\0") -> bytes:
    return b"\x2c" + struct.pack("<HHHHB", x, y, width, height, 0) + data


def test_a_jpeg_with_two_frame_headers_is_refused() -> None:
    at = JPEG.index(b"\xff\xc0")
    segment = JPEG[at : at + 2 + int.from_bytes(JPEG[at + 2 : at + 4])]
    with pytest.raises(HeaderError, match="two frame headers"):
        read_jpeg(JPEG[:at] + segment + JPEG[at:])


def test_scans_are_counted_where_they_are() -> None:
    assert (read_jpeg(JPEG).scans, read_jpeg(PROGRESSIVE).scans) == (1, 10)
    at = PROGRESSIVE.rindex(b"\xff\xda")
    assert read_jpeg(PROGRESSIVE[:at] + PROGRESSIVE[at:-2] * 500 + b"\xff\xd9").scans == 509
    assert read_jpeg(PROGRESSIVE + b"\xff\xda" * 500).scans == 10  # after the end: another program's
    comment = b"\xff\xfe\0\x42" + b"\xff\xda" * 32
    assert read_jpeg(PROGRESSIVE[:at] + comment + PROGRESSIVE[at:]).scans == 10


def test_exif_in_many_parts_is_one_block() -> None:
    """Pillow joins them, and copies the values of each tag."""
    claims = b"".join(struct.pack("<HHII", tag, 7, 60_000, 8) for tag in range(100))
    head = b"II*\0\x08\0\0\0" + struct.pack("<H", 100) + claims
    parts = [head + bytes(60_000 - len(head)), *[bytes(60_000)] * 3]
    segments = b"".join(b"\xff\xe1" + struct.pack(">H", len(part) + 8) + b"Exif\0\0" + part for part in parts)
    with pytest.raises(HeaderError, match="claim more"):
        read_jpeg(JPEG[:2] + segments + JPEG[2:])


def test_a_png_with_two_image_headers_is_refused() -> None:
    with pytest.raises(HeaderError, match="two image headers"):
        read_png(PNG[:33] + image_header(60_000, 60_000) + PNG[33:])


def test_frames_of_an_animated_png() -> None:
    control = struct.pack(">5I", 0, 50, 60, 1000, 2000) + bytes(6)
    data = PNG[:33] + chunk(b"acTL", struct.pack(">II", 2, 0)) + chunk(b"fcTL", control) * 3 + PNG[33:]
    header = read_png(data)
    assert (header.frames, header.size_wh, header.largest_wh) == (3, (67, 45), (1050, 2060))
    boast = PNG[:33] + chunk(b"acTL", b"\xff" * 8) + PNG[33:]
    with pytest.raises(SourceError, match="4,294,967,295 frames, the limit is 1,000"):
        read_source("a.png", boast)


def test_frames_of_a_gif_that_leave_its_screen() -> None:
    header = read_gif(SCREEN_AND_PALETTE + gif_frame(0, 0, 5, 5) + gif_frame(60_000, 3, 5_000, 9) + b"\x3b")
    assert (header.frames, header.size_wh, header.largest_wh) == (2, (5, 5), (65_000, 12))


def test_frames_of_a_webp_that_leave_its_canvas() -> None:
    data = animation("WEBP", mode="RGBA")
    at = data.index(b"ANMF") + 8
    header = read_webp(data[:at] + b"\xff" * 12 + data[at + 12 :])
    assert header.largest_wh == (2 * 0xFFFFFF + 0x1000000,) * 2


def segments(size: int) -> bytes:
    return b"\xff\xd8" + b"\xff\xfe\0\2" * (size // 4)


HOSTILE: dict[str, Callable[[int], bytes]] = {
    "JPEG of empty segments": segments,
    "JPEG of fill bytes": lambda size: b"\xff\xd8" + b"\xff" * size,
    "JPEG of zeros": lambda size: b"\xff\xd8\xff" + bytes(size),
    "JPEG of scans": lambda size: JPEG[:-2] + b"\xff\xda\0\2" * (size // 4),
    "JPEG of profiles": lambda size: JPEG[:2] + (b"\xff\xe2\xff\xffICC_PROFILE\0\1\1" + bytes(65519)) * (size // 65537),
    "PNG of empty chunks": lambda size: PNG[:33] + chunk(b"IDAT", b"") * (size // 12),
    "PNG of kinds": lambda size: PNG[:33] + b"".join(chunk(struct.pack(">I", n), b"") for n in range(size // 12)),
    "GIF of frames": lambda size: SCREEN_AND_PALETTE + gif_frame(0, 0, 1, 1) * (size // 14),
    "GIF of small blocks": lambda size: SCREEN_AND_PALETTE + gif_frame(0, 0, 1, 1, b"\2" + b"\1\0" * (size // 2)),
    "GIF of extensions": lambda size: SCREEN_AND_PALETTE + b"\x21\xfe\0" * (size // 3),
    "WebP of empty chunks": lambda size: b"RIFF\0\0\0\0WEBP" + b"JUNK\0\0\0\0" * (size // 8),
    "AVIF of boxes": lambda size: b"\0\0\0\x10ftypavif\0\0\0\0" + b"\0\0\0\x08free" * (size // 8),
    "TIFF of pages": lambda size: b"II*\0\x08\0\0\0" + struct.pack("<HHHIII", 1, 256, 4, 1, 9, 10) * (size // 18),
    "TIFF of tags": lambda size: b"II*\0\x08\0\0\0\xff\xff" + bytes(size),
    "PNM of comments": lambda size: b"P6\n" + b"#\n" * (size // 2),
    "JPEG XL of boxes": lambda size: b"\0\0\0\x0cJXL \r\n\x87\n" + b"\0\0\0\x08free" * (size // 8),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_answered_at_once(name: str) -> None:
    """Each takes some 50 ms; what went through all of such a file took minutes, and its numbers gigabytes."""
    data = HOSTILE[name](8_000_000)
    tracemalloc.start()
    with contextlib.suppress(SourceError):
        read_source("hostile", data)
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak_bytes < 50_000_000
