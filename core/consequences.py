"""What follows from a picture's header for the pipelines that will read it, in words.

Every sentence was measured with opencv-python 5.0.0.93, tensorflow 2.21.0 and Pillow 13.0.0; most are measured again
by tests/core/test_consequences_hold.py. Another version may differ: a comparison is the proof.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from .header import Header

Effect: TypeAlias = Literal["agrees", "differs", "fails"]

_FANCY_UPSAMPLED = frozenset({"4:2:2", "4:2:0", "4:4:0"})
_DEEP_FORMATS = frozenset({"PNG", "TIFF"})
_READ_BY_ALL = frozenset({"JPEG", "PNG", "GIF", "BMP", "WebP"})
_READ_BY_OPENCV_AND_PILLOW = frozenset({"TIFF", "AVIF", "JPEG 2000", "PNM"})
_READ_BY_PILLOW_ALONE = frozenset({"QOI"})
_TURNED = {"JPEG": "by OpenCV", "PNG": "by OpenCV", "WebP": "by OpenCV", "TIFF": "always", "AVIF": "never"}
_TURNS = {
    2: "mirrored",
    3: "upside down",
    4: "upside down and mirrored",
    5: "on its side and mirrored",
    6: "on its side",
    7: "on its side and mirrored",
    8: "on its side",
}
PILLOW_WARNS_ABOVE_PIXELS = 89_478_485  # PIL.Image.MAX_IMAGE_PIXELS; twice as many are an error
HIGH_QUALITY = 95


@dataclass(frozen=True)
class Consequence:
    """One sentence on what the header's `fact` means.

    `effect` says whether the libraries agree there, differ, or some of them fail. `concerns` names the operations or
    libraries of the catalogue, `option` the library's own option that decides, or is empty.
    """

    fact: str
    text: str
    effect: Effect
    concerns: tuple[str, ...]
    option: str = ""


def consequences(header: Header) -> tuple[Consequence, ...]:
    """What follows from `header`: failures first, then differences, then what cannot differ."""
    found = [consequence for topic in _TOPICS for consequence in topic(header)]
    order: tuple[Effect, ...] = ("fails", "differs", "agrees")
    return tuple(sorted(found, key=lambda consequence: order.index(consequence.effect)))


def _readers(header: Header) -> Iterator[Consequence]:
    name = header.format
    if name in _READ_BY_OPENCV_AND_PILLOW:
        yield Consequence(name, f"TensorFlow cannot read {name}.", "fails", ("tensorflow",))
    elif name in _READ_BY_PILLOW_ALONE:
        yield Consequence(name, f"Only Pillow reads {name}.", "fails", ("opencv", "tensorflow"))
    elif name == "JPEG XL":
        text = "Only tensorflow.decode_image reads JPEG XL."
        yield Consequence(name, text, "fails", ("opencv", "pillow"))
    elif name not in _READ_BY_ALL:
        text = f"None of the libraries here reads {name}: convert it to JPEG or PNG."
        yield Consequence(name, text, "fails", ("opencv", "tensorflow", "pillow"))


def _jpeg_process(header: Header) -> Iterator[Consequence]:
    if header.format != "JPEG":
        return
    if header.bit_depth != 8:
        text = "None of the libraries here decodes a JPEG of more than 8 bits: convert it to a 16-bit PNG."
        yield Consequence(f"{header.bit_depth} bit", text, "fails", ("opencv", "tensorflow", "pillow"))
    elif header.lossless:
        text = "OpenCV and TensorFlow refuse lossless JPEG; Pillow opens it."
        yield Consequence("lossless JPEG", text, "fails", ("opencv", "tensorflow"))
    else:
        yield from _dct(header)
    if header.progressive:
        text = "A progressive file decodes to the same pixels as a sequential one: only the order of its data differs."
        yield Consequence("progressive", text, "agrees", ("opencv", "tensorflow", "pillow"))


def _dct(header: Header) -> Iterator[Consequence]:
    if header.color in ("CMYK", "YCCK"):
        text = (
            "OpenCV comes out 1 level brighter than TensorFlow and Pillow on most values: it converts CMYK otherwise."
        )
        yield Consequence(header.color, text, "differs", ("opencv",))
    else:
        text = (
            "OpenCV, Pillow and TensorFlow with INTEGER_ACCURATE decode it to the same pixels; "
            "TensorFlow's default, INTEGER_FAST, makes it darker by 0.5 to 0.8 levels."
        )
        yield Consequence("JPEG", text, "differs", ("tensorflow.decode_jpeg", "tensorflow.decode_image"), "dct_method")
    if header.quality_estimate is not None and header.quality_estimate >= HIGH_QUALITY:
        text = (
            "The better the quality, the further INTEGER_FAST goes astray: in photographs single values by up to "
            "4 levels at quality 75, 15 at 95 and 36 at 100."
        )
        fact = f"quality ≈ {header.quality_estimate}"
        yield Consequence(fact, text, "differs", ("tensorflow.decode_jpeg", "tensorflow.decode_image"), "dct_method")


def _chroma(header: Header) -> Iterator[Consequence]:
    if header.format != "JPEG" or header.lossless or header.color in ("CMYK", "YCCK", "unknown"):
        return
    decoder = ("tensorflow.decode_jpeg",)
    if header.subsampling in _FANCY_UPSAMPLED:
        text = (
            "fancy_upscaling=False repeats the colour of neighbours where all others interpolate it: about 1 level on "
            "average, 20 and more at coloured edges."
        )
        yield Consequence(header.subsampling, text, "differs", decoder, "fancy_upscaling")
    elif header.subsampling == "4:1:1":
        text = "fancy_upscaling cannot matter: libjpeg-turbo interpolates colour only where it doubles it."
        yield Consequence("4:1:1", text, "agrees", decoder, "fancy_upscaling")
    elif header.subsampling in (None, "4:4:4"):
        text = "fancy_upscaling cannot matter: there is no colour at a lower resolution."
        yield Consequence(header.subsampling or header.color, text, "agrees", decoder, "fancy_upscaling")


def _lossless(header: Header) -> Iterator[Consequence]:
    if header.format not in ("PNG", "BMP") or header.bit_depth is None or header.bit_depth > 8:
        return
    if header.format == "BMP" and (header.color == "palette" or header.bit_depth < 8):
        text = "TensorFlow does not look the colours of a BMP's palette up: it gives indices as grey, or refuses."
        yield Consequence("palette", text, "differs", ("tensorflow.decode_image",))
        return
    text = f"{header.format} is lossless: the decoders agree on the colours, and dct_method cannot matter."
    yield Consequence(header.format, text, "agrees", ("opencv", "tensorflow", "pillow"), "dct_method")


def _webp(header: Header) -> Iterator[Consequence]:
    if header.format != "WebP":
        return
    if header.animated and not header.alpha:
        text = (
            "TensorFlow 2.21 overwrites memory and mostly crashes at an animated WebP without transparency, "
            "so here it is refused."
        )
        yield Consequence("animated", text, "fails", ("tensorflow",))
    text = "All three decode WebP by libwebp, to the same pixels."
    yield Consequence("WebP", text, "agrees", ("opencv", "tensorflow", "pillow"))


def _channels(header: Header) -> Iterator[Consequence]:
    decoder = "tensorflow.decode_jpeg" if header.format == "JPEG" else "tensorflow.decode_image"
    if header.color == "grey" and header.format in _READ_BY_ALL:
        text = f"{decoder} and pillow.open give 1 channel where OpenCV gives 3, unless channels=3 and mode=RGB."
        yield Consequence("grey", text, "differs", (decoder, "pillow.open", "opencv"), "channels")
    if header.color == "palette" and header.format in ("PNG", "GIF", "BMP", "TIFF"):
        text = (
            "Pillow itself keeps a palette's indices, and then resizes by NEAREST whatever is asked; "
            "pillow.open here makes them colours first."
        )
        yield Consequence("palette", text, "differs", ("pillow.open",), "mode")


def _alpha(header: Header) -> Iterator[Consequence]:
    if not header.alpha:
        return
    if header.format == "GIF":
        text = "What is transparent becomes black in TensorFlow and other colours in OpenCV and in Pillow."
        yield Consequence("alpha", text, "differs", ("opencv", "tensorflow", "pillow"))
    elif header.format == "TIFF":
        text = "OpenCV multiplies the colours of a TIFF by its alpha; Pillow leaves them as they are."
        yield Consequence("alpha", text, "differs", ("opencv", "pillow"))
    elif header.format in ("PNG", "WebP"):
        yield from _alpha_channel(header.format)


def _alpha_channel(name: str) -> Iterator[Consequence]:
    remedy = "use IMREAD_UNCHANGED" if name == "WebP" else "use channels=3 and mode=RGB, or IMREAD_UNCHANGED"
    refusal = ", and TensorFlow refuses channels=3 for WebP" if name == "WebP" else ""
    text = f"TensorFlow and Pillow keep the alpha channel, IMREAD_COLOR drops it{refusal}: {remedy}."
    yield Consequence("alpha", text, "differs", ("opencv", "tensorflow", "pillow.open"), "channels")
    text = (
        "Dropped alpha is not blended with a background: what was invisible shows the colours hidden below. "
        "Where it is kept, resizing differs, because only Pillow weighs colours by it."
    )
    yield Consequence("alpha", text, "differs", ("opencv", "tensorflow", "pillow"))


def _depth(header: Header) -> Iterator[Consequence]:
    if header.format not in _DEEP_FORMATS or header.bit_depth != 16:
        return
    if header.format == "PNG":
        text = (
            "OpenCV's IMREAD_COLOR and TensorFlow's uint8 keep the high byte alone; IMREAD_ANYDEPTH keeps all 16 bits."
        )
        yield Consequence("16 bit", text, "differs", ("opencv", "tensorflow.decode_image"), "IMREAD_ANYDEPTH")
    else:
        text = (
            "OpenCV rounds 16 bits to 8 and Pillow keeps the high byte: they differ by 1 level on a quarter of values."
        )
        yield Consequence("16 bit", text, "differs", ("opencv", "pillow"))
    if header.color == "grey" and not header.alpha:
        text = "Pillow's convert('RGB') clips 16-bit grey: nearly all of it becomes white."
        yield Consequence("16-bit grey", text, "differs", ("pillow.open",), "mode")


def _frames(header: Header) -> Iterator[Consequence]:
    if header.frames > 1:
        text = f"The first of {header.frames} pictures is what is compared."
        yield Consequence(f"{header.frames} frames", text, "agrees", ("opencv", "tensorflow", "pillow"))
    if header.format in ("GIF", "WebP"):
        text = (
            f"tensorflow.decode_image gives a 4-D batch for a {header.format}, even a still one, which is refused "
            "here, unless expand_animations=False."
        )
        yield Consequence(header.format, text, "differs", ("tensorflow.decode_image",), "expand_animations")


def _orientation(header: Header) -> Iterator[Consequence]:
    turned = _TURNED.get(header.format)
    if header.orientation == 1 or turned is None:
        return
    fact = f"orientation {header.orientation}"
    stored = f"It is stored {_TURNS[header.orientation]}"
    if turned == "by OpenCV":
        text = (
            f"{stored}: OpenCV turns it{_turned_size(header)}, unless IMREAD_IGNORE_ORIENTATION or IMREAD_UNCHANGED; "
            "Pillow only with ImageOps.exif_transpose; TensorFlow does not."
        )
        yield Consequence(fact, text, "differs", ("opencv", "tensorflow", "pillow.open"), "IMREAD_IGNORE_ORIENTATION")
    elif turned == "always":
        text = f"{stored}: OpenCV and Pillow turn a TIFF{_turned_size(header)} whatever is asked."
        yield Consequence(fact, text, "agrees", ("opencv", "pillow"))
    else:
        text = f"{stored}: OpenCV does not turn an AVIF, Pillow only with ImageOps.exif_transpose."
        yield Consequence(fact, text, "differs", ("opencv", "pillow.open"))


def _turned_size(header: Header) -> str:
    before, after = header.size_wh, header.oriented_size_wh
    if before is None or after is None or before == after:
        return ""
    return f" from {before[0]}x{before[1]} to {after[0]}x{after[1]}"


def _profile(header: Header) -> Iterator[Consequence]:
    if header.icc_profile:
        text = "Nobody applies the ICC profile: all give the stored numbers."
        fact = f"ICC profile ({header.icc_profile})"
        yield Consequence(fact, text, "agrees", ("opencv", "tensorflow", "pillow"))


def _damage(header: Header) -> Iterator[Consequence]:
    if not header.truncated:
        return
    if header.format == "JPEG":
        text = (
            "The end is missing: cv2.imread fills it with grey and cv2.imdecode gives nothing; TensorFlow refuses "
            "without try_recover_truncated or acceptable_fraction, Pillow without LOAD_TRUNCATED_IMAGES."
        )
        yield Consequence(
            "truncated", text, "fails", ("opencv.imdecode", "tensorflow", "pillow"), "acceptable_fraction"
        )
    else:
        text = f"The end is missing: all three refuse a {header.format} that lacks pixels."
        yield Consequence("truncated", text, "fails", ("opencv", "tensorflow", "pillow"))


def _large(header: Header) -> Iterator[Consequence]:
    if header.size_wh is None:
        return
    pixels = header.size_wh[0] * header.size_wh[1]
    fact = f"{pixels / 1e6:.0f} million pixels"
    if pixels > 2 * PILLOW_WARNS_ABOVE_PIXELS:
        text = "Pillow refuses more than 179 million pixels unless Image.MAX_IMAGE_PIXELS is raised."
        yield Consequence(fact, text, "fails", ("pillow.open",))
    elif pixels > PILLOW_WARNS_ABOVE_PIXELS:
        text = "Pillow warns of more than 89 million pixels."
        yield Consequence(fact, text, "agrees", ("pillow.open",))


_TOPICS: tuple[Callable[[Header], Iterator[Consequence]], ...] = (
    _readers,
    _damage,
    _large,
    _jpeg_process,
    _chroma,
    _orientation,
    _channels,
    _depth,
    _alpha,
    _webp,
    _frames,
    _lossless,
    _profile,
)
