"""Files that are small and would become large: each has to be refused by what its header says."""

import struct
import zlib
from collections.abc import Callable

from tests.core.encoded import animation, by_opencv, by_pillow, picture, rgb

SIDE = 65_500
LARGE = 14_000  # within every limit: the bytes are too few for it
FRAMES = 5_000


def _with_number(data: bytes, after: bytes, skip: int, number: bytes) -> bytes:
    """`data` with `number` written so many bytes after the first `after`."""
    at = data.index(after) + len(after) + skip
    return data[:at] + number + data[at + len(number) :]


def _jpeg(width: int, height: int) -> bytes:
    return _with_number(by_pillow(picture(), "JPEG"), b"\xff\xc0", 3, struct.pack(">HH", height, width))


def _progressive_jpeg() -> bytes:
    """Every scan goes over 130 million pixels again."""
    data = by_pillow(picture(), "JPEG", progressive=True)
    data = _with_number(data, b"\xff\xc2", 3, struct.pack(">HH", 10_000, 13_000))
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * 3_000 + b"\xff\xd9"


def _png(width: int, height: int, rows: int = 0) -> bytes:
    """Of the rows that the header promises, so many are there: zeros, a thousand in a byte."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    deflate = zlib.compressobj(9)
    packed = b"".join(deflate.compress(bytes(3 * width + 1)) for _ in range(rows)) + deflate.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def _profile_bomb() -> bytes:
    data = _png(5, 5, 5)
    body = b"a\0\0" + zlib.compress(bytes(30_000_000), 1)
    chunk = struct.pack(">I", len(body)) + b"iCCP" + body + struct.pack(">I", zlib.crc32(b"iCCP" + body))
    return data[:33] + chunk + data[33:]


def _apng() -> bytes:
    data = animation("PNG")
    return _with_number(data, b"acTL", 0, struct.pack(">I", 2**31 - 1))


def _gif(width: int, height: int, frames: int) -> bytes:
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\2\2\x4c\1\0"
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6) + frame * frames + b"\x3b"


def _webp() -> bytes:
    """The canvas of an animation has 24 bits for each side."""
    return _with_number(animation("WEBP", mode="RGBA"), b"VP8X", 8, b"\xff\xff\xff\xff\xff\xff")


def _tiff(width: int, height: int) -> bytes:
    data = by_pillow(picture(), "TIFF")
    entry = struct.pack("<HHI", 256, 4, 1)
    data = _with_number(data, entry, 0, struct.pack("<I", width)) if entry in data else data
    entry = struct.pack("<HHI", 257, 4, 1)
    return _with_number(data, entry, 0, struct.pack("<I", height)) if entry in data else data


def _tiff_of_pages() -> bytes:
    """Directories of two tags, each of which leads to the next."""
    sides = struct.pack("<HHHIIHHII", 2, 256, 4, 1, 50, 257, 4, 1, 50)
    page_bytes = len(sides) + 4
    following = [8 + page_bytes * (index + 1) for index in range(FRAMES - 1)]
    return b"II*\0\x08\0\0\0" + b"".join(sides + struct.pack("<I", start) for start in (*following, 0))


def _tiff_of_claims() -> bytes:
    """Two thousand tags, each of whose values is the same megabyte."""
    tags = b"".join(struct.pack("<HHII", 1_000 + tag, 7, 2**20, 8) for tag in range(2_000))
    sides = struct.pack("<HHIIHHII", 256, 4, 1, 5, 257, 4, 1, 5)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", 2_002) + sides + tags + bytes(4 + 2**20)


def _avif() -> bytes:
    return _with_number(by_pillow(picture(), "AVIF"), b"ispe", 4, struct.pack(">II", SIDE, SIDE))


def _jpeg_2000() -> bytes:
    return _with_number(by_pillow(picture(), "JPEG2000"), b"\xff\x51", 4, struct.pack(">II", SIDE, SIDE))


def _qoi() -> bytes:
    return _with_number(by_pillow(picture(), "QOI"), b"qoif", 0, struct.pack(">II", LARGE, LARGE))


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "JPEG of 65,500 x 65,500": (lambda: _jpeg(SIDE, SIDE), "a width of 65,500 pixels"),
    "JPEG of 65,500 x 1": (lambda: _jpeg(SIDE, 1), "a width of 65,500 pixels"),
    "JPEG of no height": (lambda: _jpeg(100, 0), "no width or no height"),
    "JPEG that lies": (lambda: _jpeg(LARGE, LARGE), "bytes cannot hold"),
    "JPEG of 3,000 scans": (_progressive_jpeg, "3,009 scans, the limit is 100"),
    "PNG of 4 gigapixels, deflated": (lambda: _png(SIDE, SIDE, 300), "a width of 65,500 pixels"),
    "PNG of 400 megapixels": (lambda: _png(20_000, 20_000, 30), "400.0 megapixels"),
    "PNG of no width": (lambda: _png(0, 5), "no width or no height"),
    "PNG that lies": (lambda: _png(LARGE, LARGE), "bytes cannot hold"),
    "PNG of two thousand million frames": (_apng, "2,147,483,647 frames"),
    "GIF of 65,500 x 65,500": (lambda: _gif(SIDE, SIDE, 1), "a width of 65,500 pixels"),
    "GIF of 5,000 frames": (lambda: _gif(100, 100, FRAMES), "5,000 frames, the limit is 1,000"),
    "GIF of 900 large frames": (lambda: _gif(10_000, 10_000, 900), "90,000.0 megapixels in 900 frames"),
    "WebP of 16 million x 16 million": (_webp, "a width of 16,777,216 pixels"),
    "TIFF of 65,500 x 65,500": (lambda: _tiff(SIDE, SIDE), "a width of 65,500 pixels"),
    "TIFF of 5,000 pages": (_tiff_of_pages, "2,500 frames, the limit is 1,000"),
    "TIFF whose tags claim 2 GB": (_tiff_of_claims, "claim more than the whole file"),
    "BMP of 65,500 x 65,500": (
        lambda: _with_number(by_opencv(".bmp", rgb()), b"BM", 16, struct.pack("<ii", SIDE, SIDE)),
        "a width of 65,500 pixels",
    ),
    "BMP that lies": (
        lambda: _with_number(by_opencv(".bmp", rgb()), b"BM", 16, struct.pack("<ii", LARGE, LARGE)),
        "bytes cannot hold",
    ),
    "AVIF of 65,500 x 65,500": (_avif, "a width of 65,500 pixels"),
    "JPEG 2000 of 1.4 million tiles": (_jpeg_2000, "1423968 tiles"),
    "JPEG XL of 1,073,741,824 x 1,073,741,824": (
        lambda: b"\xff\x0a" + b"\xfe\xff\xff\xff\xe3\xff\xff\xff\xff" + bytes(9),
        "pixels, the limit is",
    ),
    "PNM that lies": (lambda: b"P6\n%d %d\n255\n" % (LARGE, LARGE), "bytes cannot hold"),
    "QOI that lies": (
        lambda: _with_number(by_pillow(picture(), "QOI"), b"qoif", 0, struct.pack(">II", LARGE, LARGE)),
        "bytes cannot hold",
    ),
}
"""Each with the words of its refusal."""

HARMLESS: dict[str, Callable[[], bytes]] = {"PNG with a profile of 30 MB": _profile_bomb}
"""What is read all the same, without what is bad in it."""
