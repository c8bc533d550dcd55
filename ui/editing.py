"""Edits of a recipe: each takes one and gives another, or raises `RecipeError`."""

from collections.abc import Mapping

from core.errors import RecipeError
from core.operations.catalogue import operation
from core.operations.declaration import Choice, Flag, Integer, Number, Numbers, Option, Size, Value
from core.operations.target_size import TargetSize
from core.recipe import Recipe, Stage, stage

USUAL_SIZE = TargetSize.exact(224, 224)


def replace_stage(recipe: Recipe, index: int, new: Stage) -> Recipe:
    """`recipe` with another stage at `index`."""
    return Recipe((*recipe.stages[:index], new, *recipe.stages[index + 1 :]))


def replace_operation(recipe: Recipe, index: int, name: str) -> Recipe:
    """Operation `name` at `index`, keeping what was chosen for the one before it where both have the option."""
    before = recipe.stages[index]
    defaults = {option.name: option.default for option in before.operation.options}
    chosen = {option: value for option, value in before.options.items() if value != defaults[option]}
    return replace_stage(recipe, index, usual_stage(name, chosen))


def remove_stage(recipe: Recipe, index: int) -> Recipe:
    """`recipe` without the stage at `index`."""
    return Recipe(recipe.stages[:index] + recipe.stages[index + 1 :])


def move_stage(recipe: Recipe, index: int, by: int) -> Recipe:
    """The stage at `index` moved by `by` places."""
    stages = list(recipe.stages)
    stages.insert(index + by, stages.pop(index))
    return Recipe(tuple(stages))


def append_stage(recipe: Recipe, name: str) -> Recipe:
    """Operation `name` at the end; it takes over the size of the resize before it where it needs one."""
    size = last_size(recipe)
    return Recipe((*recipe.stages, usual_stage(name, {"size": size} if size else {})))


def usual_stage(name: str, wanted: Mapping[str, Value]) -> Stage:
    """Operation `name` with those of the `wanted` options that it takes, and a usual value where one is needed."""
    options = operation(name).options
    return stage(name, {option.name: _value(option, wanted) for option in options})


def _value(option: Option, wanted: Mapping[str, Value]) -> Value:
    if option.name in wanted:
        try:
            return option.check(wanted[option.name])
        except RecipeError:
            pass
    return option.default if option.default is not None else usual_value(option)


def usual_value(option: Option) -> Value:
    """What to begin with where an option has no default."""
    match option:
        case Size():
            return USUAL_SIZE
        case Choice():
            return option.choices[0]
        case Flag():
            return False
        case Integer():
            return option.choices[0] if option.choices else option.minimum
        case Number():
            return option.maximum if option.maximum <= 1 else max(option.minimum, 1.0)
        case Numbers():
            return (1.0,)
    raise TypeError(f"{type(option).__name__} is no known kind of option")


def last_size(recipe: Recipe) -> TargetSize | None:
    """The size that the last resize asks for."""
    sizes = [each.options.get("size") for each in recipe.stages if each.operation.kind == "resize"]
    return next((size for size in reversed(sizes) if isinstance(size, TargetSize)), None)


def with_sizes_of(recipe: Recipe, model: Recipe) -> Recipe:
    """`recipe` with the sizes of `model`'s stages, kind by kind and in order: its resizes, crops and pads."""
    stages = list(recipe.stages)
    for kind in ("resize", "crop", "pad"):
        sizes = [model.stages[i].options["size"] for i in _sized(model, kind)]
        for i, size in zip(_sized(recipe, kind), sizes, strict=False):
            stages[i] = stages[i].replace(size=size)
    return Recipe(tuple(stages))


def _sized(recipe: Recipe, kind: str) -> list[int]:
    """Where the stages of a kind that have a size are."""
    return [i for i, each in enumerate(recipe.stages) if each.operation.kind == kind and "size" in each.options]
