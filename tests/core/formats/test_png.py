import struct
import zlib

import numpy as np
import pytest
from PIL import ImageCms

from core.formats.png import read_png
from core.header import HeaderError
from tests.core.encoded import animation, by_opencv, by_pillow, exif, picture, rgb

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def image_header(width: int = 3, height: int = 2, bit_depth: int = 8, color_type: int = 2) -> bytes:
    return SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bit_depth, color_type, 0, 0, 0))


@pytest.mark.parametrize(
    ("mode", "color", "bit_depth", "alpha"),
    [
        ("RGB", "RGB", 8, False),
        ("RGBA", "RGB", 8, True),
        ("L", "grey", 8, False),
        ("LA", "grey", 8, True),
        ("1", "grey", 1, False),
        ("P", "palette", 4, False),
        ("I;16", "grey", 16, False),
    ],
)
def test_colours_depths_and_alpha(mode: str, color: str, bit_depth: int, alpha: bool) -> None:
    header = read_png(by_pillow(picture(mode), "PNG"))
    assert (header.format, header.media_type, header.size_wh) == ("PNG", "image/png", (67, 45))
    assert (header.color, header.bit_depth, header.alpha) == (color, bit_depth, alpha)
    assert (header.lossless, header.truncated, header.subsampling, header.quality_estimate) == (True, False, None, None)


def test_sixteen_bit_colour_which_pillow_calls_rgb() -> None:
    assert read_png(by_opencv(".png", rgb().astype(np.uint16) * 257)).bit_depth == 16


@pytest.mark.parametrize("mode", ["P", "RGB", "L"])
def test_one_transparent_colour_is_alpha(mode: str) -> None:
    transparency = (1, 2, 3) if mode == "RGB" else 3
    assert read_png(by_pillow(picture(mode), "PNG", transparency=transparency)).alpha


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_before_and_after_the_pixels(orientation: int) -> None:
    early = by_pillow(picture(), "PNG", exif=exif(orientation))
    block = exif(orientation).tobytes().removeprefix(b"Exif\0\0")
    plain = by_pillow(picture(), "PNG")
    end = plain.index(b"IEND") - 4
    late = plain[:end] + chunk(b"eXIf", block) + plain[end:]
    assert (read_png(early).orientation, read_png(late).orientation) == (orientation, orientation)


def test_frames_of_an_animation() -> None:
    header = read_png(animation("PNG", count=4))
    assert (header.frames, header.animated) == (4, True)


def test_the_profile_has_its_own_description_not_the_chunks() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert read_png(by_pillow(picture(), "PNG", icc_profile=profile)).icc_profile == "sRGB built-in"


@pytest.mark.parametrize("body", [b"name\0\0not deflated", b"name\0\0" + zlib.compress(b"no profile")])
def test_a_damaged_profile_is_called_unreadable(body: bytes) -> None:
    assert read_png(image_header() + chunk(b"iCCP", body)).icc_profile == "unreadable"


def test_a_profile_is_not_inflated_without_end() -> None:
    bomb = zlib.compress(bytes(200 * 2**20))
    assert read_png(image_header() + chunk(b"iCCP", b"name\0\0" + bomb)).icc_profile == "unreadable"


def test_a_cut_file_has_a_header_as_long_as_ihdr_is_whole() -> None:
    data = by_pillow(picture(), "PNG")
    assert read_png(data[:40]).truncated
    with pytest.raises(HeaderError, match="IHDR"):
        read_png(data[:30])


def test_an_impossible_colour_type_is_refused() -> None:
    with pytest.raises(HeaderError, match="IHDR"):
        read_png(image_header(color_type=5))


def test_a_huge_picture_takes_no_memory() -> None:
    assert read_png(image_header(width=65_000, height=2**31 - 1)).size_wh == (65_000, 2**31 - 1)
