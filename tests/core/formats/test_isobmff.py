import struct

import pytest
from PIL import ImageCms

from core.formats.isobmff import read_avif, read_heic
from core.header import HeaderError
from tests.core.encoded import animation, by_pillow, exif, picture


@pytest.mark.parametrize(
    ("mode", "color", "alpha"), [("RGB", "YCbCr", False), ("RGBA", "YCbCr", True), ("L", "grey", False)]
)
def test_still_pictures(mode: str, color: str, alpha: bool) -> None:
    header = read_avif(by_pillow(picture(mode), "AVIF"))
    assert (header.format, header.media_type, header.size_wh) == ("AVIF", "image/avif", (67, 45))
    assert (header.color, header.bit_depth, header.alpha, header.frames) == (color, 8, alpha, 1)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_turns_and_mirrors_are_an_orientation(orientation: int) -> None:
    assert read_avif(by_pillow(picture(), "AVIF", exif=exif(orientation))).orientation == orientation


def test_frames_of_a_sequence() -> None:
    header = read_avif(animation("AVIF", count=3))
    assert (header.frames, header.animated) == (3, True)


def test_the_profile() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert read_avif(by_pillow(picture(), "AVIF", icc_profile=profile)).icc_profile == "sRGB built-in"


def test_a_cut_file_has_a_header_as_long_as_the_properties_are_whole() -> None:
    data = by_pillow(picture(), "AVIF")
    assert read_avif(data[: len(data) // 2]) == read_avif(data)
    with pytest.raises(HeaderError, match="before its picture is described"):
        read_avif(data[:40])


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body) + 8, kind) + body


def heic(*sizes_wh: tuple[int, int]) -> bytes:
    """No libraries here write HEIC: the boxes of one whose items have these sizes."""
    properties = b"".join(box(b"ispe", struct.pack(">III", 0, *size_wh)) for size_wh in sizes_wh)
    meta = box(b"meta", bytes(4) + box(b"iprp", box(b"ipco", properties)))
    return box(b"ftyp", b"heic\0\0\0\0mif1heic") + meta


def test_the_largest_item_is_the_picture_beside_tiles_and_thumbnails() -> None:
    header = read_heic(heic((512, 512), (4032, 3024), (320, 240)))
    assert (header.format, header.media_type, header.size_wh) == ("HEIC", "image/heic", (4032, 3024))


def test_a_heic_without_properties_is_broken() -> None:
    with pytest.raises(HeaderError, match="HEIC"):
        read_heic(heic())
