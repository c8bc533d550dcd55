"""What a decoded picture can become on the way to an array: every resize in its place, every cast, every way to grey.

One trial is a picture on the level scale with the stages that made it; the normalisation comes after it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from ..errors import SamePixelsError
from ..image import Image
from ..operations.catalogue import operation
from ..operations.target_size import TargetSize
from ..pipeline import carry_out
from ..recipe import Stage
from .bridges import Stages, casts_before, casts_to_uint8
from .placements import Placement, SizeWH
from .variants import library_variants, variants

Try = tuple[Placement, Stages]
"""A placement with a resize and the casts before it: what makes one kind of trial of any decoded picture."""


@dataclass(frozen=True, eq=False)
class Trial:
    """A picture, and the stages after the decode that made it.

    `colour` is the same before it became grey: casts may stand before that too.
    """

    stages: Stages
    image: Image
    colour: "Trial | None" = None


@dataclass(frozen=True)
class Wanted:
    """What the array asks of a trial before its pixels are looked at."""

    size_wh: SizeWH
    channels: int
    quantised: bool


def ways(placements: Iterable[Placement], libraries: Iterable[str], given: Image) -> Iterator[Try]:
    """Each placement with each resize of the libraries, in the dtypes in which it may compute."""
    for placement in placements:
        if placement.size is None:
            yield placement, ()
            continue
        for library in libraries:
            for resize in _resizes(library):
                for before in casts_before(given):
                    yield placement, (*before, resize)


@cache
def _resizes(library: str) -> tuple[Stage, ...]:
    """All resizes but those that write another size than they are given."""
    return library_variants("resize", library, {"size": TargetSize.exact(1, 1), "preserve_aspect_ratio": False})


def trials(given: Image, way: Try, wanted: Wanted) -> Iterator[Trial]:
    """What `way` makes of a decoded picture before any cast: none where it fails or the shape is another."""
    greys = _greys() if wanted.channels == 1 and given.shape[2] == 3 else ()
    if (given.shape[2] != wanted.channels and not greys) or _is_redundant(way[1]):
        return
    resized = _carried(given, way)
    if resized is None or resized.image.shape[1::-1] != wanted.size_wh:
        return
    if not greys:
        yield resized
    for grey in greys:
        yield from _followed(resized, (grey,), colour=resized)
        before = _carried(given, way, (grey,))
        if before is not None:
            yield before


def cast(made: Trial) -> Iterator[Trial]:
    """A trial in floats as uint8, by each rule."""
    for each in casts_to_uint8():
        yield from _followed(made, each)
        if made.colour is not None:
            yield from _followed(made.colour, (*each, made.stages[-1]))


def _is_redundant(resize: Stages) -> bool:
    """A cast to float32 before one of TensorFlow's, which work in floats anyway; nearest alone keeps uint8."""
    is_tensorflow = resize and resize[-1].operation.library.startswith("tensorflow")
    return len(resize) > 1 and bool(is_tensorflow) and resize[-1].options["method"] != "nearest"


def _carried(given: Image, way: Try, first: Stages = ()) -> Trial | None:
    placement, resize = way
    try:
        made, stages = given, [*first, *placement.before]
        for each in stages:
            made = carry_out(each, made).image
        for each in resize:
            sized = _sized(each, placement, made) if each.operation.kind == "resize" else each
            made = carry_out(sized, made).image
            stages.append(sized)
        for each in placement.after:
            made = carry_out(each, made).image
            stages.append(each)
    except SamePixelsError:
        return None
    return Trial(tuple(stages), made)


def _sized(resize: Stage, placement: Placement, given: Image) -> Stage:
    return resize.replace(**placement.options(resize.operation, (given.shape[1], given.shape[0])))


def _followed(made: Trial, stages: Stages, colour: Trial | None = None) -> Iterator[Trial]:
    image = made.image
    try:
        for each in stages:
            image = carry_out(each, image).image
    except SamePixelsError:
        return
    yield Trial((*made.stages, *stages), image, colour)


@cache
def _greys() -> tuple[Stage, ...]:
    return variants(operation("channels.gray"), {})
