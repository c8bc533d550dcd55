"""Pictures by their address, as the command line takes them: a path, or `sample:KEY` for a built-in one."""

import os
from pathlib import Path

from .errors import SourceError
from .limits import Limits, check_file, limits
from .samples import load_sample
from .source import Source, read_source

SAMPLE_PREFIX = "sample:"


def read_bytes(address: str, name: str = "", most: Limits | None = None) -> bytes:
    """The bytes of the file at a path; raises `SourceError` with its `name`, by default the path, and what to do.

    Nothing is read of a file that is beyond `most` or the limits in force. The path is looked up once, since an audit
    does it for each picture; `pathlib` does it four times.
    """
    name = name or address
    try:
        with open(address, "rb", buffering=0) as opened:  # noqa: PTH123
            size_bytes = os.fstat(opened.fileno()).st_size
            if most is not None:
                check_file(name, size_bytes, most)
            check_file(name, size_bytes, limits())
            return opened.read()
    except FileNotFoundError:
        raise SourceError(f"{name} does not exist.", "Check the path; a built-in picture is sample:KEY.") from None
    except OSError as error:
        if Path(address).is_dir():
            remedy = "Name the pictures in it, such as folder/*.jpg."
            raise SourceError(f"{name} is a folder, not a picture.", remedy) from None
        raise SourceError(f"{name} cannot be read: {error.strerror}.", "Check who may read it.") from error


def read_picture(address: str) -> Source:
    """The source at `address`; raises `SourceError` naming it, what is wrong and what to do."""
    if address.startswith(SAMPLE_PREFIX):
        return load_sample(address.removeprefix(SAMPLE_PREFIX))
    return read_source(address, read_bytes(address))
