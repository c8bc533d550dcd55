"""Casts and channel orders: numpy alone, each rule spelled out as the libraries have it."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from ..errors import StageError
from ..image import Image, as_image
from .declaration import Choice, Operation, Snippet
from .notes import note

_SATURATE_CAST = "https://www.tensorflow.org/api_docs/python/tf/dtypes/saturate_cast"
_CAST = "https://www.tensorflow.org/api_docs/python/tf/cast"
_CVT_COLOR = "https://docs.opencv.org/5.x/de/d25/imgproc_color_conversions.html"

_UINT8_CODE = {
    "round": "np.clip(np.rint(image), 0, 255).astype(np.uint8)",
    "saturate": "np.clip(image, 0, 255).astype(np.uint8)",
    "truncate": "(np.trunc(image).astype(np.int64) & 255).astype(np.uint8)",
    "astype": "image.astype(np.uint8)",
}
_TO_UINT8: dict[str, Callable[[Image], npt.NDArray[np.uint8]]] = {
    "round": lambda image: np.clip(np.rint(image), 0, 255).astype(np.uint8),
    "saturate": lambda image: np.clip(image, 0, 255).astype(np.uint8),
    "truncate": lambda image: (np.trunc(image).astype(np.int64) & 255).astype(np.uint8),
    "astype": lambda image: image.astype(np.uint8),
}


def cast_uint8(image: Image, *, rule: str) -> Image:
    """`image` as uint8 by one of four rules, noting how many values did not fit; a uint8 picture stays as it is."""
    if image.dtype == np.uint8:
        return image
    if not np.isfinite(image).all():
        raise StageError(
            "The picture has values that are not finite.", "They cannot become uint8: look for a division by 0."
        )
    _note_out_of_range(image, rule)
    with np.errstate(invalid="ignore"):
        return as_image(_TO_UINT8[rule](image))


def _note_out_of_range(image: Image, rule: str) -> None:
    whole = np.rint(image) if rule == "round" else np.trunc(image)
    outside = int(np.count_nonzero((whole < 0) | (whole > 255)))
    if outside:
        effect = "wrapped around" if rule in ("truncate", "astype") else "were clipped"
        note(f"{outside} of {image.size} values lay outside 0 to 255 and {effect}.")


def _cast_uint8_snippet(*, rule: str) -> Snippet:
    return Snippet(
        imports=("import numpy as np",),
        lines=("if image.dtype != np.uint8:", f"    image = {_UINT8_CODE[rule]}"),
    )


def cast_float32(image: Image) -> Image:
    """The same values as float32."""
    return as_image(image.astype(np.float32))


def swap(image: Image) -> Image:
    """Red and blue exchanged; alpha stays. Raises `StageError` for a picture without colour."""
    _require_color(image)
    return as_image(image[:, :, [2, 1, 0, 3][: image.shape[2]]])


def _require_color(image: Image) -> None:
    if image.shape[2] < 3:
        raise StageError(
            f"The picture has {image.shape[2]} channel(s), and colour has three.",
            "Decode with channels=3, IMREAD_COLOR or mode=RGB.",
        )


_INTEGER_WEIGHTS = {"cvtColor": ((9798, 19235, 3735), 15), "convert": ((19595, 38470, 7471), 16)}
_FLOAT_WEIGHTS = {
    "cvtColor": (0.299, 0.587, 0.114),
    "convert": (0.299, 0.587, 0.114),
    "rgb_to_grayscale": (0.2989, 0.587, 0.114),
}


def gray(image: Image, *, rule: str) -> Image:
    """One channel from three by the arithmetic of the named library function; alpha is dropped.

    For uint8: `cvtColor` (OpenCV) rounds weights of 1/2^15, `convert` (Pillow) rounds weights of 1/2^16,
    `rgb_to_grayscale` (TensorFlow) goes through floats from 0 to 1 and truncates. Each was compared with its library
    over a grid of 86^3 colours: no value differs. A float32 picture gets the weighted sum unrounded.
    """
    _require_color(image)
    if image.dtype == np.float32:
        return as_image(_weighted(image.astype(np.float32, copy=False), rule)[:, :, np.newaxis])
    if rule in _INTEGER_WEIGHTS:
        weights, shift = _INTEGER_WEIGHTS[rule]
        total = image[:, :, :3].astype(np.int64) @ np.array(weights)
        return as_image(((total + (1 << (shift - 1))) >> shift).astype(np.uint8)[:, :, np.newaxis])
    unit = image.astype(np.float32) * np.float32(1 / 255)
    # 255.5 and truncation is how tf.image.convert_image_dtype goes back to integers.
    return as_image((_weighted(unit, rule) * np.float32(255.5)).astype(np.uint8)[:, :, np.newaxis])


def _weighted(image: npt.NDArray[np.float32], rule: str) -> npt.NDArray[np.float32]:
    red, green, blue = np.array(_FLOAT_WEIGHTS[rule], np.float32)
    total: npt.NDArray[np.float32] = image[:, :, 0] * red + image[:, :, 1] * green + image[:, :, 2] * blue
    return total


def _gray_snippet(*, rule: str) -> Snippet:
    red, green, blue = _FLOAT_WEIGHTS[rule]
    weigh = (
        f"    red, green, blue = np.float32([{red}, {green}, {blue}])",
        "    image = image[:, :, 0] * red + image[:, :, 1] * green + image[:, :, 2] * blue",
    )
    return Snippet(
        imports=("import numpy as np",),
        lines=(
            "if image.dtype == np.uint8:",
            *_uint8_gray_lines(rule, weigh),
            "else:",
            *weigh,
            "image = image[:, :, np.newaxis]",
        ),
    )


def _uint8_gray_lines(rule: str, weigh: tuple[str, ...]) -> tuple[str, ...]:
    if rule in _INTEGER_WEIGHTS:
        weights, shift = _INTEGER_WEIGHTS[rule]
        return (
            f"    total = image[:, :, :3].astype(np.int64) @ np.array({list(weights)})",
            f"    image = ((total + {1 << (shift - 1)}) >> {shift}).astype(np.uint8)",
        )
    return (
        "    image = image.astype(np.float32) * np.float32(1 / 255)",
        *weigh,
        "    image = (image * np.float32(255.5)).astype(np.uint8)",
    )


OPERATIONS = (
    Operation(
        name="cast.uint8",
        kind="cast",
        summary="Floats to whole numbers from 0 to 255.",
        reference=_CAST,
        options=(
            Choice(
                name="rule",
                default="round",
                choices=tuple(_UINT8_CODE),
                positional=True,
                always_written=True,
                help="round: half to even, then clip (right). saturate: clip, then cut decimals (tf.saturate_cast). "
                "truncate: cut decimals, wrap modulo 256 (tf.cast). astype: numpy's own, which wraps here.",
                reference=_SATURATE_CAST,
            ),
        ),
        run=cast_uint8,
        snippet=_cast_uint8_snippet,
    ),
    Operation(
        name="cast.float32",
        kind="cast",
        summary="The same values as float32; a resize after it works in floats.",
        reference="https://numpy.org/doc/stable/reference/generated/numpy.ndarray.astype.html",
        options=(),
        run=cast_float32,
        snippet=lambda: Snippet(imports=("import numpy as np",), lines=("image = image.astype(np.float32)",)),
    ),
    Operation(
        name="channels.swap",
        kind="channels",
        summary="Exchanges red and blue: what forgetting OpenCV's BGR order does.",
        reference=_CVT_COLOR,
        options=(),
        run=swap,
        snippet=lambda: Snippet(lines=("image = image[:, :, [2, 1, 0, 3][: image.shape[2]]]",)),
    ),
    Operation(
        name="channels.gray",
        kind="channels",
        summary="One channel from three, weighted as ITU-R BT.601 has it.",
        reference=_CVT_COLOR,
        options=(
            Choice(
                name="rule",
                default="cvtColor",
                choices=tuple(_FLOAT_WEIGHTS),
                positional=True,
                always_written=True,
                help="Whose arithmetic: OpenCV's, Pillow's convert('L') or tf.image's, which truncates.",
                reference=_CVT_COLOR,
            ),
        ),
        run=gray,
        snippet=_gray_snippet,
    ),
)
