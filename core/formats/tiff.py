"""A TIFF's header, from its directories of tags (TIFF 6.0, BigTIFF)."""

from ..header import Color, Header, HeaderError
from .directory import Directory, pages
from .icc import MAX_PROFILE_BYTES, icc_description

_WIDTH, _HEIGHT, _BITS, _PHOTOMETRIC, _ORIENTATION, _SAMPLES = 256, 257, 258, 262, 274, 277
_TILE_WIDTH, _TILE_HEIGHT, _EXTRA_SAMPLES, _ICC = 322, 323, 338, 34675
_SHAPE = frozenset({_WIDTH, _HEIGHT, _BITS, _SAMPLES, _TILE_WIDTH, _TILE_HEIGHT})
_MAX_PAGES = 2_500  # counted no further: more than hardly any limit allows, and decoders read the first one alone
_COLORS: dict[int, Color] = {0: "grey", 1: "grey", 2: "RGB", 3: "palette", 5: "CMYK", 6: "YCbCr"}


def read_tiff(data: bytes) -> Header:
    """The header of a TIFF file's first page; the largest sides, depth and count of samples are those of all pages.

    Raises `HeaderError` where a directory is missing or lacks the size, or says it twice.
    """
    found = [*pages(data, _MAX_PAGES)]
    if not found:
        raise HeaderError("the TIFF has no page")
    sizes = [_size_wh(page) for page in found]
    first = found[0]
    orientation = _number(first, _ORIENTATION, 1)
    return Header(
        format="TIFF",
        media_type="image/tiff",
        size_wh=sizes[0],
        color=_COLORS.get(_number(first, _PHOTOMETRIC, -1), "unknown"),
        bit_depth=max(max(page.numbers(_BITS), default=1) for page in found),
        alpha=any(kind in (1, 2) for kind in first.numbers(_EXTRA_SAMPLES)),
        frames=len(found),
        orientation=orientation if orientation in range(1, 9) else 1,
        icc_profile=icc_description(first.content(_ICC, MAX_PROFILE_BYTES)),
        claimed_wh=_claimed_wh(found, sizes),
        samples=max(_number(page, _SAMPLES, 1) for page in found),
    )


def _size_wh(page: Directory) -> tuple[int, int]:
    """OpenCV takes the first of two equal tags, Pillow the last: a file that has two is refused."""
    if page.repeated & _SHAPE:
        raise HeaderError("the TIFF says its size twice")
    width, height = _number(page, _WIDTH, 0), _number(page, _HEIGHT, 0)
    if not width or not height:
        raise HeaderError("the TIFF does not say its size")
    return width, height


def _claimed_wh(found: list[Directory], sizes: list[tuple[int, int]]) -> tuple[int, int]:
    """Tiles are decoded whole, however small the picture is."""
    widths = [_number(page, _TILE_WIDTH, 0) for page in found]
    heights = [_number(page, _TILE_HEIGHT, 0) for page in found]
    return max(*widths, *(width for width, _ in sizes)), max(*heights, *(height for _, height in sizes))


def _number(page: Directory, tag: int, otherwise: int) -> int:
    return next(iter(page.numbers(tag)), otherwise)
