"""Cropping and padding: numpy alone, with the offsets that the libraries' users have."""

import numpy as np

from ..errors import StageError
from ..image import Image, as_image
from .declaration import Choice, Flag, Number, Operation, Size, Snippet
from .target_size import TargetSize

_TORCHVISION_CROP = "https://docs.pytorch.org/vision/main/generated/torchvision.transforms.CenterCrop.html"
_CENTRAL_CROP = "https://www.tensorflow.org/api_docs/python/tf/image/central_crop"
_EFFICIENTNET = "https://github.com/tensorflow/tpu/blob/master/models/official/efficientnet/preprocessing.py"
_LETTERBOX = "https://github.com/ultralytics/ultralytics/blob/main/ultralytics/data/augment.py"


def center_crop(image: Image, *, size: TargetSize, offset_rounding: str) -> Image:
    """The middle `size` of the picture; raises `StageError` where the picture is smaller."""
    height, width = image.shape[:2]
    if size.width > width or size.height > height:
        raise StageError(
            f"The crop of {size} does not fit into the picture of {width}x{height}.",
            "Resize before cropping, to shorter=N say, or crop less.",
        )
    rounded = round if offset_rounding == "half_even" else int
    top, left = rounded((height - size.height) / 2), rounded((width - size.width) / 2)
    return as_image(image[top : top + size.height, left : left + size.width])


def _center_crop_snippet(*, size: TargetSize, offset_rounding: str) -> Snippet:
    rounded = "round" if offset_rounding == "half_even" else "int"
    return Snippet(
        lines=(
            f"top = {rounded}((image.shape[0] - {size.height}) / 2)",
            f"left = {rounded}((image.shape[1] - {size.width}) / 2)",
            f"image = image[top : top + {size.height}, left : left + {size.width}]",
        )
    )


def fraction_crop(image: Image, *, fraction: float, square: bool) -> Image:
    """The middle `fraction` of each side as `tf.image.central_crop` cuts it, or of the shorter side as a square."""
    height, width = image.shape[:2]
    left, top, cut_width, cut_height = fraction_box((width, height), fraction, square=square)
    return as_image(image[top : top + cut_height, left : left + cut_width])


def fraction_box(size_wh: tuple[int, int], fraction: float, *, square: bool) -> tuple[int, int, int, int]:
    """What `fraction_crop` keeps of a picture of `size_wh`: left, top, width and height in pixels."""
    width, height = size_wh
    if square:
        side = max(1, int(fraction * min(height, width)))
        return (width - side + 1) // 2, (height - side + 1) // 2, side, side
    left, top = int((width - width * fraction) / 2), int((height - height * fraction) / 2)
    return left, top, width - 2 * left, height - 2 * top


def _fraction_crop_snippet(*, fraction: float, square: bool) -> Snippet:
    if square:
        return Snippet(
            lines=(
                "height, width = image.shape[:2]",
                f"side = max(1, int({fraction!r} * min(height, width)))",
                "top, left = (height - side + 1) // 2, (width - side + 1) // 2",
                "image = image[top : top + side, left : left + side]",
            )
        )
    return Snippet(
        lines=(
            "height, width = image.shape[:2]",
            f"top, left = int((height - height * {fraction!r}) / 2), int((width - width * {fraction!r}) / 2)",
            "image = image[top : height - top, left : width - left]",
        )
    )


def letterbox(image: Image, *, size: TargetSize, color: float) -> Image:
    """The picture in the middle of `size`, the rest filled with `color` in the image's own dtype and units.

    An odd remainder puts the larger part below and to the right. Raises `StageError` where the picture is larger.
    """
    height, width = image.shape[:2]
    if width > size.width or height > size.height:
        raise StageError(
            f"The picture of {width}x{height} does not fit into {size}.",
            f"Resize it first, to longer={min(size.width, size.height)} say.",
        )
    if image.dtype == np.uint8 and not (color.is_integer() and 0 <= color <= 255):
        raise StageError(f"A uint8 picture cannot be padded with {color:g}.", "Choose a whole number from 0 to 255.")
    top, left = (size.height - height) // 2, (size.width - width) // 2
    padded = np.full((size.height, size.width, image.shape[2]), color, image.dtype)
    padded[top : top + height, left : left + width] = image
    return as_image(padded)


def _letterbox_snippet(*, size: TargetSize, color: float) -> Snippet:
    return Snippet(
        imports=("import numpy as np",),
        lines=(
            "height, width, channels = image.shape",
            f"top, left = ({size.height} - height) // 2, ({size.width} - width) // 2",
            f"padded = np.full(({size.height}, {size.width}, channels), {color!r}, image.dtype)",
            "padded[top : top + height, left : left + width] = image",
            "image = padded",
        ),
    )


OPERATIONS = (
    Operation(
        name="crop.center",
        kind="crop",
        summary="Cuts a size in pixels out of the middle.",
        reference=_TORCHVISION_CROP,
        options=(
            Size(name="size", exact_only=True, positional=True, help="The part to keep.", reference=_TORCHVISION_CROP),
            Choice(
                name="offset_rounding",
                default="truncate",
                choices=("truncate", "half_even"),
                help="How an odd margin is halved: TensorFlow and MLPerf truncate, torchvision rounds half to even.",
                reference="https://github.com/pytorch/vision/blob/main/torchvision/transforms/functional.py",
            ),
        ),
        run=center_crop,
        snippet=_center_crop_snippet,
    ),
    Operation(
        name="crop.fraction",
        kind="crop",
        summary="Cuts a fraction of the sides out of the middle.",
        reference=_CENTRAL_CROP,
        options=(
            Number(
                name="fraction",
                minimum=0,
                above_minimum=True,
                maximum=1,
                usual=(0.875,),
                positional=True,
                help="The fraction of each side to keep; ImageNet's evaluation keeps 0.875.",
                reference=_CENTRAL_CROP,
            ),
            Flag(
                name="square",
                default=False,
                help="Cuts a square of int(fraction * shorter side), as EfficientNet's evaluation does.",
                reference=_EFFICIENTNET,
            ),
        ),
        run=fraction_crop,
        snippet=_fraction_crop_snippet,
    ),
    Operation(
        name="pad.letterbox",
        kind="pad",
        summary="Puts the picture into the middle of a larger one.",
        reference=_LETTERBOX,
        options=(
            Size(name="size", exact_only=True, positional=True, help="The size with padding.", reference=_LETTERBOX),
            Number(
                name="color",
                default=114.0,
                help="The value of the padding in every channel; YOLO's grey is 114.",
                reference=_LETTERBOX,
            ),
        ),
        run=letterbox,
        snippet=_letterbox_snippet,
    ),
)
