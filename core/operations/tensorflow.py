"""TensorFlow: decoding by `tf.io.decode_jpeg` and `tf.io.decode_image`, resizing by `tf.image.resize`.

Tensors, (height, width) sizes, 16-bit integers, 0 to 1 floats and the batch of an animation end here.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import StageError
from ..image import Image, as_image
from .declaration import Choice, Flag, Integer, Number, Operation, Option, Size, Snippet, Value
from .libraries import TENSORFLOW, load
from .notes import note
from .target_size import ROUND_SIDE, SIDES, Fit, TargetSize
from .tensor_memory import batch_of, image_of, size_tensor
from .tensorflow_dangers import refuse_large_batch, refuse_what_crashes, refuse_what_hangs
from .tensorflow_refusals import refusal

_DECODE_JPEG = "https://www.tensorflow.org/api_docs/python/tf/io/decode_jpeg"
_DECODE_IMAGE = "https://www.tensorflow.org/api_docs/python/tf/io/decode_image"
_RESIZE = "https://www.tensorflow.org/api_docs/python/tf/image/resize"
_IMPORTS = ("import tensorflow as tf",)
_LINE_CHARACTERS = 100

_DECODE_JPEG_OPTIONS: tuple[Option, ...] = (
    Choice(
        name="dct_method",
        default="",
        choices=("", "INTEGER_FAST", "INTEGER_ACCURATE"),
        help="The inverse DCT: '' is INTEGER_FAST, 0.6 to 0.8 levels darker; OpenCV and Pillow have INTEGER_ACCURATE.",
        reference=_DECODE_JPEG,
    ),
    Flag(
        name="fancy_upscaling",
        default=True,
        help="Interpolates the chroma of 4:2:2 and 4:2:0 files; false repeats it. Nothing changes on 4:4:4.",
        reference=_DECODE_JPEG,
    ),
    Integer(
        name="ratio",
        default=1,
        choices=(1, 2, 4, 8),
        help="Shrinks inside the JPEG's DCT, as OpenCV's IMREAD_REDUCED flags and Pillow's draft do.",
        reference=_DECODE_JPEG,
    ),
    Integer(
        name="channels",
        default=0,
        choices=(0, 1, 3),
        help="0 is the file's own number, 1 grey (a JPEG's Y plane), 3 RGB.",
        reference=_DECODE_JPEG,
    ),
    Flag(
        name="try_recover_truncated",
        default=False,
        help="Fills what a truncated file lacks with grey instead of refusing it.",
        reference=_DECODE_JPEG,
    ),
    Number(
        name="acceptable_fraction",
        default=1.0,
        minimum=0.0,
        maximum=1.0,
        applies_when=("try_recover_truncated", (False,)),
        help="The share of rows that a truncated file must have; the others become black.",
        reference=_DECODE_JPEG,
    ),
)

_DECODE_IMAGE_OPTIONS: tuple[Option, ...] = (
    Integer(
        name="channels",
        default=0,
        choices=(0, 1, 3, 4),
        help="0 is the file's own number, 1 grey, 3 RGB, 4 RGBA; GIF has 3 alone, WebP its own alone.",
        reference=_DECODE_IMAGE,
    ),
    Choice(
        name="dtype",
        default="uint8",
        choices=("uint8", "uint16", "float32"),
        help="Here uint16 is divided by 257 and float32 (0 to 1) multiplied by 255; a JPEG's white is 65280 in uint16.",
        reference=_DECODE_IMAGE,
    ),
    Flag(
        name="expand_animations",
        default=True,
        help="Gives every GIF and WebP as a batch of frames, which is refused here; false gives the first frame.",
        reference=_DECODE_IMAGE,
    ),
)

_ANTIALIASED = ("bilinear", "bicubic", "lanczos3", "lanczos5", "gaussian", "mitchellcubic")
_METHODS = ("bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic")

_RESIZE_OPTIONS: tuple[Option, ...] = (
    Choice(
        name="method",
        default="bilinear",
        choices=_METHODS,
        positional=True,
        always_written=True,
        help="The kernel: bicubic is Keys' with a = -0.5, area averages over the source interval, nearest keeps uint8.",
        reference=_RESIZE,
    ),
    Size(name="size", positional=True, help="The new size, width first.", reference=_RESIZE),
    Flag(
        name="antialias",
        default=False,
        applies_when=("method", _ANTIALIASED),
        help="Stretches the kernel by the scale when shrinking, as Pillow always does; nearest and area do not use it.",
        reference=_RESIZE,
    ),
    Flag(
        name="preserve_aspect_ratio",
        default=False,
        applies_to_fits=(Fit.EXACT,),
        help="Takes WIDTHxHEIGHT as the most that either side may have, and keeps the aspect ratio.",
        reference=_RESIZE,
    ),
    Choice(
        name="side_rounding",
        default="half_even",
        choices=tuple(ROUND_SIDE),
        applies_to_fits=SIDES,
        help="How shorter= and longer= make the other side whole; TF-Slim uses tf.rint, which rounds half to even.",
        reference="https://github.com/tensorflow/models/blob/master/research/slim/preprocessing/vgg_preprocessing.py",
    ),
)


def decode_jpeg(data: bytes, **options: Value) -> Image:
    """`tf.io.decode_jpeg`, which reads PNG and single-frame GIF too; raises `StageError` where TensorFlow refuses."""
    tf = load(TENSORFLOW)
    refuse_what_crashes(data, options["channels"])
    refuse_what_hangs(data, options["try_recover_truncated"])
    refuse_large_batch(data)
    try:
        decoded = tf.io.decode_jpeg(data, **options)
    except tf.errors.OpError as error:
        raise refusal(error.message) from error
    remedy = "Use tensorflow.decode_image(expand_animations=false), which gives the first frame."
    _refuse_batch(np.asarray(decoded).shape, remedy)
    return image_of(decoded)


def decode_image(data: bytes, *, channels: int, dtype: str, expand_animations: bool) -> Image:
    """`tf.io.decode_image` on the 0 to 255 scale; raises `StageError` for a batch, and where TensorFlow refuses."""
    tf = load(TENSORFLOW)
    refuse_what_crashes(data, channels)
    if expand_animations:
        refuse_large_batch(data)
    try:
        decoded = tf.io.decode_image(data, channels, dtype=getattr(tf, dtype), expand_animations=expand_animations)
    except tf.errors.OpError as error:
        raise refusal(error.message) from error
    values = np.asarray(decoded)
    _refuse_batch(values.shape, "Set expand_animations=false, which gives the first frame.")
    return image_of(decoded) if dtype == "uint8" else as_image(_on_levels(values))


def _refuse_batch(shape: tuple[int, ...], remedy: str) -> None:
    if len(shape) == 4:
        frames = f"{shape[0]} frame{'s' if shape[0] > 1 else ''}"
        raise StageError(f"TensorFlow gave a batch of {frames}, shape {shape}, not one picture.", remedy)


def _on_levels(decoded: npt.NDArray[Any]) -> npt.NDArray[Any]:
    if decoded.dtype == np.uint16:
        note("16-bit values were divided by 257 to lie on the 0 to 255 scale.")
        return decoded.astype(np.float32) / np.float32(257)
    if decoded.dtype == np.float32:
        note("Values from 0 to 1 were multiplied by 255 to lie on the 0 to 255 scale.")
        return decoded * np.float32(255)
    return decoded


def resize(
    image: Image,
    *,
    method: str,
    size: TargetSize,
    antialias: bool,
    preserve_aspect_ratio: bool,
    side_rounding: str,
) -> Image:
    """`tf.image.resize`: float32 from every method but nearest, which keeps the image's dtype."""
    tf = load(TENSORFLOW)
    height, width = image.shape[:2]
    target_width, target_height = size.resolve((width, height), side_rounding)
    try:
        resized = tf.image.resize(
            batch_of(image),
            size_tensor(target_height, target_width),
            method=method,
            # With shorter= and longer= the size has the aspect ratio, and TensorFlow's own rounding may not change it.
            preserve_aspect_ratio=preserve_aspect_ratio and size.fit is Fit.EXACT,
            antialias=antialias,
        )
    except tf.errors.OpError as error:
        raise refusal(error.message) from error
    return image_of(resized)


