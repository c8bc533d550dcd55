"""What Pillow tells of a file's header, and of an ICC profile.

Pillow's own classes are opened directly instead of through `Image.open`, which warns of pictures of more than 89
million pixels and refuses those of more than 179 million, although nothing is decoded.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from ..header import Color, Header, HeaderError
from .pillow_warnings import warnings_as_notes

if TYPE_CHECKING:
    from PIL import Image

# Zip bombs fit into a PNG's profile; real profiles with large tables have about 4 MB.
MAX_ICC_PROFILE_BYTES = 16 * 2**20

# By the project's name of a format: Pillow's name of it and the media type.
_PLUGINS = {
    "BMP": ("BMP", "image/bmp"),
    "JPEG 2000": ("JPEG2000", "image/jp2"),
    "PNM": ("PPM", "image/x-portable-anymap"),
    "PSD": ("PSD", "image/vnd.adobe.photoshop"),
    "QOI": ("QOI", "image/qoi"),
    "ICO": ("ICO", "image/vnd.microsoft.icon"),
}
_LOSSLESS = frozenset({"BMP", "PNM", "PSD", "QOI"})
# By Pillow's mode: colour, bits a channel, alpha.
_MODES: dict[str, tuple[Color, int, bool]] = {
    "1": ("grey", 1, False),
    "L": ("grey", 8, False),
    "LA": ("grey", 8, True),
    "La": ("grey", 8, True),
    "I": ("grey", 32, False),
    "I;16": ("grey", 16, False),
    "I;16B": ("grey", 16, False),
    "F": ("grey", 32, False),
    "P": ("palette", 8, False),
    "PA": ("palette", 8, True),
    "RGB": ("RGB", 8, False),
    "RGBX": ("RGB", 8, False),
    "RGBA": ("RGB", 8, True),
    "RGBa": ("RGB", 8, True),
    "CMYK": ("CMYK", 8, False),
    "YCbCr": ("YCbCr", 8, False),
}


def read_with_pillow(data: bytes, name: str) -> Header:
    """The header of a file of the format `name`, which has to be one of Pillow's here. Raises `HeaderError`."""
    plugin, media_type = _PLUGINS[name]
    with reading(name):
        return _header(_opened(plugin, data), name, media_type)


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Keeps Pillow's warnings in, and turns whatever it raises into a `HeaderError` about the format `name`."""
    try:
        with warnings_as_notes():  # no stage is running, so that the notes are dropped
            yield
    except Exception as error:  # plugins fail on damaged files with errors of many types
        words = " ".join(str(error).split()) or type(error).__name__
        raise HeaderError(f"the {name}'s header cannot be read: {words}") from error


def _opened(plugin: str, data: bytes) -> "Image.Image":
    from PIL import Image

    Image.init()
    factory, _ = Image.OPEN[plugin]
    return factory(BytesIO(data), "")


def _header(picture: "Image.Image", name: str, media_type: str) -> Header:
    color, bit_depth, alpha = _MODES[picture.mode]
    return Header(
        format=name,
        media_type=media_type,
        size_wh=picture.size,
        color=color,
        bit_depth=bit_depth,
        alpha=alpha or "transparency" in picture.info,
        icc_profile=icc_description(picture.info.get("icc_profile") or b""),
        lossless=True if name in _LOSSLESS else None,
    )


def icc_description(profile: bytes) -> str | None:
    """The description that an ICC profile has of itself, by LittleCMS; None for no profile.

    A profile that is damaged or has no description gets words in its place.
    """
    if not profile:
        return None
    from PIL import ImageCms

    try:
        text = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(profile[:MAX_ICC_PROFILE_BYTES])))
    except (ImageCms.PyCMSError, OSError, ImportError):
        return "unreadable"
    return " ".join(text.split()) or "without a description"
