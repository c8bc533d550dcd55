"""Whether a recipe gives what a model takes: said before anything runs, with the change that mends it."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ..errors import ModelError, RecipeError, SamePixelsError
from ..image import Image, as_image
from ..models.model import Model, ModelInput
from ..operations.target_size import Fit, TargetSize
from ..pipeline import carry_out
from ..recipe import Recipe, Stage, parse_stage

_SIZED = ("resize", "crop", "pad")
_VALUED = ("cast", "channels", "normalize")
_RANGE_TOLERANCE = 0.05
"""A range may be off by this share of its width: that of a model is known to about a level."""


@dataclass(frozen=True)
class Contradiction:
    """Something that a recipe gives and a model does not take; with the wrong `values` it can still be asked."""

    about: Literal["size", "values"]
    message: str
    remedy: str


def contradictions(model: Model, recipe: Recipe, side: str) -> tuple[Contradiction, ...]:
    """What of `recipe`, called `side`, contradicts the model's input, as far as the recipe alone says."""
    found = (_size_contradiction(model, recipe, side), _value_contradiction(model, recipe, side))
    return tuple(each for each in found if each)


def check_recipes(model: Model, a: Recipe, b: Recipe) -> tuple[str, ...]:
    """Raises `ModelError` where the model cannot be asked; gives warnings where what it is asked makes little sense.

    Wrong values on one side are what a comparison may be about; on both sides they are a mistake.
    """
    found = [contradictions(model, recipe, side) for recipe, side in ((a, "A"), (b, "B"))]
    everything = [each for side in found for each in side]
    both_wrong = all(any(each.about == "values" for each in side) for side in found)
    for each in everything:
        if each.about == "size" or both_wrong:
            raise ModelError(each.message, each.remedy)
    return tuple(f"{each.message} {each.remedy}" for each in everything)


def check_image(model: Model, image: Image, side: str) -> None:
    """Raises `ModelError` where an image has not the size or the channels that the model takes."""
    height, width, channels = image.shape
    wanted = model.input
    if not _takes(wanted.size_wh, (width, height)):
        raise ModelError(
            f"{side} gives {width}x{height}, and {model.name} takes {_size_text(wanted)}.",
            f"Resize or crop to {_size_text(wanted)} at its end.",
        )
    if wanted.channels not in (None, channels):
        raise ModelError(
            f"{side} gives {channels} channel(s), and {model.name} takes {wanted.channels}.",
            "Decode with channels=3, IMREAD_COLOR or mode=RGB; for one channel add channels.gray.",
        )


def takes_levels(model: Model, recipe: Recipe) -> bool:
    """Whether the levels of `recipe` go into the model as they are: bytes into an input of bytes."""
    return model.input.dtype == "uint8" and all(each.operation.kind != "normalize" for each in recipe.stages)


def fitted(model: Model, recipe: Recipe) -> Recipe:
    """`recipe` with the model's own size and normalisation, as far as these are known; a crop by fraction stays."""
    stages = [_with_size(each, model.input) for each in recipe.stages]
    if model.normalisation:
        stages = [each for each in stages if each.operation.kind != "normalize"]
        stages.append(parse_stage(model.normalisation))
    return Recipe(tuple(stages))


def _with_size(stage: Stage, wanted: ModelInput) -> Stage:
    width, height = wanted.size_wh
    if width is None or height is None or stage.operation.kind != "resize":
        return stage
    return stage.replace(size=TargetSize.exact(width, height))


def final_size_wh(recipe: Recipe) -> tuple[int, int] | None:
    """Width and height of what `recipe` makes of any picture; None where they depend on the picture."""
    sized = [each for each in recipe.stages if each.operation.kind in _SIZED]
    size = sized[-1].options.get("size") if sized else None
    if not isinstance(size, TargetSize) or size.fit is not Fit.EXACT:
        return None
    return size.width, size.height


def value_range(recipe: Recipe) -> tuple[float, float] | None:
    """What black and white become: the least and the largest value of the recipe's result, kernels' overshoot aside."""
    image: Image = as_image(np.array([[[0, 0, 0], [255, 255, 255]]], np.uint8))
    try:
        for each in recipe.stages:
            if each.operation.kind in _VALUED:
                image = carry_out(each, image).image
    except SamePixelsError:
        return None
    return float(image.min()), float(image.max())


def _size_contradiction(model: Model, recipe: Recipe, side: str) -> Contradiction | None:
    size = final_size_wh(recipe)
    if size is None or _takes(model.input.size_wh, size):
        return None
    wanted = _size_text(model.input)
    message = f"{side} gives {size[0]}x{size[1]}, and {model.name} takes {wanted}."
    return Contradiction("size", message, f"Write {wanted} in its last resize or crop.")


def _takes(wanted: tuple[int | None, int | None], given: tuple[int, int]) -> bool:
    return all(side is None or side == other for side, other in zip(wanted, given, strict=True))


def _size_text(wanted: ModelInput) -> str:
    return "x".join("any" if side is None else str(side) for side in wanted.size_wh)


def _value_contradiction(model: Model, recipe: Recipe, side: str) -> Contradiction | None:
    wanted, given = model.input.value_range, value_range(recipe)
    if wanted is None or given is None or takes_levels(model, recipe):
        return None
    room = _RANGE_TOLERANCE * (wanted[1] - wanted[0])
    outside = given[0] < wanted[0] - room or given[1] > wanted[1] + room
    # Where the normalisation itself is known, a narrower range is as wrong as a wider one.
    elsewhere = bool(model.normalisation) and any(
        abs(one - other) > room for one, other in zip(given, wanted, strict=True)
    )
    if not outside and not elsewhere:
        return None
    made = "was quantised" if model.input.quantisation else "was made"
    message = (
        f"{side} gives values from {given[0]:.4g} to {given[1]:.4g}, "
        f"and {model.name} {made} for {wanted[0]:.4g} to {wanted[1]:.4g}."
    )
    return Contradiction("values", message, _normalisation_remedy(model))


def _normalisation_remedy(model: Model) -> str:
    if model.normalisation:
        return f"End it with {model.normalisation}."
    low, high = model.input.value_range or (0.0, 1.0)
    scale = 255 / (high - low)
    try:
        stage = parse_stage(f"normalize.affine(scale={scale:.6g}, offset={low:.6g})")
    except RecipeError:
        return "Give the normalisation that it was trained with."
    return f"End it with the normalisation that it was trained with, such as {stage}."
