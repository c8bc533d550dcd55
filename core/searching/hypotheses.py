"""Which picture of an array shows which region of the source, and the placements that could show it.

A few decodes that any installation has stand for all of them: where the picture lies hardly depends on the decoder.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from ..errors import SamePixelsError
from ..image import Image, as_image
from ..pipeline import carry_out
from ..recipe import Stage, parse_stage
from ..source import Source
from .placements import Placement, placements, unresized, whole
from .regions import Region, RegionFinder
from .targets import Target
from .trials import Try, trials
from .value_fit import CLIPPED_LEVELS

_REFERENCES = {
    True: ("opencv.imdecode", "pillow.open(mode=RGB, exif_transpose=true)"),
    False: ("opencv.imdecode(ignore_orientation=true)", "pillow.open(mode=RGB)", "tensorflow.decode_jpeg(channels=3)"),
}
"""Decodes that apply the orientation, and that do not."""

_SHRUNK_PX = 1024
_SHRINKS = (f"opencv.resize(INTER_AREA, longer={_SHRUNK_PX})", f"pillow.resize(BOX, longer={_SHRUNK_PX})")
_STAND_INS = (
    ("opencv.resize(INTER_NEAREST, 1x1)", "opencv.resize(INTER_LINEAR, 1x1)", "opencv.resize(INTER_AREA, 1x1)"),
    ("pillow.resize(NEAREST, 1x1)", "pillow.resize(BILINEAR, 1x1)", "pillow.resize(BOX, 1x1)"),
)
"""Resizes that cost little and stand for all: displaced, without antialiasing, and with it."""

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

    def placements(self, image: Image) -> tuple[Placement, ...]:
        """The placements that come nearest on a decoded picture with stand-ins for all resizes."""
        size_wh, target_wh = (image.shape[1], image.shape[0]), self.target.wanted.size_wh
        possible = dict.fromkeys(each for region in self.regions for each in placements(region, size_wh, target_wh))
        rated = {each: self._rate(each, image) for each in possible}
        bound = 1.25 * min(rated.values(), default=0.0) + 0.3
        near = sorted((each for each in possible if rated[each] <= bound), key=lambda each: rated[each])
        always = [each for each in (unresized(), whole(target_wh)) if each in rated]
        return tuple(dict.fromkeys((*near[:MOST_PLACEMENTS], *always)))

    def _rate(self, placement: Placement, image: Image) -> float:
        target = self.target.colour
        plain = _plain(image, target.wanted.channels)
        tried = (next(trials(plain, way, target.wanted), None) for way in _stand_ins(placement))
        rates = (target.fit(made.image, swapped=self.swapped).residual_levels for made in tried if made)
        return min(rates, default=CLIPPED_LEVELS)


def _stand_ins(placement: Placement) -> list[Try]:
    if placement.size is None:
        return [(placement, ())]
    for texts in _STAND_INS:
        if is_installed(parse_stage(texts[0])):
            return [(placement, (parse_stage(text),)) for text in texts]
    return []


def is_installed(resize: Stage) -> bool:
    """Whether a stage can be carried out here at all."""
    try:
        carry_out(resize, as_image(np.zeros((1, 1, 3), np.uint8)))
    except SamePixelsError:
        return False
    return True


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
    return _first_of(_SHRINKS, image) or image


def _grey(image: Image) -> Image:
    return as_image((image.astype(np.float32) @ _LUMA)[:, :, np.newaxis])


def _plain(image: Image, channels: int) -> Image:
    """`image` without alpha, and in grey where one channel is wanted."""
    if image.shape[2] in (2, 4):
        image = as_image(image[:, :, : image.shape[2] - 1])
    return _grey(image) if channels == 1 and image.shape[2] == 3 else image
