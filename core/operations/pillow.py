"""Pillow: decoding by `Image.open`, resizing by `Image.resize`.

Pillow's modes, its (width, height) sizes, its Python warnings and the missing mode for several float channels end here.
"""

import importlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ..errors import StageError
from ..formats.directory import check_exif
from ..formats.signature import picture_format
from ..header import HeaderError
from ..image import Image, as_image
from .declaration import Choice, Flag, Integer, Number, Operation, Option, Size, Snippet
from .libraries import PILLOW, load
from .notes import note
from .pillow_warnings import warnings_as_notes
from .target_size import ROUND_SIDE, SIDES, TargetSize

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_IMAGE = "https://pillow.readthedocs.io/en/stable/reference/Image.html"
_OPEN = f"{_IMAGE}#PIL.Image.open"
_DRAFT = f"{_IMAGE}#PIL.Image.Image.draft"
_RESIZE = f"{_IMAGE}#PIL.Image.Image.resize"
_OPEN_IMPORTS = ("import io", "import numpy as np", "from PIL import Image")

# By the format whose header was read: Pillow's name of it. Nothing else may open the file, which Pillow would let two
# dozen other plugins try, with sizes that nobody has checked.
_FORMATS = {
    "JPEG": ("JPEG",),
    "PNG": ("PNG",),
    "GIF": ("GIF",),
    "BMP": ("BMP",),
    "WebP": ("WEBP",),
    "TIFF": ("TIFF",),
    "AVIF": ("AVIF",),
    "JPEG 2000": ("JPEG2000",),
    "PNM": ("PPM",),
    "QOI": ("QOI",),
}

# Modes whose arrays are an `Image` as they are (F) or with the channels that their letters say.
_HELD_MODES = ("L", "LA", "RGB", "RGBA", "F")

_OPEN_OPTIONS: tuple[Option, ...] = (
    Choice(
        name="mode",
        default="",
        choices=("", "RGB", "RGBA", "L", "LA"),
        help="Adds .convert(mode), which makes 16-bit grey almost white. '' keeps the file's mode, but 1 becomes L, 16 "
        "bits float32, and palettes, CMYK and the like RGB, or RGBA where they have transparency.",
        reference=f"{_IMAGE}#PIL.Image.Image.convert",
    ),
    Flag(
        name="exif_transpose",
        default=False,
        help="Adds ImageOps.exif_transpose: applies the EXIF orientation. Image.open does so for TIFF alone.",
        reference="https://pillow.readthedocs.io/en/stable/reference/ImageOps.html#PIL.ImageOps.exif_transpose",
    ),
    Integer(
        name="draft_ratio",
        default=1,
        choices=(1, 2, 4, 8),
        help="Adds .draft to 1/2, 1/4 or 1/8 of the size: shrinks inside a JPEG's DCT, as thumbnail() does.",
        reference=_DRAFT,
    ),
    Choice(
        name="draft_mode",
        default="",
        choices=("", "L", "YCbCr"),
        help="Adds .draft with a mode: L is a JPEG's Y plane, YCbCr leaves the colour conversion to Pillow.",
        reference=_DRAFT,
    ),
)


_RESIZE_OPTIONS: tuple[Option, ...] = (
    Choice(
        name="resample",
        default="BICUBIC",
        choices=("NEAREST", "BOX", "BILINEAR", "HAMMING", "BICUBIC", "LANCZOS", "MKS2013", "MKS2021"),
        positional=True,
        always_written=True,
        help="The kernel, stretched when shrinking; BICUBIC is Keys' with a = -0.5. MKS: Magic Kernel Sharp.",
        reference="https://pillow.readthedocs.io/en/stable/handbook/concepts.html#filters",
    ),
    Size(name="size", positional=True, help="The new size, width first.", reference=_RESIZE),
    Number(
        name="reducing_gap",
        default=0.0,
        minimum=0.0,
        maximum=100.0,
        usual=(2.0, 3.0),
        applies_when=("resample", ("BOX", "BILINEAR", "HAMMING", "BICUBIC", "LANCZOS", "MKS2013", "MKS2021")),
        help="Averages whole blocks first, down to this many times the new size; thumbnail() has 2. Below 1: off.",
        reference=_RESIZE,
    ),
    Choice(
        name="side_rounding",
        default="truncate",
        choices=tuple(ROUND_SIDE),
        applies_to_fits=SIDES,
        help="How shorter= and longer= make the other side whole; torchvision truncates.",
        reference="https://github.com/pytorch/vision/blob/main/torchvision/transforms/functional.py",
    ),
)


def open_image(data: bytes, *, mode: str, exif_transpose: bool, draft_ratio: int, draft_mode: str) -> Image:
    """`Image.open` with what usually follows; raises `StageError` where Pillow refuses.

    Of an animation it is the first frame. Modes that an `Image` cannot hold are converted, see the option `mode`.
    """
    pillow = load(PILLOW)
    with warnings_as_notes(), _refusals_in_words(pillow):
        picture = pillow.open(io.BytesIO(data), formats=_FORMATS.get(picture_format(data) or "", ()))
        if (draft_ratio, draft_mode) != (1, ""):
            _draft(picture, draft_ratio, draft_mode)
        if exif_transpose:
            check_exif(picture.info.get("exif", b""))
            picture = importlib.import_module("PIL.ImageOps").exif_transpose(picture)
        picture = picture.convert(mode) if mode else _in_a_mode_that_is_held(picture)
        decoded = np.asarray(picture)
    return as_image(_on_levels(decoded).reshape(picture.height, picture.width, -1))


