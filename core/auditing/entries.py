"""One picture of an audit, as the list of pictures holds it."""

import os
from dataclasses import dataclass

PICTURE_SUFFIXES = frozenset(
    (
        *(".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff"),
        *(".avif", ".heic", ".heif", ".jp2", ".j2k", ".jxl"),
    )
)
"""What is taken for a picture in a folder or a shard. A file that is named itself is taken whatever its ending."""


@dataclass(frozen=True)
class Entry:
    """Where a picture's bytes are: a whole file, or `size` bytes from `offset` of a .tar shard.

    `picture` is its name in the rows, always valid text; `address` is what is opened. An entry that is only a
    `problem` (a pattern without a match, a picture that was listed before) is a row without being opened.
    """

    picture: str
    address: str
    folder: str
    offset: int | None = None
    size: int | None = None
    problem_kind: str | None = None
    problem: str | None = None
    remedy: str | None = None


def looks_like_picture(name: str) -> bool:
    """Whether a name ends as pictures do."""
    return os.path.splitext(name)[1].lower() in PICTURE_SUFFIXES  # noqa: PTH122 - the name may be in a shard


def shown(address: str) -> str:
    """`address` as text that every file can hold: bytes of a name that are no text are written as escapes."""
    return address.encode("utf-8", "backslashreplace").decode("utf-8")


def folder_of(address: str) -> str:
    """The part of an address before its last slash, as text."""
    head, slash, _ = address.replace(os.sep, "/").rpartition("/")
    return shown(head or slash)


def file_entry(address: str) -> Entry:
    """The entry of a whole file."""
    return Entry(shown(address), address, folder_of(address))


def problem_entry(address: str, kind: str, problem: str, remedy: str) -> Entry:
    """The entry of what cannot be a picture."""
    return Entry(shown(address), address, folder_of(address), None, None, kind, shown(problem), shown(remedy))
