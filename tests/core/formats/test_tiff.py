import struct
import warnings

import cv2
import numpy as np
import pytest
from PIL import ImageCms

from core.formats.tiff import read_tiff
from core.header import HeaderError
from tests.core.encoded import by_opencv, by_pillow, picture, rgb


@pytest.mark.parametrize(
    ("mode", "color", "bit_depth", "alpha"),
    [
        ("RGB", "RGB", 8, False),
        ("L", "grey", 8, False),
        ("LA", "grey", 8, True),
        ("1", "grey", 1, False),
        ("P", "palette", 8, False),
        ("RGBA", "RGB", 8, True),
        ("CMYK", "CMYK", 8, False),
        ("YCbCr", "YCbCr", 8, False),
        ("I;16", "grey", 16, False),
        ("F", "grey", 32, False),
    ],
)
def test_colours_depths_and_alpha(mode: str, color: str, bit_depth: int, alpha: bool) -> None:
    header = read_tiff(by_pillow(picture(mode), "TIFF"))
    assert (header.format, header.media_type, header.size_wh) == ("TIFF", "image/tiff", (67, 45))
    assert (header.color, header.bit_depth, header.alpha) == (color, bit_depth, alpha)


@pytest.mark.parametrize(("dtype", "bit_depth"), [(np.uint8, 8), (np.uint16, 16), (np.float32, 32)])
def test_files_of_opencv_among_them_some_that_pillow_refuses(dtype: type, bit_depth: int) -> None:
    header = read_tiff(by_opencv(".tiff", rgb().astype(dtype)))
    assert (header.size_wh, header.color, header.bit_depth) == ((67, 45), "RGB", bit_depth)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_size_is_the_stored_one(orientation: int) -> None:
    header = read_tiff(by_pillow(picture(), "TIFF", tiffinfo={0x0112: orientation}))
    assert (header.size_wh, header.orientation) == ((67, 45), orientation)


@pytest.mark.parametrize("options", [{}, {"compression": "tiff_lzw"}, {"big_tiff": True}])
def test_pages_are_counted(options: dict[str, object]) -> None:
    data = by_pillow(picture(), "TIFF", save_all=True, append_images=[picture("L")] * 2, **options)
    header = read_tiff(data)
    assert (header.size_wh, header.color, header.frames) == ((67, 45), "RGB", 3)


def test_a_directory_that_names_itself_as_the_next_is_one_page() -> None:
    data = bytearray(by_opencv(".tiff", rgb(), cv2.IMWRITE_TIFF_COMPRESSION, 1))
    (start,) = struct.unpack_from("<I", data, 4)
    (count,) = struct.unpack_from("<H", data, start)
    struct.pack_into("<I", data, start + 2 + 12 * count, start)
    assert read_tiff(bytes(data)).frames == 1


def test_the_profile() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert read_tiff(by_pillow(picture(), "TIFF", icc_profile=profile)).icc_profile == "sRGB built-in"


def test_warnings_stay_inside_and_their_filters_as_they_were() -> None:
    filters = list(warnings.filters)
    data = bytearray(by_pillow(picture(), "TIFF", tiffinfo={270: "description" * 9}))
    entry = data.index(struct.pack("<HH", 270, 2))
    data[entry + 4 : entry + 8] = b"\xff\xff\xff\0"
    assert read_tiff(bytes(data)).size_wh == (67, 45)
    assert list(warnings.filters) == filters


@pytest.mark.parametrize("data", [b"II*\0", b"II*\0\xff\xff\0\0", b"II+\0\x08\0\0\0", b"II*\0\x08\0\0\0\0\0"])
def test_a_missing_directory_is_named(data: bytes) -> None:
    with pytest.raises(HeaderError, match=r"missing or cut short|no order of bytes"):
        read_tiff(data)
