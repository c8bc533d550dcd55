import struct

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms

from core.formats.jpeg import read_jpeg
from core.header import HeaderError
from tests.core.encoded import by_opencv, by_pillow, exif, picture, rgb

SOI, EOI = b"\xff\xd8", b"\xff\xd9"


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def frame(factors: list[int], *, marker: int = 0xC0, precision: int = 8, identifiers: bytes = b"\1\2\3\4") -> bytes:
    """A frame header of 17 x 9 pixels with a component for each of `factors`, such as 0x21 for 2x1."""
    components = b"".join(bytes([identifiers[i], hv, 0]) for i, hv in enumerate(factors))
    return segment(marker, struct.pack(">BHHB", precision, 9, 17, len(factors)) + components)


def test_a_usual_file() -> None:
    header = read_jpeg(by_pillow(picture(), "JPEG", quality=90))
    assert (header.format, header.media_type, header.size_wh) == ("JPEG", "image/jpeg", (67, 45))
    assert (header.color, header.bit_depth, header.subsampling, header.quality_estimate) == ("YCbCr", 8, "4:2:0", 90)
    assert (header.orientation, header.icc_profile, header.alpha, header.frames) == (1, None, False, 1)
    assert (header.progressive, header.lossless, header.truncated) == (False, False, False)


@pytest.mark.parametrize(
    ("constant", "name"),
    [("444", "4:4:4"), ("422", "4:2:2"), ("420", "4:2:0"), ("440", "4:4:0"), ("411", "4:1:1")],
)
def test_the_subsamplings_that_opencv_writes(constant: str, name: str) -> None:
    factors = getattr(cv2, f"IMWRITE_JPEG_SAMPLING_FACTOR_{constant}")
    assert read_jpeg(by_opencv(".jpg", rgb(), cv2.IMWRITE_JPEG_SAMPLING_FACTOR, factors)).subsampling == name


@pytest.mark.parametrize(
    ("factors", "name"),
    [
        ([0x22, 0x22, 0x22], "4:4:4"),
        ([0x22, 0x12, 0x12], "4:2:2"),
        ([0x42, 0x11, 0x11], "4:1:0"),
        ([0x22, 0x21, 0x11], "2x2, 2x1, 1x1"),
        ([0x31, 0x11, 0x11], "3x1, 1x1, 1x1"),
    ],
)
def test_other_sampling_factors_are_reduced_or_spelled_out(factors: list[int], name: str) -> None:
    assert read_jpeg(SOI + frame(factors)).subsampling == name


def test_colours_follow_libjpegs_rules() -> None:
    jfif, adobe = segment(0xE0, b"JFIF\0\1\2"), [segment(0xEE, b"Adobe\0\x64\0\0\0\0" + bytes([t])) for t in range(3)]
    three, four = [0x11] * 3, [0x11] * 4
    files = {
        SOI + frame([0x11]): "grey",
        SOI + frame([0x11] * 2): "unknown",
        SOI + frame(three): "YCbCr",
        SOI + adobe[0] + frame(three): "RGB",
        SOI + adobe[1] + frame(three): "YCbCr",
        SOI + jfif + adobe[0] + frame(three): "YCbCr",
        SOI + frame(three, identifiers=b"RGB"): "RGB",
        SOI + frame(four): "CMYK",
        SOI + adobe[0] + frame(four): "CMYK",
        SOI + adobe[2] + frame(four): "YCCK",
    }
    assert {data: read_jpeg(data).color for data in files} == files


def test_files_of_pillow_in_every_colour() -> None:
    grey, cmyk = (read_jpeg(by_pillow(picture(mode), "JPEG")) for mode in ("L", "CMYK"))
    plain_rgb = read_jpeg(by_pillow(picture(), "JPEG", keep_rgb=True))
    assert [header.color for header in (grey, cmyk, plain_rgb)] == ["grey", "CMYK", "RGB"]
    assert [header.subsampling for header in (grey, cmyk, plain_rgb)] == [None, None, None]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation(orientation: int) -> None:
    header = read_jpeg(by_pillow(picture(), "JPEG", exif=exif(orientation)))
    assert header.orientation == orientation
    assert header.oriented_size_wh == ((67, 45) if orientation < 5 else (45, 67))


def test_progressive_and_precision() -> None:
    assert read_jpeg(by_pillow(picture(), "JPEG", progressive=True)).progressive
    assert read_jpeg(SOI + frame([0x11], marker=0xC1, precision=12)).bit_depth == 12
    assert read_jpeg(SOI + frame([0x11], marker=0xC3)).lossless


def test_a_profile_in_many_segments_is_put_together() -> None:
    named = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    padded = named + bytes(200_000)
    header = read_jpeg(by_pillow(picture(), "JPEG", icc_profile=padded))
    assert header.icc_profile == "sRGB built-in"


def test_bytes_between_the_segments_are_skipped() -> None:
    data = by_pillow(picture(), "JPEG", quality=60)
    assert read_jpeg(SOI + b"\0junk\xff\0\xff\xff" + data[2:]) == read_jpeg(data)


def test_a_file_is_truncated_when_its_end_marker_is_missing() -> None:
    data = by_pillow(picture(), "JPEG")
    whole, cut = read_jpeg(data), read_jpeg(data[: len(data) * 3 // 4])
    assert (whole.truncated, cut.truncated) == (False, True)
    assert cut.size_wh == whole.size_wh
    assert not read_jpeg(data + b"bytes after the end").truncated


def test_the_end_of_a_thumbnail_is_not_the_end_of_the_picture() -> None:
    thumbnail = by_pillow(picture().resize((8, 8)), "JPEG")
    data = by_pillow(picture(), "JPEG", comment=thumbnail)
    assert read_jpeg(data[: len(data) * 3 // 4]).truncated


def test_a_height_that_only_the_scan_tells_is_zero() -> None:
    data = SOI + segment(0xC0, struct.pack(">BHHB", 8, 0, 17, 1) + b"\1\x11\0")
    assert read_jpeg(data).size_wh == (17, 0)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (SOI + b"\xff\xe0\0\x10JFIF\0", "no frame header"),
        (SOI + EOI, "no frame header"),
        (SOI + frame([0x11] * 3)[:-2], "cut short"),
        (SOI + frame([0x10]), "impossible components"),
        (SOI + frame([]), "impossible components"),
    ],
)
def test_a_broken_frame_header_is_named(data: bytes, words: str) -> None:
    with pytest.raises(HeaderError, match=words):
        read_jpeg(data)


def test_a_file_of_empty_segments_ends_early() -> None:
    with pytest.raises(HeaderError):
        read_jpeg(SOI + b"\xff\xfe\0\2" * 1_000_000)


@pytest.mark.parametrize("side_px", [65_500, 40_000])
def test_a_huge_picture_takes_no_memory(side_px: int) -> None:
    data = SOI + segment(0xC0, struct.pack(">BHHB", 8, side_px, side_px, 1) + b"\1\x11\0")
    assert read_jpeg(data).size_wh == (side_px, side_px)


def test_pillow_agrees_on_what_it_knows() -> None:
    data = by_pillow(Image.fromarray(np.zeros((5, 300, 3), np.uint8)), "JPEG", subsampling=1, progressive=True)
    header = read_jpeg(data)
    assert (header.size_wh, header.subsampling, header.progressive) == ((300, 5), "4:2:2", True)
