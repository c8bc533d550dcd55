"""From what the user names (files, folders, patterns, text lists, shards) to one entry for each picture, in order."""

import tarfile
from collections.abc import Iterable, Iterator

from ..errors import SamePixelsError
from ..pictures import SAMPLE_PREFIX
from .entries import Entry, file_entry, looks_like_picture, problem_entry, shown
from .storage import Found, Storage, is_pattern, storage_of

SHARD_SUFFIX = ".tar"
LIST_SUFFIX = ".txt"
MEMBER_SEPARATOR = "::"
"""Between a shard's address and the name of its member, as in fsspec's chained addresses."""


def entries(addresses: Iterable[str]) -> Iterator[Entry]:
    """One entry for each picture that `addresses` name; a repetition of one is an entry with that as its problem."""
    seen: set[str] = set()
    for address in addresses:
        for entry in _expanded(address):
            if entry.problem_kind is None and entry.picture in seen:
                yield _repeated(entry)
            else:
                seen.add(entry.picture)
                yield entry


def _repeated(entry: Entry) -> Entry:
    return problem_entry(
        entry.address, "duplicate", f"{entry.picture} was listed before.", "It is counted once; name it once."
    )


def _expanded(address: str, *, in_list: bool = False) -> Iterator[Entry]:
    try:
        if address.startswith(SAMPLE_PREFIX):
            yield Entry(address, address, SAMPLE_PREFIX.rstrip(":"))
            return
        storage = storage_of(address)
        if is_pattern(address) and not storage.exists(address):
            yield from _matches(storage, address)
        elif address.lower().endswith(LIST_SUFFIX) and not in_list:
            yield from _listed(storage, address)
        else:
            yield from _found(storage, Found(address, storage.is_folder(address)))
    except SamePixelsError as error:
        yield problem_entry(address, "unreadable", error.message, error.remedy)
    except Exception as error:  # noqa: BLE001 - a driver of fsspec raises whatever its service does
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        yield problem_entry(address, "unreadable", f"{address} cannot be listed: {reason}.", "Check the address.")


def _matches(storage: Storage, pattern: str) -> Iterator[Entry]:
    matches = storage.glob(pattern)
    if not matches:
        yield problem_entry(pattern, "unreadable", f"{pattern} matches nothing.", "Check the pattern.")
    for found in matches:
        yield from _found(storage, found)


def _listed(storage: Storage, address: str) -> Iterator[Entry]:
    """The lines of a text list, each as if it had been given itself; empty lines and those after # are passed over."""
    with storage.open(address) as opened:
        lines = opened.read().decode("utf-8", "surrogateescape").splitlines()
    for line in lines:
        if line.strip() and not line.startswith("#"):
            yield from _expanded(line.strip(), in_list=True)


def _found(storage: Storage, found: Found) -> Iterator[Entry]:
    if found.is_folder:
        yield from _below(storage, found.address)
    elif found.address.lower().endswith(SHARD_SUFFIX):
        yield from _members(storage, found.address)
    else:
        yield file_entry(found.address)


def _below(storage: Storage, folder: str) -> Iterator[Entry]:
    if looks_like_picture(folder.rstrip("/")):
        yield _folder_named_like_a_picture(folder)
    count = 0
    for found in storage.walk(folder):
        count += 1
        if found.problem:
            yield problem_entry(found.address, "unreadable", found.problem, "Check who may read it.")
        elif found.is_folder and looks_like_picture(found.address):
            yield _folder_named_like_a_picture(found.address)
        elif not found.is_folder and found.address.lower().endswith(SHARD_SUFFIX):
            yield from _members(storage, found.address)
        elif not found.is_folder and looks_like_picture(found.address):
            yield file_entry(found.address)
    if not count:
        yield problem_entry(folder, "unreadable", f"{folder} is an empty folder.", "Check the address.")


def _folder_named_like_a_picture(folder: str) -> Entry:
    return problem_entry(
        folder, "unreadable", f"{folder} is a folder, not a picture.", "Rename it; the pictures in it are audited."
    )


def _members(storage: Storage, shard: str) -> Iterator[Entry]:
    """The pictures of a shard, by their places in it: its headers are read, what lies between them is passed over."""
    with storage.open(shard) as opened:
        try:
            with tarfile.open(fileobj=opened, mode="r:") as archive:
                for member in archive:
                    if member.isfile() and looks_like_picture(member.name):
                        name = f"{shard}{MEMBER_SEPARATOR}{member.name}"
                        yield Entry(shown(name), shard, shown(shard), member.offset_data, member.size)
        except (tarfile.TarError, OSError) as error:
            reason = f"{shard} is no whole .tar file: {error}."
            yield problem_entry(shard, "unreadable", reason, "Pack it again; a compressed one has to be unpacked.")
