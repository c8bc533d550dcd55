import cv2
import numpy as np
import pytest
from PIL import ImageCms

from core.header import HeaderError
from core.operations.header import icc_description, read_with_pillow
from tests.core.encoded import by_opencv, by_pillow, picture, rgb


@pytest.mark.parametrize(
    ("name", "pillow_name", "media_type"),
    [
        ("BMP", "BMP", "image/bmp"),
        ("JPEG 2000", "JPEG2000", "image/jp2"),
        ("PNM", "PPM", "image/x-portable-anymap"),
        ("QOI", "QOI", "image/qoi"),
    ],
)
def test_colour_pictures(name: str, pillow_name: str, media_type: str) -> None:
    header = read_with_pillow(by_pillow(picture(), pillow_name), name)
    assert (header.format, header.media_type, header.size_wh) == (name, media_type, (67, 45))
    assert (header.color, header.bit_depth, header.alpha, header.frames) == ("RGB", 8, False, 1)


def test_sixteen_bits_of_grey() -> None:
    header = read_with_pillow(by_opencv(".jp2", rgb()[..., 0].astype(np.uint16) * 257), "JPEG 2000")
    assert (header.color, header.bit_depth) == ("grey", 16)


@pytest.mark.parametrize("side_px", [65_000, 2_000_000])
def test_a_huge_picture_is_reported_without_warnings(side_px: int) -> None:
    """Pillow's `Image.open` refuses it as a decompression bomb."""
    header = read_with_pillow(b"P6\n%d %d\n255\n" % (side_px, side_px), "PNM")
    assert header.size_wh == (side_px, side_px)


@pytest.mark.parametrize("data", [b"BM", b"BM" + bytes(40)])
def test_a_broken_header_is_named(data: bytes) -> None:
    with pytest.raises(HeaderError, match="the BMP's header cannot be read"):
        read_with_pillow(data, "BMP")


def test_a_bmp_of_opencv() -> None:
    header = read_with_pillow(by_opencv(".bmp", rgb()[..., 0], cv2.IMWRITE_BMP_COMPRESSION, 0), "BMP")
    assert (header.color, header.lossless) == ("grey", True)


def test_descriptions_of_profiles() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert icc_description(profile) == "Lab identity built-in"
    assert icc_description(b"") is None
    assert icc_description(b"no profile") == "unreadable"
    assert icc_description(profile[:100]) == "unreadable"
