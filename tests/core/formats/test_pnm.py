import pytest

from core.formats.pnm import read_pnm
from core.header import HeaderError
from tests.core.encoded import by_pillow, picture
from tests.core.formats.as_pillow import assert_as_pillow_has_it


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
