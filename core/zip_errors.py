"""What Python's zipfile raises for files that are damaged: it hands on whatever the members' compression raises."""

import lzma
import zipfile
import zlib

DAMAGED_ZIP: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    KeyError,  # no such member
    RuntimeError,  # an encrypted member; zipfile's subclass of it for an unknown compression or version is meant, too
    ValueError,
    OSError,
    EOFError,
)
