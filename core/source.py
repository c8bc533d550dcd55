"""A picture's file: its bytes, its name and what its header says. Nothing is decoded here."""

import hashlib
import struct
from collections.abc import Callable
from dataclasses import dataclass, field

from .errors import SourceError
from .formats.bmp import read_bmp
from .formats.gif import read_gif
from .formats.isobmff import read_avif, read_heic
from .formats.jpeg import read_jpeg
from .formats.jpeg2000 import read_jpeg_2000
from .formats.jpegxl import read_jpeg_xl
from .formats.png import read_png
from .formats.pnm import read_pnm
from .formats.qoi import read_qoi
from .formats.signature import appearance, picture_format, unread_picture
from .formats.tiff import read_tiff
from .formats.webp import read_webp
from .header import Header, HeaderError
from .limits import Limits, check_file, check_header, limits

__all__ = ["Header", "Source", "read_source"]

_READERS: dict[str, Callable[[bytes], Header]] = {
    "JPEG": read_jpeg,
    "PNG": read_png,
    "GIF": read_gif,
    "WebP": read_webp,
    "TIFF": read_tiff,
    "AVIF": read_avif,
    "HEIC": read_heic,
    "JPEG XL": read_jpeg_xl,
    "JPEG 2000": read_jpeg_2000,
    "BMP": read_bmp,
    "PNM": read_pnm,
    "QOI": read_qoi,
}
_HARMLESS_PIXELS = 1_000_000  # so many may be missing altogether: a decoder takes little for them
_READABLE = "a JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF, JPEG 2000, JPEG XL, PNM or QOI file"


@dataclass(frozen=True, eq=False)
class Source:
    """The bytes of one picture, made by `read_source`. Compares and hashes by name and sha256, never by the bytes."""

    name: str
    data: bytes = field(repr=False)
    sha256: str
    header: Header

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Source) and (self.name, self.sha256) == (other.name, other.sha256)

    def __hash__(self) -> int:
        return hash(self.sha256)


def read_source(name: str, data: bytes, most: Limits | None = None) -> Source:
    """The source made of a file's `name` and bytes.

    The format is told by the bytes, never by the name. A file that is cut short has a header as long as that is whole.
    Raises `SourceError` naming the file, what it looks like, and what to do; `TooLargeError` where the file, or what
    its header says, is beyond `most` (by default the limits in force). No decoder sees such a file.
    """
    most = most or limits()
    check_file(name, len(data), most)
    data = bytes(data)
    header = _read_header(name, data)
    check_header(name, header, most)
    _check_content(name, header, len(data))
    return Source(name, data, hashlib.sha256(data).hexdigest(), header)


def _read_header(name: str, data: bytes) -> Header:
    found = picture_format(data)
    if found is None:
        if other := unread_picture(data):
            raise SourceError(f"{name} is {other}, which is not read here.", f"Convert it: give {_READABLE}.")
        looks_like = appearance(data)
        remedy = "Save it again from where it came." if looks_like == "empty" else f"Give {_READABLE}."
        raise SourceError(f"{name} is not a picture: it is {looks_like}.", remedy)
    try:
        header = _READERS[found](data)
    except (HeaderError, struct.error) as error:
        raise _damaged(name, found, str(error)) from error
    if header.size_wh is None or 0 in header.size_wh:
        raise _damaged(name, found, "its header gives it no width or no height")
    return header


def _check_content(name: str, header: Header, size_bytes: int) -> None:
    """Raises `SourceError` for a header that promises far more than a file of so many bytes can hold."""
    width, height = header.size_wh or (0, 0)
    if width * height > _HARMLESS_PIXELS and size_bytes < header.least_bytes:
        words = f"{size_bytes:,} bytes cannot hold the {width}x{height} pixels of its header"
        raise _damaged(name, header.format, words)


def _damaged(name: str, found: str, words: str) -> SourceError:
    return SourceError(f"{name} begins like {found}, but {words}.", "Copy or export it again: this copy is damaged.")
