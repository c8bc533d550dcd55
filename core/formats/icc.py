"""The description in an ICC profile (ICC.1:2022, 7 and 10): what people call the profile.

Read here and not by LittleCMS, since a header is read in the process that serves everybody.
"""

import struct
from collections.abc import Iterator

MAX_PROFILE_BYTES = 16 * 2**20
"""Real profiles with large tables have about 4 MB."""

_HEADER_BYTES, _SIGNATURE_AT, _SIGNATURE = 128, 36, b"acsp"
_MAX_TAGS, _MAX_NAMES, _MAX_CHARACTERS = 200, 200, 200


def icc_description(profile: bytes) -> str | None:
    """The description that an ICC profile has of itself; None for no profile.

    A profile that is damaged or has no description gets words in its place.
    """
    if not profile:
        return None
    if profile[_SIGNATURE_AT : _SIGNATURE_AT + 4] != _SIGNATURE:
        return "unreadable"
    try:
        text = next((_text(profile[start:end]) for kind, start, end in _tags(profile) if kind == b"desc"), "")
    except (struct.error, UnicodeDecodeError):
        return "unreadable"
    words = " ".join(text[:_MAX_CHARACTERS].split())
    return "".join(filter(str.isprintable, words)) or "without a description"


def _tags(profile: bytes) -> Iterator[tuple[bytes, int, int]]:
    (count,) = struct.unpack_from(">I", profile, _HEADER_BYTES)
    for index in range(min(count, _MAX_TAGS)):
        kind, start, length = struct.unpack_from(">4sII", profile, _HEADER_BYTES + 4 + 12 * index)
        yield kind, start, start + length


def _text(tag: bytes) -> str:
    """Of the older type `desc` (ICC.1:2001-04, 6.5.17) its ASCII part, of `mluc` the American English or first name."""
    if tag[:4] == b"desc":
        (length,) = struct.unpack_from(">I", tag, 8)
        return tag[12 : 12 + length].partition(b"\0")[0].decode("latin-1")
    if tag[:4] != b"mluc":
        return ""
    count, record_bytes = struct.unpack_from(">II", tag, 8)
    names: dict[bytes, bytes] = {}
    for index in range(min(count, _MAX_NAMES)):
        language, length, start = struct.unpack_from(">4sII", tag, 16 + record_bytes * index)
        names.setdefault(language, tag[start : start + length])
    name = names.get(b"enUS") or next(iter(names.values()), b"")
    return name.decode("utf-16-be").partition("\0")[0]
