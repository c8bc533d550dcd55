"""OpenCV: decoding by `imdecode` and `imread`, resizing by `resize`.

BGR order, two-dimensional grey pictures, 16-bit integers and None for a failure end here.
"""

import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import StageError
from ..image import Image, as_image
from .declaration import Choice, Flag, Operation, Option, Size, Snippet
from .libraries import OPENCV, load
from .notes import note
from .opencv_dangers import refuse_what_crashes
from .target_size import ROUND_SIDE, SIDES, TargetSize

_IMREAD = "https://docs.opencv.org/5.x/d8/d6a/group__imgcodecs__flags.html"
_RESIZE = "https://docs.opencv.org/5.x/da/d54/group__imgproc__transform.html"

_UINT16 = np.dtype(np.uint16)
_JPEG = b"\xff\xd8\xff"
_FLAGS = (
    "IMREAD_COLOR",
    "IMREAD_GRAYSCALE",
    "IMREAD_UNCHANGED",
    "IMREAD_REDUCED_COLOR_2",
    "IMREAD_REDUCED_COLOR_4",
    "IMREAD_REDUCED_COLOR_8",
    "IMREAD_REDUCED_GRAYSCALE_2",
    "IMREAD_REDUCED_GRAYSCALE_4",
    "IMREAD_REDUCED_GRAYSCALE_8",
)

_DECODE_OPTIONS: tuple[Option, ...] = (
    Choice(
        name="flags",
        default="IMREAD_COLOR",
        choices=_FLAGS,
        positional=True,
        help="Three channels, one, or what is stored; the reduced ones scale inside the JPEG's DCT.",
        reference=_IMREAD,
    ),
    Flag(
        name="any_depth",
        default=False,
        applies_when=("flags", ("IMREAD_COLOR", "IMREAD_GRAYSCALE")),
        help="Adds IMREAD_ANYDEPTH: 16 bits are kept (float32 on the 0 to 255 scale), not the high byte alone.",
        reference=_IMREAD,
    ),
    Flag(
        name="ignore_orientation",
        default=False,
        applies_when=("flags", tuple(flag for flag in _FLAGS if flag != "IMREAD_UNCHANGED")),
        help="Adds IMREAD_IGNORE_ORIENTATION: the EXIF orientation is not applied. IMREAD_UNCHANGED never applies it.",
        reference=_IMREAD,
    ),
)


def _flag_names(flags: str, any_depth: bool, ignore_orientation: bool) -> tuple[str, ...]:
    extra = []
    if any_depth and flags in ("IMREAD_COLOR", "IMREAD_GRAYSCALE"):
        extra.append("IMREAD_ANYDEPTH")
    if ignore_orientation and flags != "IMREAD_UNCHANGED":
        extra.append("IMREAD_IGNORE_ORIENTATION")
    return (flags, *extra)


@cache
def _flags_for(is_jpeg: bool, flags: str, any_depth: bool, ignore_orientation: bool) -> tuple[int, bool]:
    """The flags to decode with, and whether they give RGB instead of BGR.

    libjpeg gives either order as quickly, and then no second pass over the pixels is needed. IMREAD_COLOR_RGB is for
    JPEG alone because OpenCV 5.0 leaves others' channels in BGR: of AVIF with alpha, of PAM and of 16-bit TIFF.
    """
    cv2 = load(OPENCV)
    names = _flag_names(flags, any_depth, ignore_orientation)
    is_rgb = is_jpeg and flags == "IMREAD_COLOR" and "IMREAD_ANYDEPTH" not in names
    if is_rgb:
        names = ("IMREAD_COLOR_RGB", *names[1:])
    return sum(int(getattr(cv2, name)) for name in names), is_rgb


def imdecode(data: bytes, *, flags: str, any_depth: bool, ignore_orientation: bool) -> Image:
    """`cv2.imdecode`; raises `StageError` where it gives None (an unknown format, a truncated file)."""
    cv2 = load(OPENCV)
    flag_value, is_rgb = _flags_for(data.startswith(_JPEG), flags, any_depth, ignore_orientation)
    refuse_what_crashes(data)
    decoded = cv2.imdecode(np.frombuffer(data, np.uint8), flag_value)
    if decoded is None:
        raise StageError(
            "cv2.imdecode gave None: it knows no such format, or the file is damaged.",
            "Try opencv.imread, which fills in what a truncated file lacks, or another library's decoder.",
        )
    return as_image(decoded) if is_rgb else _from_bgr(cv2, decoded)


def imread(data: bytes, *, flags: str, any_depth: bool, ignore_orientation: bool) -> Image:
    """`cv2.imread` of a temporary file of these bytes; it reads truncated files that `imdecode` refuses."""
    cv2 = load(OPENCV)
    flag_value, is_rgb = _flags_for(data.startswith(_JPEG), flags, any_depth, ignore_orientation)
    refuse_what_crashes(data)
    with tempfile.TemporaryDirectory(prefix="samepixels-") as folder:
        path = Path(folder, "picture")
        path.write_bytes(data)
        decoded = cv2.imread(str(path), flag_value)
    if decoded is None:
        raise StageError(
            "cv2.imread gave None: it knows no such format, or the file is damaged.",
            "Try another library's decoder.",
        )
    return as_image(decoded) if is_rgb else _from_bgr(cv2, decoded)


