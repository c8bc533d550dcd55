"""A TIFF's header, from its directory of tags (TIFF 6.0), which Pillow reads.

Pillow's own `TiffImageFile` is not used: it refuses kinds of pixels that OpenCV can read (floating-point colour, say),
and it has the sides swapped where the picture is to be turned.
"""

from io import BytesIO
from typing import TYPE_CHECKING

from ..header import Color, Header
from .header import icc_description, reading

if TYPE_CHECKING:
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

_WIDTH, _HEIGHT, _BITS, _PHOTOMETRIC, _ORIENTATION, _EXTRA_SAMPLES, _ICC = 256, 257, 258, 262, 274, 338, 34675
_BIG_TIFF = b"+"
_MAX_PAGES = 10_000
_COLORS: dict[int, Color] = {0: "grey", 1: "grey", 2: "RGB", 3: "palette", 5: "CMYK", 6: "YCbCr"}


def read_tiff(data: bytes) -> Header:
    """The header of a TIFF file's first page. Raises `HeaderError` where its directory is missing or lacks the size."""
    with reading("TIFF"):
        tags, frames = _first_directory_and_count(data)
        orientation = tags.get(_ORIENTATION, 1)
        return Header(
            format="TIFF",
            media_type="image/tiff",
            size_wh=(int(tags[_WIDTH]), int(tags[_HEIGHT])),
            color=_COLORS.get(tags.get(_PHOTOMETRIC, -1), "unknown"),
            bit_depth=max(tags.get(_BITS, (1,))),
            alpha=any(kind in (1, 2) for kind in tags.get(_EXTRA_SAMPLES, ())),
            frames=frames,
            orientation=orientation if orientation in range(1, 9) else 1,
            icc_profile=icc_description(tags.get(_ICC, b"")),
        )


def _first_directory_and_count(data: bytes) -> tuple["ImageFileDirectory_v2", int]:
    """The tags of the first page, and the number of pages: each directory names the place of the next."""
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    file = BytesIO(data)
    file_header = data[:16] if data[2:3] == _BIG_TIFF else data[:8]
    tags = ImageFileDirectory_v2(file_header)
    places = {tags.next}
    file.seek(tags.next)
    tags.load(file)
    directory = ImageFileDirectory_v2(file_header)
    directory.next = tags.next
    while directory.next and directory.next not in places and len(places) < _MAX_PAGES:
        places.add(directory.next)
        file.seek(directory.next)
        directory.load(file)
    return tags, len(places)
