"""Directories that claim more than there is: Pillow copies the values of every tag, however often they are claimed."""

import struct

import pytest

from core.formats.directory import check_exif, pages
from core.formats.tiff import read_tiff
from core.header import HeaderError
from tests.core.encoded import by_pillow, exif, picture

LONG, UNDEFINED = 4, 7
SIZE = ((256, LONG, 1, 67), (257, LONG, 1, 45))


def tiff(*entries: tuple[int, int, int, int], next_start: int = 0, rest: bytes = b"") -> bytes:
    """A file of one directory whose values stand in the entries or are those of `rest`."""
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + body + struct.pack("<I", next_start) + rest


def big_tiff(*entries: tuple[int, int, int, int]) -> bytes:
    body = b"".join(struct.pack("<HHQQ", *entry) for entry in entries)
    return b"II+\0\x08\0\0\0" + struct.pack("<QQ", 16, len(entries)) + body + bytes(8)


def test_numbers_of_both_kinds_of_file() -> None:
    for data in (tiff(*SIZE), big_tiff(*SIZE)):
        (page,) = pages(data, 5)
        assert (page.numbers(256), page.numbers(257), page.numbers(1)) == ((67,), (45,), ())


def test_a_directory_that_claims_the_same_bytes_for_many_tags_is_refused() -> None:
    megabyte = bytes(2**20)
    claims = [(30_000 + tag, UNDEFINED, 2**20, 8) for tag in range(100)]
    with pytest.raises(HeaderError, match="claim more than the whole file has"):
        read_tiff(tiff(*SIZE, *claims, rest=megabyte))
    assert read_tiff(tiff(*SIZE, claims[0], rest=megabyte)).size_wh == (67, 45)


def test_directories_that_overlap_are_refused() -> None:
    """Each begins two bytes after the one before, and has as many entries as the file has room for."""
    data = b"II*\0\x08\0\0\0" + struct.pack("<H", 5_000) * 50_000
    with pytest.raises(HeaderError):
        list(pages(data, 10_000))


def test_a_size_that_is_said_twice_is_refused() -> None:
    with pytest.raises(HeaderError, match="says its size twice"):
        read_tiff(tiff(*SIZE, (256, LONG, 1, 60_000)))


def test_tiles_and_later_pages_count() -> None:
    tiled = read_tiff(tiff(*SIZE, (322, LONG, 1, 60_000), (323, LONG, 1, 16)))
    assert tiled.largest_wh == (60_000, 45)
    second = tiff((256, LONG, 1, 5), (257, LONG, 1, 70_000), (277, LONG, 1, 9))[8:]
    start = len(tiff(*SIZE))
    paged = read_tiff(tiff(*SIZE, next_start=start, rest=second))
    assert (paged.size_wh, paged.largest_wh, paged.frames, paged.samples) == ((67, 45), (67, 70_000), 2, 9)


@pytest.mark.parametrize("tags", [SIZE[:1], (), ((256, LONG, 1, 0), SIZE[1]), ((256, 2, 1, 7), SIZE[1])])
def test_a_file_without_a_size_is_named(tags: tuple[tuple[int, int, int, int], ...]) -> None:
    with pytest.raises(HeaderError, match=r"does not say its size|missing or cut short"):
        read_tiff(tiff(*tags))


def test_exif_may_be_damaged_but_not_claim_too_much() -> None:
    for harmless in (
        b"",
        b"junk",
        exif(6).tobytes()[6:],
        exif(6).tobytes()[6:-9],
        tiff((0x8769, LONG, 1, 8)),
        tiff((0x8769, LONG, 9, 99)),
    ):
        check_exif(harmless)
    claims = [(tag, UNDEFINED, 150_000, 8) for tag in range(9)]
    nested = b"II*\0\x08\0\0\0" + tiff((0x8769, LONG, 1, 26))[8:] + tiff(*claims, rest=bytes(150_000))[8:]
    with pytest.raises(HeaderError, match="claim more"):
        check_exif(nested)


def test_tiffs_of_pillow_are_read() -> None:
    assert read_tiff(by_pillow(picture(), "TIFF", big_tiff=True)).size_wh == (67, 45)
