import pytest

from core.formats.qoi import read_qoi
from core.header import HeaderError
from tests.core.encoded import by_pillow, picture
from tests.core.formats.as_pillow import assert_as_pillow_has_it


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_qoi(mode: str) -> None:
    data = by_pillow(picture(mode), "QOI")
    assert_as_pillow_has_it(read_qoi(data), data)


@pytest.mark.parametrize("data", [b"qoif\0\0\0\1", b"qoif" + bytes(8) + b"\5\0"])
def test_a_broken_qoi_is_named(data: bytes) -> None:
    with pytest.raises(HeaderError, match="the QOI"):
        read_qoi(data)
