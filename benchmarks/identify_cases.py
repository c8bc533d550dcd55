"""Arrays made by recipes of the whole catalogue, in the forms in which arrays are met elsewhere."""

import hashlib
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.array_file import read_array
from core.operations.catalogue import operations
from core.operations.declaration import Value
from core.operations.target_size import TargetSize
from core.pipeline import Step, run
from core.png import png_bytes
from core.presets import presets
from core.recipe import Recipe, Stage, parse_stage
from core.searching.bridges import casts_before, casts_to_uint8
from core.searching.variants import variants
from core.source import Source

Array = npt.NDArray[Any]
SIZE = TargetSize.exact(150, 112)
SEVERAL_RESIZES = (
    "opencv.resize(INTER_LINEAR, {})",
    "opencv.resize(INTER_AREA, {})",
    "pillow.resize(LANCZOS, {})",
    "tensorflow.resize(bicubic, {})",
    "tensorflow_v1.resize(bilinear, {})",
)
PLACES = (
    ("", "shorter=160", "crop.center(144x144)"),
    ("", "shorter=128", "crop.center(112x112, offset_rounding=half_even)"),
    ("", "160x160", "crop.center(140x140)"),
    ("crop.fraction(0.875)", "128x128", ""),
    ("crop.fraction(0.875, square=true)", "128x128", ""),
    ("crop.fraction(1, square=true)", "150x150", ""),
    ("crop.center(300x250)", "150x120", ""),
    ("", "longer=160", "pad.letterbox(160x160)"),
    ("", "longer=150", "pad.letterbox(150x150, color=0)"),
    ("", "64x200", ""),
)
"""Crops before, sizes, and crops or bars after."""


@dataclass(frozen=True, eq=False)
class Case:
    """An array, the recipe that made it, and the form in which it is stored."""

    recipe: Recipe
    form: str
    values: Array


class Steps(dict[tuple[str, str], Step]):
    """Decodes that are kept, so that many arrays of one picture cost one search's decodes."""

    def put(self, key: tuple[str, str], step: Step) -> None:
        self[key] = step


def _chw(values: Array) -> Array:
    return np.ascontiguousarray(values.transpose(2, 0, 1))


def _png(values: Array) -> Array:
    return read_array("stored.png", png_bytes(values))


FORMS: dict[str, Callable[[Array], Array]] = {
    "as it is": lambda values: values,
    "CHW": _chw,
    "NCHW": lambda values: _chw(values)[np.newaxis],
    "NHWC": lambda values: values[np.newaxis],
    "float16": lambda values: values.astype(np.float16),
    "float64": lambda values: values.astype(np.float64),
    "PNG": _png,
}
VALUES = (
    "",
    "channels.swap",
    "normalize.tf",
    "normalize.torch",
    "normalize.caffe",
    "normalize.clip",
    "normalize.affine(scale=255)",
    "channels.swap | normalize.torch",
    "normalize.affine(scale=[58.4, 57.12, 57.38], offset=[-2.1179, -2.0357, -1.8044])",
)


def recipes(source: Source) -> Iterator[Recipe]:
    """Recipes over the whole catalogue whose decodes are distinct on the picture; normalisations take turns."""
    decodes = list(_distinct_decodes(source))
    usual = [parse_stage(text) for text in ("opencv.imdecode", "tensorflow.decode_jpeg")]
    yield from _with_values(_decoded(decodes))
    yield from _with_values(_resized(usual))
    yield from _with_values(_cast(usual[1]))
    yield from _with_values(_placed(usual))
    yield from (preset.recipe for preset in presets().values())


def _distinct_decodes(source: Source) -> Iterator[Stage]:
    seen = set()
    for each in (one for operation in operations("decode") for one in variants(operation, {})):
        image = run(source, Recipe((each,))).image
        if (
            image is not None
            and (key := (image.shape, str(image.dtype), hashlib.sha256(image.data).digest())) not in seen
        ):
            seen.add(key)
            yield each


def _decoded(decodes: list[Stage]) -> Iterator[Recipe]:
    resizes = itertools.cycle(SEVERAL_RESIZES)
    for decode in decodes:
        yield Recipe((decode,))
        for _ in range(2):
            yield Recipe((decode, parse_stage(next(resizes).format(SIZE))))


def _resized(decodes: list[Stage]) -> Iterator[Recipe]:
    given: dict[str, Value] = {"size": SIZE, "preserve_aspect_ratio": False}
    resizes = [each for operation in operations("resize") for each in variants(operation, given)]
    for decode, resize in itertools.product(decodes, resizes):
        for before in casts_before(np.zeros((1, 1, 3), np.uint8)):
            yield Recipe((decode, *before, resize))


def _cast(decode: Stage) -> Iterator[Recipe]:
    methods = ("bilinear", "bicubic", "lanczos3", "area")
    for method, cast in itertools.product(methods, casts_to_uint8()):
        yield Recipe((decode, parse_stage(f"tensorflow.resize({method}, {SIZE})"), *cast))


def _placed(decodes: list[Stage]) -> Iterator[Recipe]:
    for decode, (before, size, after), resize in itertools.product(decodes, PLACES, SEVERAL_RESIZES):
        texts = (before, resize.format(size), after)
        yield Recipe((decode, *(parse_stage(text) for text in texts if text)))


def _with_values(found: Iterator[Recipe]) -> Iterator[Recipe]:
    for each, values in zip(found, itertools.cycle(VALUES)):
        stages = tuple(parse_stage(text) for text in values.split(" | ") if text)
        yield Recipe((*each.stages, *stages))


def cases(source: Source, every: int = 1, first: int = 0) -> Iterator[Case]:
    """The arrays of the recipes that work on the picture: each `every`th from the `first`, forms taking turns."""
    forms = itertools.cycle(FORMS)
    for number, recipe in enumerate(recipes(source)):
        form = next(forms)
        if number % every == first:
            image = run(source, recipe).image
            if image is not None and not _is_flat(image):
                form = "float16" if form == "PNG" and image.dtype != np.uint8 else form
                form = "CHW" if form == "float16" and image.dtype == np.uint8 else form
                yield Case(recipe, form, np.asarray(FORMS[form](np.array(image))))


def _is_flat(image: Array) -> bool:
    """Whether a colour channel has one value only, so that nothing can be told of it."""
    return bool((np.ptp(image[..., : min(3, image.shape[2])], axis=(0, 1)) == 0).any())
