"""The size in the stream against the one in the boxes, of files by two writers."""

import struct

import pytest

from core.formats.av1 import stream_size_wh
from core.formats.isobmff import read_avif
from tests.core.encoded import animation, by_opencv, by_pillow, picture, rgb


def with_boxes_of(data: bytes, width: int, height: int) -> bytes:
    """`data` with another size in its boxes, the stream as it is."""
    return data.replace(struct.pack(">II", 67, 45), struct.pack(">II", width, height))


@pytest.mark.parametrize(
    "data",
    [
        by_pillow(picture(), "AVIF"),
        by_pillow(picture("RGBA"), "AVIF"),
        by_pillow(picture("L"), "AVIF"),
        by_opencv(".avif", rgb()),
        animation("AVIF"),
    ],
    ids=["RGB", "RGBA", "L", "OpenCV", "sequence"],
)
def test_the_stream_counts_whatever_the_boxes_say(data: bytes) -> None:
    assert read_avif(data).largest_wh == (67, 45)
    assert read_avif(with_boxes_of(data, 9, 8)).size_wh == (9, 8)
    assert read_avif(with_boxes_of(data, 9, 8)).largest_wh == (67, 45)
    assert read_avif(with_boxes_of(data, 9000, 8)).largest_wh == (9000, 45)


def bits(text: str) -> bytes:
    digits = text.replace(" ", "")
    return int(digits.ljust(-(-len(digits) // 8) * 8, "0"), 2).to_bytes(-(-len(digits) // 8))


def unit(payload: bytes) -> bytes:
    return bytes([1 << 3 | 2, len(payload)]) + payload


@pytest.mark.parametrize(
    ("payload", "size_wh"),
    [
        (bits("000 1 1 00000 1111 1111" + f"{40_000 - 1:016b}" + f"{3 - 1:016b}"), (40_000, 3)),
        # No timing, no delays, one operating point of level 8 with its tier.
        (bits("000 0 0 0 0 00000" + "0" * 12 + "01000 0 0011 0010" + "0110" + "101"), (7, 6)),
        # With timing (its interval in seven bits), a model of the decoder and its delays of three bits.
        (
            bits(
                "000 0 0 1" + "0" * 64 + "1 0001 111 1 00010" + "0" * 42 + "1 00000" + "0" * 12
                + "00000 1 0000000 1 0000 0011 0010 0110 101"
            ),
            (7, 6),
        ),
    ],
)  # fmt: skip
def test_sequence_headers(payload: bytes, size_wh: tuple[int, int]) -> None:
    assert stream_size_wh(unit(payload)) == size_wh
    assert stream_size_wh(b"\x12\0" + unit(payload)) == size_wh


@pytest.mark.parametrize("data", [b"", b"\n", b"Exif\0\0MM", b"<x:xmpmeta", b"\x12\0" * 50, b"\x8a\5abcde"])
def test_what_is_no_stream_has_no_size(data: bytes) -> None:
    assert stream_size_wh(data) == (0, 0)
