"""A picture's bytes, within limits."""

from dataclasses import dataclass
from typing import IO

from ..errors import SourceError
from ..pictures import SAMPLE_PREFIX, read_bytes, read_picture
from ..source import Source, read_source
from .entries import Entry
from .storage import is_remote, storage_of


@dataclass(frozen=True)
class Limits:
    """What a picture may take: more than that is an error in its row.

    `megapixels` counts what the header says, `file_mb` the file; `picture_s` is the time in which one has to be done.
    """

    megapixels: float = 200.0
    file_mb: float = 1000.0
    picture_s: float = 60.0


class TooLargeError(SourceError):
    """A picture beyond a limit."""


def read_entry(entry: Entry, limits: Limits) -> Source:
    """The source of an entry. Raises `SourceError` in the words of `compare`, `TooLargeError` beyond a limit."""
    if entry.address.startswith(SAMPLE_PREFIX):
        return read_picture(entry.address)
    source = read_source(entry.picture, _bytes(entry, limits.file_mb))
    size_wh = source.header.size_wh
    if size_wh and size_wh[0] * size_wh[1] > limits.megapixels * 1e6:
        raise TooLargeError(
            f"{entry.picture} has {size_wh[0] * size_wh[1] / 1e6:.1f} megapixels, the limit is {limits.megapixels:g}.",
            "Raise the limit, or leave the picture out.",
        )
    return source


def _bytes(entry: Entry, file_mb: float) -> bytes:
    try:
        _check_size(entry, file_mb)
        if entry.offset is None and not is_remote(entry.address):
            return read_bytes(entry.address)
        with storage_of(entry.address).open(entry.address) as opened:
            if entry.offset is None:
                return _read_whole(entry, opened, file_mb)
            return _read_member(entry, opened, entry.offset, entry.size or 0)
    except SourceError:
        raise
    except FileNotFoundError:
        raise SourceError(f"{entry.picture} does not exist.", "It was there when the pictures were listed.") from None
    except Exception as error:
        reason = getattr(error, "strerror", None) or " ".join(str(error).split()) or type(error).__name__
        raise SourceError(
            f"{entry.picture} cannot be read: {reason}.", "Check the address and who may read."
        ) from error


def _read_whole(entry: Entry, opened: IO[bytes], file_mb: float) -> bytes:
    data = opened.read(int(file_mb * 1e6) + 1)
    if len(data) > file_mb * 1e6:
        raise _too_large(entry, len(data), file_mb)
    return data


def _read_member(entry: Entry, opened: IO[bytes], offset: int, size: int) -> bytes:
    opened.seek(offset)
    data = opened.read(size)
    if len(data) < size:
        raise SourceError(f"{entry.picture} ends after {len(data)} of {size} bytes.", "The shard is cut short.")
    return data


def _check_size(entry: Entry, file_mb: float) -> None:
    size = entry.size
    if entry.offset is None and not is_remote(entry.address):
        try:
            size = storage_of(entry.address).size(entry.address)
        except OSError:
            return  # what is wrong with it is said when it is read
    if size is not None and size > file_mb * 1e6:
        raise _too_large(entry, size, file_mb)


def _too_large(entry: Entry, size: int, file_mb: float) -> TooLargeError:
    return TooLargeError(
        f"{entry.picture} has {size / 1e6:.1f} MB or more, the limit is {file_mb:g}.",
        "Raise the limit, or leave the picture out.",
    )