def _draft(picture: "Picture", ratio: int, mode: str) -> None:
    if min(picture.size) < ratio:
        size = f"{picture.width}x{picture.height}"
        raise StageError(f"draft cannot make a {size} picture {ratio} times smaller.", "Choose a smaller draft_ratio.")
    if picture.draft(mode or None, (picture.width // ratio, picture.height // ratio)) is None:
        note(f"draft has no effect on {picture.format}: only JPEG can be decoded smaller.")


def _in_a_mode_that_is_held(picture: "Picture") -> "Picture":
    if picture.mode in _HELD_MODES or picture.mode.startswith("I"):
        return picture
    if picture.mode == "1":
        return picture.convert("L")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _on_levels(decoded: npt.NDArray[Any]) -> npt.NDArray[Any]:
    if decoded.dtype in (np.uint8, np.float32):
        return decoded
    note("16-bit values were divided by 257 to lie on the 0 to 255 scale.")
    return decoded.astype(np.float32) / np.float32(257)


@contextmanager
def _refusals_in_words(pillow: ModuleType) -> Iterator[None]:
    try:
        yield
    except pillow.UnidentifiedImageError as error:
        raise StageError(
            "Pillow knows no such format, or the file's header is damaged.", "Try another library's decoder."
        ) from error
    except pillow.DecompressionBombError as error:
        raise StageError(
            f"Pillow refuses so large a picture: {error}",
            "Another library decodes it; in code of your own set PIL.Image.MAX_IMAGE_PIXELS.",
        ) from error
    except HeaderError as error:
        raise StageError(f"Its EXIF is damaged: {error}.", "Set exif_transpose=false.") from error
    except (OSError, SyntaxError) as error:
        raise StageError(
            f"Pillow cannot decode it: {error}.",
            "Try opencv.imread, which fills in what a truncated file lacks; in code of your own set "
            "PIL.ImageFile.LOAD_TRUNCATED_IMAGES.",
        ) from error


def resize(image: Image, *, resample: str, size: TargetSize, reducing_gap: float, side_rounding: str) -> Image:
    """`Image.resize` in the image's own dtype.

    uint8 is resized in fixed-point arithmetic, all channels as one picture, which Pillow premultiplies by the alpha.
    float32 is resized channel by channel in mode F, the only float mode, so that nothing is premultiplied.
    """
    pillow = load(PILLOW)
    height, width = image.shape[:2]
    target_wh = size.resolve((width, height), side_rounding)
    gap = reducing_gap if reducing_gap >= 1 else None
    has_a_mode = image.dtype == np.uint8 and image.shape[2] > 1
    resized = [
        pillow.fromarray(part).resize(target_wh, pillow.Resampling[resample], reducing_gap=gap)
        for part in ([image] if has_a_mode else np.moveaxis(image, 2, 0))
    ]
    return as_image(np.dstack(resized))


def _open_snippet(*, mode: str, exif_transpose: bool, draft_ratio: int, draft_mode: str) -> Snippet:
    lines = ["image = Image.open(io.BytesIO(data))"]
    if (draft_ratio, draft_mode) != (1, ""):
        draft = f'"{draft_mode}"' if draft_mode else "None"
        lines.append(f"image.draft({draft}, (image.width // {draft_ratio}, image.height // {draft_ratio}))")
    if exif_transpose:
        lines.append("image = ImageOps.exif_transpose(image)")
    imports = (*_OPEN_IMPORTS, *(("from PIL import ImageOps",) if exif_transpose else ()))
    return Snippet(imports=imports, lines=(*lines, *(_converted_lines(mode) if mode else _STORED_LINES)))


def _converted_lines(mode: str) -> tuple[str, ...]:
    grey = "[:, :, np.newaxis]" if mode == "L" else ""
    return (f'image = np.asarray(image.convert("{mode}")){grey}',)


_STORED_LINES = (
    'if image.mode == "1":',
    '    image = image.convert("L")',
    f'elif image.mode not in {_HELD_MODES} and not image.mode.startswith("I"):'.replace("'", '"'),
    '    image = image.convert("RGBA" if image.has_transparency_data else "RGB")',
    "image = np.asarray(image)",
    "if image.dtype not in (np.uint8, np.float32):  # 16 bits",
    "    image = image.astype(np.float32) / np.float32(257)",
    "image = image.reshape(*image.shape[:2], -1)",
)


def _resize_snippet(*, resample: str, size: TargetSize, reducing_gap: float, side_rounding: str) -> Snippet:
    imports, lines = size.code(side_rounding)
    gap = f", reducing_gap={reducing_gap!r}" if reducing_gap >= 1 and resample != "NEAREST" else ""
    return Snippet(
        imports=("import numpy as np", "from PIL import Image", *imports),
        lines=(
            *lines,
            "# Pillow has no mode for several float channels: those are resized one by one.",
            "has_a_mode = image.dtype == np.uint8 and image.shape[2] > 1",
            "parts = [image] if has_a_mode else np.moveaxis(image, 2, 0)",
            f"resample = Image.Resampling.{resample}",
            f"resized = [Image.fromarray(part).resize((width, height), resample{gap}) for part in parts]",
            "image = np.dstack(resized)",
        ),
    )


OPERATIONS = (
    Operation(
        name="pillow.open",
        kind="decode",
        summary="Opens a file in the mode in which it is stored; a truncated file is refused.",
        reference=_OPEN,
        options=_OPEN_OPTIONS,
        run=open_image,
        snippet=_open_snippet,
    ),
    Operation(
        name="pillow.resize",
        kind="resize",
        summary="Resizes at half-pixel centres and always looks at every source pixel, except with NEAREST.",
        reference=_RESIZE,
        options=_RESIZE_OPTIONS,
        run=resize,
        snippet=_resize_snippet,
    ),
)
