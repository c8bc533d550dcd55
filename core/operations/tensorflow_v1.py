"""TensorFlow 1's resizing, which `tf.compat.v1.image` and models exported from it still use.

The kernels are called as `tf.raw_ops`: the same code as `tf.compat.v1.image.resize_bilinear` and its like, which are
deprecated and log so. Both always resize; `tf.compat.v1.image.resize` itself leaves a picture that has the size already
as it is, uint8 included, and cannot set half_pixel_centers.
"""

from ..image import Image
from .declaration import Choice, Flag, Operation, Option, Size, Snippet
from .libraries import TENSORFLOW, load
from .target_size import ROUND_SIDE, SIDES, TargetSize
from .tensor_memory import batch_of, image_of, size_tensor
from .tensorflow_refusals import refusal

_RESIZE_BILINEAR = "https://www.tensorflow.org/api_docs/python/tf/raw_ops/ResizeBilinear"

_KERNELS = {
    "bilinear": "ResizeBilinear",
    "nearest": "ResizeNearestNeighbor",
    "bicubic": "ResizeBicubic",
    "area": "ResizeArea",
}

_OPTIONS: tuple[Option, ...] = (
    Choice(
        name="method",
        default="bilinear",
        choices=tuple(_KERNELS),
        positional=True,
        always_written=True,
        help="tf.raw_ops.ResizeBilinear and its like; bicubic is Keys' with a = -0.75, and -0.5 at half-pixel centres.",
        reference="https://www.tensorflow.org/api_docs/python/tf/compat/v1/image/resize",
    ),
    Size(name="size", positional=True, help="The new size, width first.", reference=_RESIZE_BILINEAR),
    Flag(
        name="align_corners",
        default=False,
        help="Lays the corner pixels' centres on each other: the scale becomes (in - 1) / (out - 1).",
        reference=_RESIZE_BILINEAR,
    ),
    Flag(
        name="half_pixel_centers",
        default=False,
        applies_when=("method", ("bilinear", "nearest", "bicubic")),
        help="Samples at pixels' centres, as others do; without it the picture is displaced by (scale - 1) / 2 pixels.",
        reference=_RESIZE_BILINEAR,
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


def resize(
    image: Image,
    *,
    method: str,
    size: TargetSize,
    align_corners: bool,
    half_pixel_centers: bool,
    side_rounding: str,
) -> Image:
    """TensorFlow 1's kernel for `method`: float32 from all but nearest, which keeps the image's dtype.

    Raises `StageError` when both `align_corners` and `half_pixel_centers` are true.
    """
    tf = load(TENSORFLOW)
    height, width = image.shape[:2]
    target_width, target_height = size.resolve((width, height), side_rounding)
    positions = {"align_corners": align_corners}
    if method != "area":
        positions["half_pixel_centers"] = half_pixel_centers
    kernel = getattr(tf.raw_ops, _KERNELS[method])
    try:
        resized = kernel(images=batch_of(image), size=size_tensor(target_height, target_width), **positions)
    except tf.errors.OpError as error:
        raise refusal(error.message) from error
    return image_of(resized)


def _resize_snippet(
    *, method: str, size: TargetSize, align_corners: bool, half_pixel_centers: bool, side_rounding: str
) -> Snippet:
    imports, lines = size.code(side_rounding)
    centers = () if method == "area" else (f"    half_pixel_centers={half_pixel_centers},",)
    return Snippet(
        imports=("import tensorflow as tf", "import numpy as np", *imports),
        lines=(
            *lines,
            f"image = tf.raw_ops.{_KERNELS[method]}(",
            "    images=image[np.newaxis],",
            "    size=(height, width),",
            f"    align_corners={align_corners},",
            *centers,
            ").numpy()[0]",
        ),
    )


OPERATIONS = (
    Operation(
        name="tensorflow_v1.resize",
        kind="resize",
        summary="Resizes as TensorFlow 1 does: by default from pixels' corners, so that the picture is displaced.",
        reference="https://www.tensorflow.org/api_docs/python/tf/compat/v1/image/resize",
        options=_OPTIONS,
        run=resize,
        snippet=_resize_snippet,
    ),
)
