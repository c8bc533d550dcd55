"""What Pillow says of the same file: an independent witness for headers."""

from io import BytesIO

from PIL import Image

from core.header import Header

# By Pillow's mode of a file that it opens: colour, alpha.
MODES = {"1": ("grey", False), "L": ("grey", False), "LA": ("grey", True), "P": ("palette", False)}
MODES |= {"RGB": ("RGB", False), "RGBA": ("RGB", True), "I;16": ("grey", False), "I": ("grey", False)}


def assert_as_pillow_has_it(header: Header, data: bytes) -> None:
    opened = Image.open(BytesIO(data))
    assert header.size_wh == opened.size
    assert (header.color, header.alpha) == MODES[opened.mode]
