import struct
from typing import Any

import numpy as np
import pytest
from PIL import ImageCms

from core.formats.jpeg2000 import read_jpeg_2000
from core.header import HeaderError
from tests.core.encoded import by_opencv, by_pillow, picture, rgb
from tests.core.formats.as_pillow import assert_as_pillow_has_it


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
