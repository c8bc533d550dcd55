"""Which picture of an array shows which region of the source, and the placements that could show it.

A few decodes that any installation has stand for all of them: where the picture lies hardly depends on the decoder.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from ..errors import SamePixelsError
from ..image import Image, as_image
from ..pipeline import carry_out
from ..recipe import parse_stage
from ..source import Source
from .bridges import Stages
from .placements import Placement, placements, unresized, whole
from .regions import Region, RegionFinder
from .stand_ins import stand_ins
from .targets import Target
from .value_fit import CLIPPED_LEVELS

_REFERENCES = {
    True: ("opencv.imdecode", "pillow.open(mode=RGB, exif_transpose=true)"),
    False: ("opencv.imdecode(ignore_orientation=true)", "pillow.open(mode=RGB)", "tensorflow.decode_jpeg(channels=3)"),
}
"""Decodes that apply the orientation, and that do not."""

_SHRUNK_PX = 512
_SHRINKS = (f"opencv.resize(INTER_AREA, longer={_SHRUNK_PX})", f"pillow.resize(BOX, longer={_SHRUNK_PX})")

MOST_HYPOTHESES = 3
MOST_PLACEMENTS = 8
_Key: TypeAlias = tuple[int, bool, tuple[int, int]]

_LUMA = np.array([0.299, 0.587, 0.114], np.float32)


@dataclass(frozen=True, eq=False)
class Hypothesis:
    """A picture in the array, its order of channels, and the regions of a decoded picture that it may show.

    `reference_wh` is the size of the picture in which they were found.
    """

    target: Target
    swapped: bool
    regions: tuple[Region, ...]
    reference_wh: tuple[int, int]

    def suits(self, image: Image) -> bool:
        """Whether a decoded picture has the aspect of the reference: is turned as it is."""
        ratio = (image.shape[1] / image.shape[0]) / (self.reference_wh[0] / self.reference_wh[1])
        return bool(0.9 < ratio < 1.1) or min(image.shape[:2]) < 8

    def placements(self, image: Image) -> dict[Placement, float]:
        """The placements that come nearest on a decoded picture with quick resizes that stand for all, and how near."""
        size_wh, target_wh = (image.shape[1], image.shape[0]), self.target.wanted.size_wh
        possible = dict.fromkeys(each for region in self.regions for each in placements(region, size_wh, target_wh))
        rated = {each: self._rate(each, image) for each in possible}
        # Ways to write one crop come equally near, and count as one.
        rates = sorted(set(rated.values()))[:MOST_PLACEMENTS]
        bound = 1.25 * rates[0] + 0.3 if rates else 0.0
        near = [each for rate in rates if rate <= bound for each in possible if rated[each] == rate]
        always = [each for each in (unresized(), whole(target_wh)) if each in rated]
        return {each: rated[each] for each in (*near, *always)}

    def _rate(self, placement: Placement, image: Image) -> float:
        """How near the nearest stand-in comes, in levels."""
        target = self.target.colour
        plain = _plain(image, target.wanted.channels)
        made = (each for each in _shown(placement, plain) if each.shape[1::-1] == target.wanted.size_wh)
        rates = (target.fit(each, swapped=self.swapped).residual_levels for each in made)
        return min(rates, default=CLIPPED_LEVELS)


def _shown(placement: Placement, image: Image) -> Iterator[Image]:
    """What the stand-ins make of a picture in this place; nothing where the place does not fit."""
    try:
        given = _carried(placement.before, image)
        for each in stand_ins() if placement.size else ():
            assert placement.size is not None
            size_wh = placement.size.resolve((given.shape[1], given.shape[0]), placement.side_rounding)
            yield _carried(placement.after, each(given, size_wh))
        if placement.size is None:
            yield given
    except SamePixelsError:
        return


def _carried(stages: Stages, image: Image) -> Image:
    for each in stages:
        image = carry_out(each, image).image
    return image


def hypotheses(source: Source, targets: Iterable[Target]) -> list[Hypothesis]:
    """The likeliest, of all targets and orientations."""
    every = list(targets)
    found: dict[_Key, list[Region]] = {}
    for turned in (True, False) if source.header.orientation > 1 else (True,):
        reference = _first_of(_REFERENCES[turned], source.data)
        if reference is None:
            continue
        shrunk = _shrunk(reference)
        finders = {1: RegionFinder(_grey(shrunk)), 3: RegionFinder(shrunk)}
        for number, target in enumerate(every):
            colour = target.colour
            for region in finders[colour.wanted.channels].find(colour.picture):
                size_wh = (reference.shape[1], reference.shape[0])
                found.setdefault((number, region.swapped, size_wh), []).append(region)
    return [
        Hypothesis(every[number], swapped, tuple(regions), size_wh)
        for (number, swapped, size_wh), regions in _likeliest(found).items()
    ]


def _likeliest(found: dict[_Key, list[Region]]) -> dict[_Key, list[Region]]:
    """The regions about as near as the nearest of all, with what they belong to."""
    residuals = [region.residual_levels for regions in found.values() for region in regions]
    bound = 1.5 * min(residuals, default=0.0) + 0.5
    near = {key: [region for region in regions if region.residual_levels <= bound] for key, regions in found.items()}
    order = sorted((key for key in near if near[key]), key=lambda key: near[key][0].residual_levels)
    return {key: near[key] for key in order[:MOST_HYPOTHESES]}


def _first_of(texts: Iterable[str], given: bytes | Image) -> Image | None:
    for text in texts:
        try:
            return carry_out(parse_stage(text), given).image
        except SamePixelsError:
            continue
    return None


def _shrunk(image: Image) -> Image:
    if max(image.shape[:2]) <= _SHRUNK_PX:
        return image
    shrunk = _first_of(_SHRINKS, image)
    return image if shrunk is None else shrunk


def _grey(image: Image) -> Image:
    return as_image((image.astype(np.float32) @ _LUMA)[:, :, np.newaxis])


def _plain(image: Image, channels: int) -> Image:
    """`image` without alpha, and in grey where one channel is wanted."""
    if image.shape[2] in (2, 4):
        image = as_image(image[:, :, : image.shape[2] - 1])
    return _grey(image) if channels == 1 and image.shape[2] == 3 else image
