import struct

import pytest

from core.formats.exif import orientation


def directory(order: str, tag: int, kind: int, value: int) -> bytes:
    """A TIFF header and a directory of one entry."""
    mark = {"<": b"II*\0", ">": b"MM\0*"}[order]
    return mark + struct.pack(order + "IHHHIHH", 8, 1, tag, kind, 1, value, 0)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("prefix", [b"", b"Exif\0\0"])
def test_both_byte_orders_with_and_without_the_prefix(order: str, prefix: bytes) -> None:
    assert orientation(prefix + directory(order, 0x0112, 3, 6)) == 6


@pytest.mark.parametrize("value", [0, 9, 65_535])
def test_impossible_values_are_as_good_as_none(value: int) -> None:
    assert orientation(directory("<", 0x0112, 3, value)) == 1


def test_other_tags_and_types_are_not_it() -> None:
    assert orientation(directory("<", 0x0113, 3, 6)) == 1
    assert orientation(directory("<", 0x0112, 2, 6)) == 1


@pytest.mark.parametrize("block", [b"", b"Exif\0\0", b"II*\0", b"II*\0\xff\xff\xff\x7f", b"neither order"])
def test_a_damaged_block_says_nothing(block: bytes) -> None:
    assert orientation(block) == 1


def test_an_entry_that_is_cut_off_says_nothing() -> None:
    assert orientation(directory("<", 0x0112, 3, 6)[:-6]) == 1