def _from_bgr(cv2: ModuleType, decoded: npt.NDArray[Any]) -> Image:
    if decoded.ndim == 2:
        decoded = decoded[:, :, np.newaxis]
    elif decoded.shape[2] == 3:
        decoded = cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB)
    elif decoded.shape[2] == 4:
        decoded = cv2.cvtColor(decoded, cv2.COLOR_BGRA2RGBA)
    if decoded.dtype == _UINT16:
        note("16-bit values were divided by 257 to lie on the 0 to 255 scale.")
        decoded = decoded.astype(np.float32) / np.float32(257)
    return as_image(decoded)


def _imdecode_snippet(*, flags: str, any_depth: bool, ignore_orientation: bool) -> Snippet:
    names = _flag_names(flags, any_depth, ignore_orientation)
    return _decode_snippet(f"cv2.imdecode(np.frombuffer(data, np.uint8), {_flag_code(names)})", names)


def _imread_snippet(*, flags: str, any_depth: bool, ignore_orientation: bool) -> Snippet:
    names = _flag_names(flags, any_depth, ignore_orientation)
    return _decode_snippet(f"cv2.imread(path, {_flag_code(names)})", names)


def _flag_code(names: tuple[str, ...]) -> str:
    return " | ".join(f"cv2.{name}" for name in names)


def _decode_snippet(call: str, names: tuple[str, ...]) -> Snippet:
    deep = "IMREAD_ANYDEPTH" in names or "IMREAD_UNCHANGED" in names
    scale = ("if image.dtype == np.uint16:", "    image = image.astype(np.float32) / np.float32(257)")
    return Snippet(
        imports=("import cv2", "import numpy as np"),
        lines=(f"image = {call}", *_channel_lines(names[0]), *(scale if deep else ())),
    )


def _channel_lines(flags: str) -> tuple[str, ...]:
    if "GRAYSCALE" in flags:
        return ("image = image[:, :, np.newaxis]",)
    if flags != "IMREAD_UNCHANGED":
        return ("image = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)",)
    return (
        "if image.ndim == 2:",
        "    image = image[:, :, np.newaxis]",
        "else:",
        "    to_rgb = {3: cv2.COLOR_BGR2RGB, 4: cv2.COLOR_BGRA2RGBA}[image.shape[2]]",
        "    image = cv2.cvtColor(image, to_rgb)",
    )


def resize(image: Image, *, interpolation: str, size: TargetSize, side_rounding: str) -> Image:
    """`cv2.resize` in the image's own dtype: fixed-point arithmetic for uint8, floats for float32."""
    cv2 = load(OPENCV)
    height, width = image.shape[:2]
    target_wh = size.resolve((width, height), side_rounding)
    resized = cv2.resize(image, target_wh, interpolation=getattr(cv2, interpolation))
    return as_image(resized[:, :, np.newaxis] if resized.ndim == 2 else resized)


def _resize_snippet(*, interpolation: str, size: TargetSize, side_rounding: str) -> Snippet:
    imports, lines = size.code(side_rounding)
    return Snippet(
        imports=("import cv2", *imports),
        lines=(
            *lines,
            "channels = image.shape[2]",
            f"image = cv2.resize(image, (width, height), interpolation=cv2.{interpolation})",
            "image = image.reshape(height, width, channels)",
        ),
    )


def _decoder(name: str, run: Callable[..., Image], snippet: Callable[..., Snippet], summary: str) -> Operation:
    return Operation(
        name=f"opencv.{name}",
        kind="decode",
        summary=summary,
        reference="https://docs.opencv.org/5.x/d4/da8/group__imgcodecs.html",
        options=_DECODE_OPTIONS,
        run=run,
        snippet=snippet,
    )


OPERATIONS = (
    _decoder("imdecode", imdecode, _imdecode_snippet, "Decodes bytes in memory; a truncated file is refused."),
    _decoder("imread", imread, _imread_snippet, "Decodes a file; what a truncated one lacks becomes grey."),
    Operation(
        name="opencv.resize",
        kind="resize",
        summary="Resizes at half-pixel centres; only INTER_AREA looks at every source pixel when shrinking.",
        reference=_RESIZE,
        options=(
            Choice(
                name="interpolation",
                default="INTER_LINEAR",
                choices=(
                    "INTER_NEAREST",
                    "INTER_LINEAR",
                    "INTER_CUBIC",
                    "INTER_AREA",
                    "INTER_LANCZOS4",
                    "INTER_LINEAR_EXACT",
                    "INTER_NEAREST_EXACT",
                ),
                positional=True,
                always_written=True,
                help="The kernel: INTER_CUBIC is Keys' with a = -0.75, INTER_NEAREST rounds down.",
                reference=_RESIZE,
            ),
            Size(name="size", positional=True, help="The new size, width first.", reference=_RESIZE),
            Choice(
                name="side_rounding",
                default="half_up",
                choices=tuple(ROUND_SIDE),
                applies_to_fits=SIDES,
                help="How shorter= and longer= make the other side whole; mmcv rounds, MLPerf truncates.",
                reference="https://github.com/open-mmlab/mmcv/blob/main/mmcv/image/geometric.py",
            ),
        ),
        run=resize,
        snippet=_resize_snippet,
    ),
)