def _decode_jpeg_snippet(**options: Value) -> Snippet:
    return Snippet(
        imports=_IMPORTS, lines=_call("tf.io.decode_jpeg", "data", *_arguments(options, _DECODE_JPEG_OPTIONS))
    )


def _decode_image_snippet(*, dtype: str, **options: Value) -> Snippet:
    to_levels = {
        "uint8": (),
        "uint16": ("image = image.astype(np.float32) / np.float32(257)",),
        "float32": ("image = image * np.float32(255)",),
    }[dtype]
    arguments = (*_arguments(options, _DECODE_IMAGE_OPTIONS), *(() if dtype == "uint8" else (f"dtype=tf.{dtype}",)))
    return Snippet(
        imports=(*_IMPORTS, *(("import numpy as np",) if to_levels else ())),
        lines=(*_call("tf.io.decode_image", "data", *arguments), *to_levels),
    )


def _resize_snippet(
    *, method: str, size: TargetSize, antialias: bool, preserve_aspect_ratio: bool, side_rounding: str
) -> Snippet:
    imports, lines = size.code(side_rounding)
    arguments = [f'method="{method}"']
    if preserve_aspect_ratio and size.fit is Fit.EXACT:
        arguments.append("preserve_aspect_ratio=True")
    if antialias and method in _ANTIALIASED:
        arguments.append("antialias=True")
    return Snippet(
        imports=(*_IMPORTS, *imports),
        lines=(*lines, *_call("tf.image.resize", "image", "(height, width)", *arguments)),
    )


