"""From pictures to tensors, behind the model's back: the next pictures are made ready while it answers.

Libraries let go of the interpreter while they work, so threads are enough. No more pictures are under way than two of
the model's batches, which keeps memory flat however long the set is.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from ..errors import SamePixelsError
from ..explaining.step_memory import StepMemory
from ..image import Image, as_image
from ..models.model import BATCH, Model
from ..pipeline import Trace, run
from ..recipe import Recipe
from ..source import Source
from .fitting import check_image, takes_levels
from .picture import TensorDifference, tensor_difference

WORKERS = max(2, os.cpu_count() or 2)


@dataclass(frozen=True)
class Picture:
    """A picture of a set: its name, how to get it, and its class where that is known.

    It is read when its turn comes, so that a folder of any size is never in memory.
    """

    name: str
    read: Callable[[], Source]
    label: int | None = None


@dataclass(frozen=True, eq=False)
class Tensor:
    """What one recipe made of a picture, ready for the model; or why there is nothing to give to it.

    `difference` is that from the first recipe's; None for the first itself, and where either has no image.
    """

    image: Image | None = None
    level: float = 1.0
    difference: TensorDifference | None = None
    problem: SamePixelsError | None = None


@dataclass(frozen=True, eq=False)
class Tensors:
    """What several recipes made of one picture, in their order."""

    picture: Picture
    sha256: str
    made: tuple[Tensor, ...]


def tensors(
    model: Model, pictures: Iterable[Picture], recipes: Sequence[Recipe], names: Sequence[str]
) -> Iterator[Tensors]:
    """What `recipes` make of each picture, in order; what fails says so in its place and stops nothing.

    `names` are what messages call the recipes.
    """
    waiting = iter(pictures)
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="tensors") as pool:
        under_way: deque[Future[Tensors]] = deque()

        def begin(count: int) -> None:
            for picture in islice(waiting, count):
                under_way.append(pool.submit(tensors_of, model, picture, recipes, names))

        try:
            begin(2 * BATCH)
            while under_way:
                done = under_way.popleft().result()
                begin(1)
                yield done
        finally:
            for future in under_way:
                future.cancel()


def tensors_of(model: Model, picture: Picture, recipes: Sequence[Recipe], names: Sequence[str]) -> Tensors:
    """What `recipes` make of one picture, each beginning that they share carried out once."""
    try:
        source = picture.read()
    except SamePixelsError as error:
        return Tensors(picture, "", tuple(Tensor(problem=error) for _ in recipes))
    steps = StepMemory()
    made: list[Tensor] = []
    for recipe, name in zip(recipes, names, strict=True):
        tensor = _tensor(model, run(source, recipe, steps), name)
        made.append(_beside(made[0], tensor) if made else tensor)
    return Tensors(picture, source.sha256, tuple(made))


def _tensor(model: Model, trace: Trace, name: str) -> Tensor:
    try:
        return Tensor(model_image(model, trace, name), trace.steps[-1].level)
    except SamePixelsError as error:
        return Tensor(problem=error)


def _beside(first: Tensor, other: Tensor) -> Tensor:
    """`other` with its difference from the first recipe's tensor."""
    if first.image is None or other.image is None:
        return other
    level = min(first.level, other.level)
    return replace(other, difference=tensor_difference(first.image, other.image, level))


def model_image(model: Model, trace: Trace, side: str) -> Image:
    """A trace's result as it goes into the model; raises what failed, or `ModelError` for one that it does not take."""
    if trace.failure:
        raise trace.failure.error
    image = trace.image
    assert image is not None
    check_image(model, image, side)
    if takes_levels(model, trace.recipe) and image.dtype != np.uint8:
        image = as_image(np.clip(np.rint(image), 0, 255).astype(np.uint8))
    return image
