"""The directories of tags in a TIFF file, and in EXIF, which is a small one (TIFF 6.0; BigTIFF; CIPA DC-008, 4.5).

Values are read when they are asked for: a directory may claim for each of thousands of tags all the bytes that the file
has, of which image libraries make copies.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ..header import HeaderError

_MAX_TAGS = 60_000  # in all directories together; a page has twenty or so
_SHARED_BYTES = 65_536  # values may overlap a little, as some writers have it
_POINTERS = (0x014A, 0x8769, 0x8825, 0xA005)  # SubIFDs, EXIF, GPS, interoperability
_TYPES = {1: "B", 2: "c", 3: "H", 4: "I", 6: "b", 7: "c", 8: "h", 9: "i", 13: "I", 16: "Q", 17: "q", 18: "Q"}
_TYPE_BYTES = {5: 8, 10: 8, 11: 4, 12: 8, **{kind: struct.calcsize("<" + code) for kind, code in _TYPES.items()}}
_MAX_NUMBERS = 64
_MAX_EXIF_DIRECTORIES = 64
_INLINE_BYTES = 8


@dataclass(frozen=True)
class Layout:
    """How a file writes its directories: the order of bytes, the count of entries, an entry, a place."""

    order: str
    count: struct.Struct
    entry: struct.Struct
    place: struct.Struct


_CLASSIC = {order: Layout(order, *map(struct.Struct, (order + "H", order + "HHII", order + "I"))) for order in "<>"}
_BIG = {order: Layout(order, *map(struct.Struct, (order + "Q", order + "HHQQ", order + "Q"))) for order in "<>"}


class Entry(NamedTuple):
    """One tag: its type, how many values, and where they begin."""

    kind: int
    values: int
    start: int

    @property
    def size_bytes(self) -> int:
        """What the values take; 0 for a type that nobody knows."""
        return self.values * _TYPE_BYTES.get(self.kind, 0)


@dataclass(frozen=True)
class Directory:
    """A page's tags, with those that it has twice; `next_start` is where the next page's begin, 0 after the last."""

    data: bytes = field(repr=False)
    layout: Layout
    entries: Mapping[int, Entry]
    repeated: frozenset[int]
    next_start: int
    is_whole: bool

    def numbers(self, tag: int) -> tuple[int, ...]:
        """The first whole numbers of a tag; none where it is missing or of another type."""
        entry = self.entries.get(tag)
        if entry is None or entry.kind not in _TYPES or _TYPES[entry.kind] == "c":
            return ()
        wanted = struct.Struct(f"{self.layout.order}{min(entry.values, _MAX_NUMBERS)}{_TYPES[entry.kind]}")
        is_there = entry.start + wanted.size <= len(self.data)
        return wanted.unpack_from(self.data, entry.start) if is_there else ()

    def content(self, tag: int, most_bytes: int) -> bytes:
        """The first bytes of a tag's values."""
        entry = self.entries.get(tag)
        return self.data[entry.start : entry.start + min(entry.size_bytes, most_bytes)] if entry else b""


def layout_of(data: bytes) -> tuple[Layout, int]:
    """The layout that a file's first bytes tell, and where its first directory begins. Raises `HeaderError`."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is not None and len(data) >= 8:
        version, offset_bytes = struct.unpack_from(order + "HH", data, 2)
        if version == 42:
            return _CLASSIC[order], struct.unpack_from(order + "I", data, 4)[0]
        if (version, offset_bytes, len(data) >= 16) == (43, 8, True):
            return _BIG[order], struct.unpack_from(order + "Q", data, 8)[0]
    raise HeaderError("its first bytes name no order of bytes")


def pages(data: bytes, most: int) -> Iterator[Directory]:
    """The directory of each page, at most so many; one that names an earlier one as the next is the last.

    Raises `HeaderError` where a directory is missing, cut short, or claims more values than the file has room for.
    """
    layout, start = layout_of(data)
    for directory in _walk(data, layout, start, most, nested=False):
        if not directory.is_whole:
            raise HeaderError("a directory of its tags is missing or cut short")
        yield directory


def check_exif(exif: bytes) -> None:
    """Raises `HeaderError` where directories in a block of EXIF claim more than the block has; other damage may be."""
    try:
        layout, start = layout_of(exif)
    except HeaderError:
        return
    for _ in _walk(exif, layout, start, _MAX_EXIF_DIRECTORIES, nested=True):
        pass


def _walk(data: bytes, layout: Layout, start: int, most: int, *, nested: bool) -> Iterator[Directory]:
    """Each directory once: the next ones and, if `nested`, those that a tag points to. Raises `HeaderError`."""
    waiting, seen, tags = [start], set[int](), 0
    while waiting and len(seen) < most:
        start = waiting.pop()
        if start in seen or not start:
            continue
        seen.add(start)
        directory = _directory(data, layout, start)
        tags += len(directory.entries)
        if tags > _MAX_TAGS or _claimed_bytes(directory) > len(data) + _SHARED_BYTES:
            raise HeaderError("its tags claim more than the whole file has")
        yield directory
        if nested:
            waiting.extend(number for tag in _POINTERS for number in directory.numbers(tag))
        waiting.append(directory.next_start)


def _directory(data: bytes, layout: Layout, start: int) -> Directory:
    """The directory at `start`, with as many entries as the data has."""
    count = _number(data, layout.count, start)
    first, entry_bytes, inline_bytes = start + layout.count.size, layout.entry.size, layout.place.size
    whole = min(count, max(0, len(data) - first) // entry_bytes)
    entries: dict[int, Entry] = {}
    repeated = set[int]()
    for at in range(first, first + min(whole, _MAX_TAGS + 1) * entry_bytes, entry_bytes):
        tag, kind, values, place = layout.entry.unpack_from(data, at)
        if tag in entries:
            repeated.add(tag)
        is_inline = values * _TYPE_BYTES.get(kind, 0) <= inline_bytes
        entries[tag] = Entry(kind, values, at + 4 + inline_bytes if is_inline else place)
    following = _number(data, layout.place, first + count * entry_bytes)
    return Directory(data, layout, entries, frozenset(repeated), following, is_whole=count > 0 and whole == count)


def _number(data: bytes, layout: struct.Struct, start: int) -> int:
    """One number, 0 where the data ends before it."""
    return int(layout.unpack_from(data, start)[0]) if start + layout.size <= len(data) else 0


def _claimed_bytes(directory: Directory) -> int:
    """What the values take that lie outside of the directory and inside of the data."""
    room = len(directory.data)
    sizes = ((entry.start, entry.size_bytes) for entry in directory.entries.values())
    return sum(size for start, size in sizes if size > _INLINE_BYTES and start + size <= room)