def _call(function: str, *arguments: str) -> tuple[str, ...]:
    """The call that sets `image`, on one line if it is short."""
    line = f"image = {function}({', '.join(arguments)}).numpy()"
    if len(line) <= _LINE_CHARACTERS:
        return (line,)
    return (f"image = {function}(", *(f"    {argument}," for argument in arguments), ").numpy()")


def _arguments(options: dict[str, Value], declared: tuple[Option, ...]) -> tuple[str, ...]:
    """The options that have not the library's own default, as Python's keyword arguments."""
    defaults = {option.name: option.default for option in declared}
    return tuple(f"{name}={_literal(value)}" for name, value in options.items() if value != defaults[name])


def _literal(value: Value) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


OPERATIONS = (
    Operation(
        name="tensorflow.decode_jpeg",
        kind="decode",
        summary="Decodes JPEG with a choice of the inverse DCT; the EXIF orientation is not applied.",
        reference=_DECODE_JPEG,
        options=_DECODE_JPEG_OPTIONS,
        run=decode_jpeg,
        snippet=_decode_jpeg_snippet,
    ),
    Operation(
        name="tensorflow.decode_image",
        kind="decode",
        summary="Decodes any format that TensorFlow reads, JPEG always by INTEGER_FAST; no orientation is applied.",
        reference=_DECODE_IMAGE,
        options=_DECODE_IMAGE_OPTIONS,
        run=decode_image,
        snippet=_decode_image_snippet,
    ),
    Operation(
        name="tensorflow.resize",
        kind="resize",
        summary="Resizes at half-pixel centres into float32; without antialias it skips source pixels when shrinking.",
        reference=_RESIZE,
        options=_RESIZE_OPTIONS,
        run=resize,
        snippet=_resize_snippet,
    ),
)
