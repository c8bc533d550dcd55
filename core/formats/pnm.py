"""PNM's header: a letter and a digit, two sides, and the largest value (netpbm's man pages pbm, pgm, ppm)."""

import re

from ..header import Color, Header, HeaderError

# A comment stands between two numbers with white space before it. Glued to a number, one library ends the number there
# and another takes it to be longer.
_GAP = rb"[ \t\r\n]+(?:#[^\r\n]*[\r\n][ \t\r\n]*)*"
_HEADER = re.compile(rb"P([1-6])%b(\d{1,9})%b(\d{1,9})(?:%b(\d{1,5}))?(?=[ \t\r\n]|$)" % (_GAP, _GAP, _GAP))
_HEAD_BYTES = 16_384
_SHARE = 20  # of a file cut short, this part at least has to be there
_BITMAPS = (1, 4)


def read_pnm(data: bytes) -> Header:
    """The header of a PBM, PGM or PPM file. Raises `HeaderError` where its numbers are missing."""
    found = _HEADER.match(data[:_HEAD_BYTES])
    if found is None:
        raise HeaderError("the PNM's numbers are missing or run together with other text")
    kind, width, height = int(found[1]), int(found[2]), int(found[3])
    color: Color = "RGB" if kind in (3, 6) else "grey"
    return Header(
        format="PNM",
        media_type="image/x-portable-anymap",
        size_wh=(width, height),
        color=color,
        bit_depth=_bit_depth(kind, found[4]),
        lossless=True,
        least_bytes=width * height // 8 // _SHARE,
    )


def _bit_depth(kind: int, largest: bytes | None) -> int:
    """The number after the sides is the largest value; in a bitmap it belongs to the pixels already."""
    if kind in _BITMAPS:
        return 1
    if largest is None or not 1 <= int(largest) <= 65_535:
        raise HeaderError("the PNM does not say its largest value")
    return 8 if int(largest) <= 255 else 16
