"""Where files are: on this machine, or wherever a driver of fsspec reaches (`s3://`, `gs://`, `http://`, …)."""

import glob
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple, Protocol

from ..errors import LibraryMissingError, SourceError

_MAGIC = "*?["


class Found(NamedTuple):
    """What a folder holds: a file's or a folder's address, or in `problem` why it could not be looked into."""

    address: str
    is_folder: bool = False
    problem: str = ""


class Storage(Protocol):
    """What listing and reading need. Addresses are those that the user gave, or were found below them."""

    def is_folder(self, address: str) -> bool:
        """Whether there is a folder at `address`."""

    def exists(self, address: str) -> bool:
        """Whether there is anything at `address`."""

    def walk(self, address: str) -> Iterator[Found]:
        """Everything below a folder, in the order of its names."""

    def glob(self, pattern: str) -> list[Found]:
        """What a pattern with `*`, `?`, `[…]` and `**` matches, in the order of its names."""

    def size(self, address: str) -> int | None:
        """The bytes of a file; None where that is not known before it is read."""

    def open(self, address: str) -> IO[bytes]:
        """A file to read from."""


class LocalStorage:
    """Files of this machine."""

    def is_folder(self, address: str) -> bool:
        """Whether there is a folder at `address`."""
        return Path(address).is_dir()

    def exists(self, address: str) -> bool:
        """Whether there is anything at `address`."""
        return Path(address).exists()

    def walk(self, address: str) -> Iterator[Found]:
        """Everything below a folder; linked folders are not followed, since they may lead in circles."""
        problems: list[OSError] = []
        for folder, folders, files in os.walk(address, onerror=problems.append):
            folders.sort()
            named = [(name, True) for name in folders] + [(name, False) for name in files]
            for name, is_folder in sorted(named):
                yield Found(str(Path(folder, name)), is_folder)
            while problems:
                yield _unreadable(problems.pop())
        while problems:
            yield _unreadable(problems.pop())

    def glob(self, pattern: str) -> list[Found]:
        """What a pattern matches, in the order of its names."""
        return [Found(path, Path(path).is_dir()) for path in sorted(glob.glob(pattern, recursive=True))]  # noqa: PTH207

    def size(self, address: str) -> int:
        """The bytes of a file."""
        return Path(address).stat().st_size

    def open(self, address: str) -> IO[bytes]:
        """A file to read from."""
        return Path(address).open("rb")


def _unreadable(error: OSError) -> Found:
    name = os.fsdecode(error.filename or "")
    return Found(name, problem=f"{name} cannot be looked into: {error.strerror}.")


class RemoteStorage:
    """Files that fsspec reaches; the driver of the address's scheme has to be installed."""

    def __init__(self, address: str) -> None:
        try:
            from fsspec.core import url_to_fs
        except ModuleNotFoundError as error:
            raise LibraryMissingError(
                f"{address} needs fsspec, which is not installed.", "Install it with: pip install fsspec"
            ) from error
        try:
            self._files: Any = url_to_fs(address)[0]
        except (ImportError, ValueError) as error:
            raise SourceError(f"{address} cannot be opened: {error}", "Install the driver of its scheme.") from error

    def is_folder(self, address: str) -> bool:
        """Whether there is a folder at `address`."""
        return bool(self._files.isdir(address))

    def exists(self, address: str) -> bool:
        """Whether there is anything at `address`."""
        return bool(self._files.exists(address))

    def walk(self, address: str) -> Iterator[Found]:
        """Everything below a folder, in the order of its names."""
        below = self._files.find(address, withdirs=True, detail=True)
        for path in sorted(below):
            if self._files.unstrip_protocol(path).rstrip("/") != address.rstrip("/"):
                yield self._found(path, below[path])

    def glob(self, pattern: str) -> list[Found]:
        """What a pattern matches, in the order of its names."""
        matches = self._files.glob(pattern, detail=True)
        return [self._found(path, matches[path]) for path in sorted(matches)]

    def _found(self, path: str, facts: dict[str, Any]) -> Found:
        return Found(self._files.unstrip_protocol(path), facts.get("type") == "directory")

    def size(self, address: str) -> int | None:
        """The bytes of a file; None where the server does not say."""
        size: int | None = self._files.size(address)
        return size

    def open(self, address: str) -> IO[bytes]:
        """A file to read from."""
        opened: IO[bytes] = self._files.open(address, "rb")
        return opened


def is_remote(address: str) -> bool:
    """Whether an address has a scheme, as in `s3://bucket/folder`."""
    return "://" in address


def is_pattern(address: str) -> bool:
    """Whether an address has characters of a pattern."""
    return any(character in address for character in _MAGIC)


def storage_of(address: str) -> Storage:
    """The storage that an address belongs to. Raises `LibraryMissingError` or `SourceError` for a scheme unknown."""
    return RemoteStorage(address) if is_remote(address) else LocalStorage()
