import pytest

from core.formats.webp import read_webp
from core.header import HeaderError
from tests.core.encoded import animation, by_pillow, exif, picture


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
@pytest.mark.parametrize("is_lossless", [False, True])
def test_still_pictures(mode: str, is_lossless: bool) -> None:
    header = read_webp(by_pillow(picture(mode), "WEBP", lossless=is_lossless))
    assert (header.format, header.media_type, header.size_wh) == ("WebP", "image/webp", (67, 45))
    assert (header.color, header.lossless) == (("RGB", True) if is_lossless else ("YCbCr", False))
    assert (header.bit_depth, header.alpha, header.frames) == (8, mode == "RGBA", 1)
    assert (header.animated, header.truncated, header.subsampling) == (False, False, None)


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_animations(mode: str) -> None:
    header = read_webp(animation("WEBP", count=3, mode=mode))
    assert (header.size_wh, header.frames, header.animated, header.alpha) == ((67, 45), 3, True, mode == "RGBA")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation(orientation: int) -> None:
    assert read_webp(by_pillow(picture(), "WEBP", exif=exif(orientation))).orientation == orientation


@pytest.mark.parametrize("is_lossless", [False, True])
def test_a_cut_file_has_a_header_as_long_as_the_pictures_own_is_whole(is_lossless: bool) -> None:
    data = by_pillow(picture(), "WEBP", lossless=is_lossless)
    header = read_webp(data[:40])
    assert (header.size_wh, header.truncated) == ((67, 45), True)
    with pytest.raises(HeaderError, match="before its picture"):
        read_webp(data[:20])


def test_a_cut_extended_header_is_named() -> None:
    data = by_pillow(picture("RGBA"), "WEBP")
    assert data[12:16] == b"VP8X"
    with pytest.raises(HeaderError, match="before its picture"):
        read_webp(data[:24])
