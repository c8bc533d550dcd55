import pytest

from core.formats.jpegxl import read_jpeg_xl
from core.header import HeaderError

# The first bytes of files written by libjxl 0.11 (through pillow-jxl-plugin 1.3.8), and their sizes.
FILES = {
    "ff 0a 50 06 58 82 48 08 04 01 00 aa 01 04 2b f9": (301, 203),
    "ff 0a 1a 1c 03 91 08 02 01 00 1c 00 00 00 60 16": (1200, 900),
    "ff 0a 20 81 60 09 88 04 08 02 01 00 e8 0a 00 00": (1201, 37),
    "ff 0a 0f 3e 88 04 08 02 01 00 ae 58 00 2b f9 03": (256, 64),
    "ff 0a fb 40 24 08 04 01 00 16 9a 04 2b f9 03 8c": (320, 240),
}
CONTAINER = (
    "00 00 00 0c 4a 58 4c 20 0d 0a 87 0a 00 00 00 14 66 74 79 70 6a 78 6c 20 00 00 00 00 6a 78 6c 20 "
    "00 00 00 13 6a 78 6c 70 00 00 00 00 ff 0a 50 06 58 82 48 00 00 00 22 45 78 69 66 4d 4d 00 2a 00 00 00 08"
)


@pytest.mark.parametrize("text", FILES)
def test_bare_codestreams(text: str) -> None:
    header = read_jpeg_xl(bytes.fromhex(text))
    assert (header.format, header.media_type, header.size_wh) == ("JPEG XL", "image/jxl", FILES[text])
    assert header.orientation == 1


def test_a_codestream_in_a_container() -> None:
    assert read_jpeg_xl(bytes.fromhex(CONTAINER)).size_wh == (301, 203)


def test_orientation_among_the_extra_fields() -> None:
    """Bits, first at the right: a multiple of 8 (1), 8 high (00000), as wide (001), not default (0), extra (1), 6."""
    bits = 0b101_1_0_001_00000_1
    assert read_jpeg_xl(b"\xff\x0a" + bits.to_bytes(2, "little")).orientation == 6


@pytest.mark.parametrize("text", ["ff 0a", "ff 0a 50", CONTAINER[: 3 * 32], CONTAINER[: 3 * 46]])
def test_what_is_cut_short_is_refused(text: str) -> None:
    with pytest.raises(HeaderError):
        read_jpeg_xl(bytes.fromhex(text))
