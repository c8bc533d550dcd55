"""Normalisations: from the 0 to 255 scale to the values that a model takes, in float32.

The order of the arithmetic is the named library's own, since float32 rounds after every step.
"""

from collections.abc import Callable

import numpy as np

from ..errors import StageError
from ..image import Image, as_image
from .declaration import Numbers, Operation, Snippet

_KERAS = "https://github.com/keras-team/keras/blob/master/keras/src/applications/imagenet_utils.py"
_TORCH = "https://docs.pytorch.org/vision/main/models.html"
_CLIP = "https://github.com/openai/CLIP/blob/main/clip/clip.py"

TORCH_MEAN = (0.485, 0.456, 0.406)
TORCH_STD = (0.229, 0.224, 0.225)
CLIP_MEAN = (0.48145466, 0.4578275, 0.40821073)
CLIP_STD = (0.26862954, 0.26130258, 0.27577711)
CAFFE_MEAN_BGR = (103.939, 116.779, 123.68)


def affine(image: Image, *, scale: tuple[float, ...], offset: tuple[float, ...]) -> Image:
    """`image / scale + offset` in float32; three numbers are for red, green and blue."""
    if 3 in (len(scale), len(offset)):
        _require_rgb(image)
    return as_image(image.astype(np.float32) / np.array(scale, np.float32) + np.array(offset, np.float32))


def _affine_snippet(*, scale: tuple[float, ...], offset: tuple[float, ...]) -> Snippet:
    divisor, summand = _float32_code(scale), _float32_code(offset)
    return _snippet(f"image = image.astype(np.float32) / {divisor} + {summand}")


def _affine_level(*, scale: tuple[float, ...], offset: tuple[float, ...]) -> float:
    del offset
    return min(1 / abs(number) for number in scale)


def tf(image: Image) -> Image:
    """`image / 127.5 - 1`, from -1 to 1."""
    return as_image(image.astype(np.float32) / np.float32(127.5) - np.float32(1))


def caffe(image: Image) -> Image:
    """Channels to BGR, minus ImageNet's mean in levels; not scaled."""
    _require_rgb(image)
    return as_image(image[:, :, ::-1].astype(np.float32) - np.array(CAFFE_MEAN_BGR, np.float32))


def _standardizer(mean: tuple[float, ...], std: tuple[float, ...]) -> Callable[[Image], Image]:
    def standardize(image: Image) -> Image:
        """`(image / 255 - mean) / std` for red, green and blue."""
        _require_rgb(image)
        return as_image(
            (image.astype(np.float32) / np.float32(255) - np.array(mean, np.float32)) / np.array(std, np.float32)
        )

    return standardize


def _require_rgb(image: Image) -> None:
    if image.shape[2] != 3:
        raise StageError(
            f"The normalisation has three channels and the picture {image.shape[2]}.",
            "Decode with channels=3, IMREAD_COLOR or mode=RGB.",
        )


def _float32_code(numbers: tuple[float, ...]) -> str:
    texts = [f"{number:g}" if float(f"{number:g}") == number else repr(number) for number in numbers]
    return f"np.float32({texts[0] if len(texts) == 1 else '[' + ', '.join(texts) + ']'})"


def _snippet(*lines: str) -> Snippet:
    return Snippet(imports=("import numpy as np",), lines=lines)


def _standardize_snippet(mean: tuple[float, ...], std: tuple[float, ...]) -> Snippet:
    return _snippet(
        f"mean, std = {_float32_code(mean)}, {_float32_code(std)}",
        "image = (image.astype(np.float32) / np.float32(255) - mean) / std",
    )


OPERATIONS = (
    Operation(
        name="normalize.affine",
        kind="normalize",
        summary="Divides by scale, then adds offset.",
        reference=_KERAS,
        options=(
            Numbers(
                name="scale",
                default=(1.0,),
                nonzero=True,
                help="The divisor: one number, or [red, green, blue].",
                reference=_KERAS,
            ),
            Numbers(
                name="offset",
                default=(0.0,),
                help="Added afterwards: one number, or [red, green, blue].",
                reference=_KERAS,
            ),
        ),
        run=affine,
        snippet=_affine_snippet,
        level=_affine_level,
    ),
    Operation(
        name="normalize.tf",
        kind="normalize",
        summary="Keras' mode 'tf': value / 127.5 - 1 (MobileNet, Inception).",
        reference=_KERAS,
        options=(),
        run=tf,
        snippet=lambda: _snippet("image = image.astype(np.float32) / np.float32(127.5) - np.float32(1)"),
        level=lambda: 1 / 127.5,
    ),
    Operation(
        name="normalize.torch",
        kind="normalize",
        summary="torchvision's: (value / 255 - mean) / std of ImageNet.",
        reference=_TORCH,
        options=(),
        run=_standardizer(TORCH_MEAN, TORCH_STD),
        snippet=lambda: _standardize_snippet(TORCH_MEAN, TORCH_STD),
        level=lambda: 1 / (255 * max(TORCH_STD)),
    ),
    Operation(
        name="normalize.caffe",
        kind="normalize",
        summary="Keras' mode 'caffe': BGR minus ImageNet's mean (VGG, ResNet50).",
        reference=_KERAS,
        options=(),
        run=caffe,
        snippet=lambda: _snippet(f"image = image[:, :, ::-1].astype(np.float32) - {_float32_code(CAFFE_MEAN_BGR)}"),
        level=lambda: 1.0,
    ),
    Operation(
        name="normalize.clip",
        kind="normalize",
        summary="CLIP's: (value / 255 - mean) / std of its own training set.",
        reference=_CLIP,
        options=(),
        run=_standardizer(CLIP_MEAN, CLIP_STD),
        snippet=lambda: _standardize_snippet(CLIP_MEAN, CLIP_STD),
        level=lambda: 1 / (255 * max(CLIP_STD)),
    ),
)
