"""Every resize against every other, from one size to another."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..compare import ROUNDING_LEVELS
from ..errors import RecipeError, SamePixelsError
from ..image import Image, as_image
from ..measuring.wording import operator_words
from ..operations.catalogue import operations
from ..operations.declaration import Value
from ..operations.target_size import TargetSize
from ..operator import Operator, measure_stage
from ..pipeline import carry_out
from ..progress import Progress, unheard
from ..recipe import Stage
from ..searching.variants import variants
from .naming import short_name
from .natural import natural_picture
from .survey import Atlas, Distances, Refused, all_pairs, arranged, digest, installed_versions
from .weights import largest_weight_differences, worst_cases

MAX_SIDE_PX = 2048
"""Of the pictures before and after: what a resize is shows at its ratio, and no better in a larger picture."""

WINDOW_PX = 256
"""So much of each result's middle is kept for comparing: forty results of two megapixels would take a gigabyte."""


@dataclass(frozen=True, eq=False)
class ResizeAtlas(Atlas):
    """An atlas of resizes with their measured operators, in the order of `ways`."""

    operators: tuple[Operator, ...]

    @property
    def nbytes(self) -> int:
        """What the distances and the operators' weights take."""
        weights = (axis.weights.nbytes + axis.first.nbytes for each in self.operators for axis in (each.x, each.y))
        return super().nbytes + sum(weights)


@dataclass(frozen=True, eq=False)
class _Resize:
    """A resize with its weights, and the middle of what it makes of a picture as float32 and as uint8.

    `stages` are the first and those of the same operation that make bit for bit the same of both pictures: options
    without an effect at this size, which need no measurement of their own.
    """

    stages: list[Stage]
    operator: Operator
    of_float: npt.NDArray[np.float32]
    of_uint8: npt.NDArray[np.float32]


def resize_stages(size_out_wh: tuple[int, int]) -> tuple[Stage, ...]:
    """Every way to resize to just `size_out_wh`: each method with each flag, of each library.

    `preserve_aspect_ratio` stays off: it makes another size, and at that size the same weights.
    """
    given: dict[str, Value] = {"size": TargetSize.exact(*size_out_wh), "preserve_aspect_ratio": False}
    return tuple(stage for operation in operations("resize") for stage in variants(operation, given))


def resize_atlas(
    size_in_wh: tuple[int, int], size_out_wh: tuple[int, int], on_progress: Progress = unheard
) -> ResizeAtlas:
    """Every resize of every installed library from one size to another; some forty measurements of 0.2 to 0.5 s.

    Two are of one class when for no picture their unrounded results are further apart than rounding is
    (`ROUNDING_LEVELS`), a bound that follows from the weights (`core.surveying.weights.worst_cases`). Raises
    `RecipeError` for sizes beyond `MAX_SIDE_PX`, and what `on_progress` raises.
    """
    _check_sizes(size_in_wh, size_out_wh)
    found, refused = _measured(resize_stages(size_out_wh), size_in_wh, on_progress)
    if not found:
        raise SamePixelsError("No library here can resize.", "Install one: pip install opencv-python")
    on_progress(1.0, "comparing")
    arrangement = arranged(_distances(found), ROUNDING_LEVELS, by="natural")
    ordered = [found[member] for member in arrangement.order]
    return ResizeAtlas(
        subject=f"{size_in_wh[0]} × {size_in_wh[1]} to {size_out_wh[0]} × {size_out_wh[1]}",
        ways=tuple(tuple(each.stages) for each in ordered),
        words=tuple(operator_words(each.operator) for each in ordered),
        classes=arrangement.classes,
        within=ROUNDING_LEVELS,
        distances=arrangement.distances,
        refused=refused,
        versions=installed_versions(),
        operators=tuple(each.operator for each in ordered),
    )


def _check_sizes(*sizes_wh: tuple[int, int]) -> None:
    for width, height in sizes_wh:
        if not (1 <= width <= MAX_SIDE_PX and 1 <= height <= MAX_SIDE_PX):
            raise RecipeError(f"The size {width}x{height} is out of range.", f"Sides are 1 to {MAX_SIDE_PX} pixels.")


def _measured(
    stages: Sequence[Stage], size_wh: tuple[int, int], on_progress: Progress
) -> tuple[list[_Resize], tuple[Refused, ...]]:
    picture = natural_picture(size_wh)
    as_float = as_image(picture.astype(np.float32))
    found: dict[str, _Resize] = {}
    refused: list[Refused] = []
    for count, stage in enumerate(stages):
        on_progress(count / len(stages), f"measuring {short_name(stage)}")
        try:
            results = [carry_out(stage, each).image for each in (as_float, picture)]
            key = f"{stage.name} {digest(results)}"
            if key in found:
                found[key].stages.append(stage)
            else:
                found[key] = _Resize([stage], measure_stage(stage, size_wh), *map(_middle, results))
        except SamePixelsError as error:
            refused.append(Refused(stage, str(error)))
    return list(found.values()), tuple(refused)


def _middle(image: Image) -> npt.NDArray[np.float32]:
    top, left = (max(0, (side - WINDOW_PX) // 2) for side in image.shape[:2])
    return image[top : top + WINDOW_PX, left : left + WINDOW_PX].astype(np.float32)


def _distances(found: Sequence[_Resize]) -> tuple[Distances, ...]:
    operators = [each.operator for each in found]
    of_float, of_uint8 = [each.of_float for each in found], [each.of_uint8 for each in found]
    return (
        Distances(
            "worst",
            "worst case",
            "levels",
            "The most by which two results can differ for any picture at all, before rounding: a bound that follows "
            "from the weights. Up to 1 level two are of one class.",
            worst_cases(operators),
        ),
        Distances(
            "weights",
            "largest weight difference",
            "weight",
            "The furthest of any weight of one from the same weight of the other, on either axis.",
            largest_weight_differences(operators),
        ),
        Distances(
            "natural",
            "RMS on a natural picture",
            "levels",
            "The root mean square difference of their float results for noise with the spectrum of natural pictures.",
            all_pairs(of_float, lambda a, b: float(np.sqrt(np.mean((a - b) ** 2)))),
        ),
        Distances(
            "uint8",
            "largest difference in uint8",
            "levels",
            "The largest difference of their results for the same picture as uint8, each with its own arithmetic.",
            all_pairs(of_uint8, lambda a, b: float(np.abs(a - b).max())),
        ),
    )
