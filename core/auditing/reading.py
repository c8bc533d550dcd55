"""A picture's bytes, within limits."""

from typing import IO

from ..errors import SourceError
from ..limits import Limits, check_file
from ..pictures import SAMPLE_PREFIX, read_bytes, read_picture
from ..source import Source, read_source
from .entries import Entry
from .storage import is_remote, storage_of


def read_entry(entry: Entry, limits: Limits) -> Source:
    """The source of an entry. Raises `SourceError` in the words of `compare`, `TooLargeError` beyond a limit."""
    if entry.address.startswith(SAMPLE_PREFIX):
        return read_picture(entry.address)
    return read_source(entry.picture, _bytes(entry, limits), limits)


def _bytes(entry: Entry, limits: Limits) -> bytes:
    try:
        if entry.offset is None and not is_remote(entry.address):
            return read_bytes(entry.address, entry.picture, limits)
        if entry.size is not None:
            check_file(entry.picture, entry.size, limits)
        with storage_of(entry.address).open(entry.address) as opened:
            if entry.offset is None:
                return _read_whole(entry, opened, limits)
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


def _read_whole(entry: Entry, opened: IO[bytes], limits: Limits) -> bytes:
    """All of a file whose size was not known: a byte beyond the limit is enough to tell."""
    data = opened.read(limits.file_bytes + 1)
    check_file(entry.picture, len(data), limits)
    return data


def _read_member(entry: Entry, opened: IO[bytes], offset: int, size: int) -> bytes:
    opened.seek(offset)
    data = opened.read(size)
    if len(data) < size:
        raise SourceError(f"{entry.picture} ends after {len(data)} of {size} bytes.", "The shard is cut short.")
    return data
