"""TensorFlow's refusals in one readable sentence and a remedy, for both of its adapters.

Its own words come wrapped in the names of graph nodes and kernels, and often name the wrong thing: a truncated file, a
damaged one and a CMYK file that cannot become grey are all "jpeg::Uncompress failed".
"""

import re
from dataclasses import dataclass

from ..errors import StageError

_WRAPPING = re.compile(r"\{\{.*?\}\}|\[Op:\w+\].*", re.DOTALL)
_READ_IT_ELSEWHERE = "Copy or export the file again, or try opencv.imread, which fills in what a truncated file lacks."


@dataclass(frozen=True)
class _Refusal:
    """Words that TensorFlow's message contains, what they mean (empty: what they say), and what to do."""

    words: str
    meaning: str
    remedy: str


_REFUSALS = (
    _Refusal(
        "Unknown image file format",
        "TensorFlow reads JPEG, JPEG XL, PNG, GIF, BMP and WebP, and this file is none of these.",
        "Decode it with opencv.imdecode or pillow.open, or convert it to PNG.",
    ),
    _Refusal(
        "jpeg::Uncompress failed",
        "The JPEG is damaged or ends too early, or its colours cannot become the channels that are asked for.",
        "Try tensorflow.decode_jpeg with try_recover_truncated=true, which fills the rest with grey, or with a lower "
        "acceptable_fraction, which fills it with black; CMYK needs channels=3.",
    ),
    _Refusal("Invalid PNG", "The PNG is damaged or ends too early.", _READ_IT_ELSEWHERE),
    _Refusal("Invalid GIF", "The GIF is damaged or ends too early.", _READ_IT_ELSEWHERE),
    _Refusal("Failed to decode WebP", "The WebP is damaged or ends too early.", _READ_IT_ELSEWHERE),
    _Refusal(
        "animated gifs can only be decoded",
        "tf.io.decode_jpeg takes no animated GIF.",
        "Use tensorflow.decode_image(expand_animations=false), which gives the first frame.",
    ),
    _Refusal("using a wrong op", "tf.io.decode_jpeg does not read BMP.", "Use tensorflow.decode_image."),
    _Refusal("only supports uint8 for dtype", "", "Use dtype=uint8, the default."),
    _Refusal("align_corners must be False", "", "Set align_corners=false or half_pixel_centers=false."),
    _Refusal(
        "output dimensions must be positive",
        "This size leaves a side of 0 pixels.",
        "Set preserve_aspect_ratio=false, or ask for a larger size.",
    ),
    _Refusal("channel", "", "Use channels=0, the file's own, or channels=3."),
)
_OTHERWISE = _Refusal("", "", "Another library's operation may do it.")


def refusal(message: str) -> StageError:
    """The error for TensorFlow's `message`, that of a `tf.errors.OpError`."""
    words = " ".join(_WRAPPING.sub("", message).split()).rstrip(".") + "."
    known = next((each for each in _REFUSALS if each.words in words), _OTHERWISE)
    return StageError(known.meaning or f"TensorFlow says: {words}", known.remedy)
