"""The stages that make an array's values from levels: channel order and normalisation, named where they are known."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import SamePixelsError
from ..image import Image, as_image
from ..operations.catalogue import operations
from ..pipeline import carry_out
from ..presets import presets
from ..recipe import parse_stage, stage
from .bridges import Stages
from .value_fit import ValueFit, Values

_SCALE_WITHIN = 0.03
_OFFSET_WITHIN_LEVELS = 4.0
"""How far a first fit may be from a known normalisation: the recipe is not exactly known yet."""

_COMMON = (
    "normalize.affine(scale=255)",
    "normalize.affine(scale=256)",
    "normalize.affine(scale=255, offset=-0.5)",
    "normalize.affine(scale=128, offset=-1)",
    "normalize.affine(offset=-128)",
    "normalize.affine(offset=-127.5)",
)
_MOST_DIGITS = 9
_MOST_WRITTEN = 6


@dataclass(frozen=True)
class Chain:
    """Stages from levels to an array's values.

    Attributes:
        stages: channel order first, then the normalisation; none where the values are levels.
        swapped: whether the array has the picture's channels in reverse order.
        scale: by how much a value of each of the array's channels grows for one level.
        offset: the value of level 0.
    """

    stages: Stages
    swapped: bool
    scale: tuple[float, ...]
    offset: tuple[float, ...]

    def carry(self, image: Image) -> Image:
        """`image` after the stages. Raises `StageError` where it has not the channels for them."""
        for each in self.stages:
            image = carry_out(each, image).image
        return image


def known_chains(fit: ValueFit, *, swapped: bool) -> list[Chain]:
    """The known ones that are near `fit`, in the order of how common they are."""
    return [each for each in _known(len(fit.scale)) if each.swapped == swapped and _is_near(each, fit)]


def _is_near(chain: Chain, fit: ValueFit) -> bool:
    scale, offset = np.array(chain.scale), np.array(chain.offset)
    is_known = np.isfinite(fit.scale)
    scale_differs = np.abs(fit.scale / scale - 1) > _SCALE_WITHIN
    offset_differs = np.abs((fit.offset - offset) / scale) > _OFFSET_WITHIN_LEVELS
    return not ((scale_differs | offset_differs) & is_known).any()


@cache
def _known(channels: int) -> tuple[Chain, ...]:
    found = []
    for order in ((), (stage("channels.swap"),)) if channels >= 3 else ((),):
        for normalisation in ((), *_normalisations()):
            chain = chain_of((*order, *normalisation), channels)
            if chain is not None:
                found.append(chain)
    return tuple(found)


@cache
def _normalisations() -> tuple[Stages, ...]:
    """Those without a number to choose, those of the presets, and other common ones."""
    fixed = [stage(each.name) for each in operations("normalize") if not each.options]
    used = [
        each for preset in presets().values() for each in preset.recipe.stages if each.operation.kind == "normalize"
    ]
    return tuple((each,) for each in dict.fromkeys((*fixed, *used, *map(parse_stage, _COMMON))))


def chain_of(stages: Stages, channels: int) -> Chain | None:
    """The chain of `stages` for pictures of so many channels; None where they need others.

    Its numbers are measured: black, then white in one channel at a time.
    """
    probe = np.zeros((1, channels + 1, channels), np.float32)
    probe[0, 1:] = 255 * np.eye(channels)
    made = as_image(probe)
    try:
        for each in stages:
            made = carry_out(each, made).image
    except SamePixelsError:
        return None
    black, answers = made[0, 0].astype(np.float64), made[0, 1:].astype(np.float64) - made[0, 0]
    sources = np.argmax(np.abs(answers), axis=0)
    scale = answers[sources, np.arange(channels)] / 255
    return Chain(stages, bool(sources[0] != 0), tuple(map(float, scale)), tuple(map(float, black)))


def free_chains(fit: ValueFit, *, swapped: bool) -> Iterator[Chain]:
    """`normalize.affine` with the numbers of `fit`, from few digits to many: the first that does it is the true one.

    None for two channels or four with different numbers, which the stage does not take.
    """
    digits = [(each, each) for each in range(_MOST_DIGITS + 1)]
    yield from _affine_chains(fit, digits, swapped=swapped)


def written_chains(fit: ValueFit, *, swapped: bool) -> Iterator[Chain]:
    """As `free_chains`, with as many digits of the scale and as many of the offset as somebody may have written.

    An array of float16 does not tell the fifth digit of a scale of 58.4, but that of its offset.
    """
    digits = range(_MOST_WRITTEN + 1)
    yield from _affine_chains(fit, sorted(itertools.product(digits, digits), key=sum), swapped=swapped)


def _affine_chains(fit: ValueFit, digits: Iterable[tuple[int, int]], *, swapped: bool) -> Iterator[Chain]:
    """Of the numbers of `fit`, with each count of digits of the scale and of the offset."""
    if not (np.isfinite(fit.scale).all() and (fit.scale != 0).all()):
        return
    channels = len(fit.scale)
    for scale_digits, offset_digits in digits:
        divisor, offset = _rounded(1 / fit.scale, scale_digits), _rounded(fit.offset, offset_digits)
        if 0 in divisor:
            continue
        options = {"scale": _shortened(divisor), "offset": _shortened(offset)}
        if channels != 3 and (len(options["scale"]) > 1 or len(options["offset"]) > 1):
            continue
        order = (stage("channels.swap"),) if swapped else ()
        chain = chain_of((*order, stage("normalize.affine", options)), channels)
        if chain is not None:
            yield chain


def _rounded(numbers: Values, digits: int) -> tuple[float, ...]:
    """To so many digits after the point, or as many significant ones where that is more."""
    return tuple(
        float(f"{number:.{digits}f}") if abs(number) >= 1 else float(f"{number:.{digits + 1}g}") for number in numbers
    )


def _shortened(numbers: tuple[float, ...]) -> tuple[float, ...]:
    return numbers[:1] if len(set(numbers)) == 1 else numbers


def rest_levels(picture: npt.NDArray[Any], made: Image, chain: Chain) -> Values:
    """What `picture` has more than `made`, both with the array's values, in levels: H x W x C or (pixels, C)."""
    rest: Values = (picture.astype(np.float64) - made) / np.abs(chain.scale)
    return rest
