"""Pictures by their address, as the command line takes them: a path, or `sample:KEY` for a built-in one."""

from pathlib import Path

from .errors import SourceError
from .limits import check_file, limits
from .samples import load_sample
from .source import Source, read_source

SAMPLE_PREFIX = "sample:"


def read_bytes(address: str, name: str = "") -> bytes:
    """The bytes of the file at a path; raises `SourceError` with its `name`, by default the path, and what to do."""
    return _read_file(Path(address), name or address)


def read_picture(address: str) -> Source:
    """The source at `address`; raises `SourceError` naming it, what is wrong and what to do."""
    if address.startswith(SAMPLE_PREFIX):
        return load_sample(address.removeprefix(SAMPLE_PREFIX))
    return read_source(address, _read_file(Path(address), address))


def _read_file(path: Path, address: str) -> bytes:
    if path.is_dir():
        raise SourceError(f"{address} is a folder, not a picture.", "Name the pictures in it, such as folder/*.jpg.")
    try:
        check_file(address, path.stat().st_size, limits())
        return path.read_bytes()
    except FileNotFoundError:
        raise SourceError(f"{address} does not exist.", "Check the path; a built-in picture is sample:KEY.") from None
    except OSError as error:
        raise SourceError(f"{address} cannot be read: {error.strerror}.", "Check who may read it.") from error
