import struct

import cv2
import numpy as np
import pytest

from core.formats.bmp import read_bmp
from core.header import HeaderError
from tests.core.encoded import by_opencv, by_pillow, picture, rgb
from tests.core.formats.as_pillow import assert_as_pillow_has_it


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
