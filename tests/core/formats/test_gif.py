import struct

import pytest

from core.formats.gif import read_gif
from core.header import HeaderError
from tests.core.encoded import animation, by_pillow, picture


def test_a_still_picture() -> None:
    header = read_gif(by_pillow(picture("P"), "GIF"))
    assert (header.format, header.media_type, header.size_wh) == ("GIF", "image/gif", (67, 45))
    assert (header.color, header.bit_depth, header.alpha) == ("palette", 4, False)
    assert (header.frames, header.animated, header.lossless, header.truncated) == (1, False, True, False)


@pytest.mark.parametrize("count", [2, 3, 7])
def test_frames_are_counted(count: int) -> None:
    header = read_gif(animation("GIF", count=count))
    assert (header.frames, header.animated, header.truncated) == (count, True, False)


def test_transparency_of_the_first_frame() -> None:
    assert read_gif(by_pillow(picture("P"), "GIF", transparency=3)).alpha


def test_a_cut_file_has_a_header_as_long_as_the_screen_is_whole() -> None:
    data = by_pillow(picture("P"), "GIF")
    assert read_gif(data[: len(data) // 2]).truncated
    assert read_gif(data[:13]).size_wh == (67, 45)
    with pytest.raises(HeaderError, match="inside its header"):
        read_gif(data[:12])


def test_a_huge_screen_takes_no_memory() -> None:
    assert read_gif(b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_000, 0, 0, 0)).size_wh == (65_535, 65_000)
