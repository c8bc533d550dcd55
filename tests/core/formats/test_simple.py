"""BMP, PNM, QOI and JPEG 2000: headers against the same facts as Pillow has them."""

import struct
from io import BytesIO
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms

from core.formats.bmp import read_bmp
from core.formats.jpeg2000 import read_jpeg_2000
from core.formats.pnm import read_pnm
from core.formats.qoi import read_qoi
from core.header import Header, HeaderError
from tests.core.encoded import by_opencv, by_pillow, picture, rgb

# By Pillow's mode of a file that it opens: colour, alpha.
MODES = {"1": ("grey", False), "L": ("grey", False), "LA": ("grey", True), "P": ("palette", False)}
MODES |= {"RGB": ("RGB", False), "RGBA": ("RGB", True), "I;16": ("grey", False), "I": ("grey", False)}


def assert_as_pillow_has_it(header: Header, data: bytes) -> None:
    opened = Image.open(BytesIO(data))
    assert header.size_wh == opened.size
    assert (header.color, header.alpha) == MODES[opened.mode]


@pytest.mark.parametrize("mode", ["RGB", "L", "1", "P", "RGBA"])
def test_bmp_of_pillow(mode: str) -> None:
    data = by_pillow(picture(mode), "BMP")
    header = read_bmp(data)
    assert (header.format, header.media_type, header.lossless) == ("BMP", "image/bmp", True)
    assert header.bit_depth == (1 if mode == "1" else 8)
    assert_as_pillow_has_it(header, data)


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_bmp_of_opencv(channels: int) -> None:
    array = np.dstack([rgb(), rgb()[..., :1]])[..., :channels]
    data = by_opencv(".bmp", array[..., 0] if channels == 1 else array, cv2.IMWRITE_BMP_COMPRESSION, 0)
    assert_as_pillow_has_it(read_bmp(data), data)


def bmp(width: int, height: int, header_bytes: int = 40, depth: int = 24) -> bytes:
    return b"BM" + bytes(12) + struct.pack("<IiiHHI", header_bytes, width, height, 1, depth, 0) + bytes(100)


def test_the_sides_of_a_bmp() -> None:
    assert read_bmp(bmp(5, -7)).size_wh == (5, 7)
    core = b"BM" + bytes(12) + struct.pack("<IHHHH", 12, 5, 7, 1, 24)
    assert read_bmp(core).size_wh == (5, 7)
    assert read_bmp(bmp(2**31 - 1, -(2**31))).size_wh == (2**31 - 1, 2**31)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"BM", "ends inside its header"),
        (bmp(5, 7)[:30], "ends inside its header"),
        (bmp(-5, 7), "a width of -5"),
        (bmp(5, 7, header_bytes=36), "information header has 36 bytes"),
        (bmp(5, 7, depth=7), "7 bits a pixel"),
    ],
)
def test_a_broken_bmp_is_named(data: bytes, words: str) -> None:
    with pytest.raises(HeaderError, match=words):
        read_bmp(data)


@pytest.mark.parametrize(
    ("text", "size_wh", "color", "bit_depth"),
    [
        (b"P6\n6 4\n255\n\0", (6, 4), "RGB", 8),
        (b"P5 6\t4 65535\n", (6, 4), "grey", 16),
        (b"P4\n6 4\n\xff", (6, 4), "grey", 1),
        (b"P1\n# made by hand\n 6\r\n4 \n0 1", (6, 4), "grey", 1),
        (b"P3 # a\n# b\n6 # c\n4 # d\n15\n", (6, 4), "RGB", 8),
        (b"P6\n2000000 2000000\n255\n", (2_000_000, 2_000_000), "RGB", 8),
    ],
)
def test_pnm(text: bytes, size_wh: tuple[int, int], color: str, bit_depth: int) -> None:
    header = read_pnm(text)
    assert (header.format, header.size_wh, header.color, header.bit_depth) == ("PNM", size_wh, color, bit_depth)


@pytest.mark.parametrize("mode", ["RGB", "L", "1", "I;16"])
def test_pnm_of_pillow(mode: str) -> None:
    data = by_pillow(picture(mode), "PPM")
    assert_as_pillow_has_it(read_pnm(data), data)


@pytest.mark.parametrize(
    "text", [b"P6\n6", b"P6\n6 4\n", b"P6\n6 4\n0\n", b"P6\n6#a\n 4\n255\n", b"P6\n-6 4\n255\n", b"P6\n6 4\n99999\n"]
)
def test_a_broken_pnm_is_named(text: bytes) -> None:
    with pytest.raises(HeaderError, match=r"numbers are missing|largest value"):
        read_pnm(text)


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_qoi(mode: str) -> None:
    data = by_pillow(picture(mode), "QOI")
    assert_as_pillow_has_it(read_qoi(data), data)


@pytest.mark.parametrize("data", [b"qoif\0\0\0\1", b"qoif" + bytes(8) + b"\5\0"])
def test_a_broken_qoi_is_named(data: bytes) -> None:
    with pytest.raises(HeaderError, match="the QOI"):
        read_qoi(data)


@pytest.mark.parametrize("options", [{}, {"no_jp2": True}, {"tile_size": (16, 16)}])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA"])
def test_jpeg_2000(mode: str, options: dict[str, Any]) -> None:
    data = by_pillow(picture(mode), "JPEG2000", **options)
    header = read_jpeg_2000(data)
    assert (header.format, header.media_type, header.bit_depth) == ("JPEG 2000", "image/jp2", 8)
    assert_as_pillow_has_it(header, data)


def test_sixteen_bits_of_grey() -> None:
    header = read_jpeg_2000(by_opencv(".jp2", rgb()[..., 0].astype(np.uint16) * 257))
    assert (header.color, header.bit_depth) == ("grey", 16)


def test_a_jpeg_2000_with_two_sizes_claims_the_larger() -> None:
    data = bytearray(by_pillow(picture(), "JPEG2000"))
    at = data.index(b"ihdr") + 4
    data[at : at + 8] = struct.pack(">II", 40_000, 50_000)
    header = read_jpeg_2000(bytes(data))
    assert (header.size_wh, header.largest_wh) == ((67, 45), (50_000, 40_000))


def siz(*numbers: int) -> bytes:
    return b"\xff\x4f\xff\x51\0\x2f\0\0" + struct.pack(">8IHB", *numbers)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\0\0\0\x0cjP  \r\n\x87\n", "before its codestream begins"),
        (siz(5, 5, 0, 0, 5, 5, 0, 0, 3, 7)[:20], "cut short"),
        (siz(5, 5, 5, 0, 5, 5, 0, 0, 3, 7), "impossible"),
        (siz(5, 5, 0, 0, 0, 5, 0, 0, 3, 7), "impossible"),
        (siz(5000, 5000, 0, 0, 1, 1, 0, 0, 3, 7), "25000000 tiles"),
    ],
)
def test_a_broken_jpeg_2000_is_named(data: bytes, words: str) -> None:
    with pytest.raises(HeaderError, match=words):
        read_jpeg_2000(data)


def test_the_profile_of_a_jpeg_2000() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = by_pillow(picture(), "JPEG2000")
    body = data.index(b"jp2h") - 4
    colr = struct.pack(">I4sBBB", len(profile) + 11, b"colr", 2, 0, 0) + profile
    length = int.from_bytes(data[body : body + 4])
    longer = data[:body] + (length + len(colr)).to_bytes(4) + data[body + 4 : body + length] + colr
    assert read_jpeg_2000(longer + data[body + length :]).icc_profile == "sRGB built-in"
