"""From the region that an array shows to the crops and sizes that show it, written as people write them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from ..operations.catalogue import operation
from ..operations.declaration import Number, Operation
from ..operations.geometry import fraction_box
from ..operations.target_size import ROUND_SIDE, Fit, TargetSize
from ..recipe import Stage, stage
from .bridges import Stages
from .regions import Region

SizeWH = tuple[int, int]

NEAR_WHOLE = 0.97
"""A region with at least this part of both sides may be all of the picture."""

_ALIKE = 0.03
_NEIGHBOURS = (0, 1, -1, 2, -2)
_FRACTION_WITHIN = 0.004
_MOST_DIGITS = 4
_MOST_FRACTIONS = 12


@dataclass(frozen=True)
class Placement:
    """What stands around a resize: crops before it, the size it makes, crops after it.

    `size` is None where nothing is resized; `side_rounding` is how `shorter=` and `longer=` make the other side whole.
    """

    before: Stages
    size: TargetSize | None
    side_rounding: str
    after: Stages

    def options(self, resize: Operation, size_wh: SizeWH) -> dict[str, TargetSize | str]:
        """The size as options of `resize` for a picture of `size_wh`: by its own rounding where that does the same."""
        assert self.size is not None
        if self.size.fit is Fit.EXACT:
            return {"size": self.size}
        own = resize.option("side_rounding").default
        assert isinstance(own, str)
        same = self.size.resolve(size_wh, own) == self.size.resolve(size_wh, self.side_rounding)
        return {"size": self.size, "side_rounding": own if same else self.side_rounding}


def whole(size_wh: SizeWH) -> Placement:
    """All of the picture made `size_wh`."""
    return Placement((), TargetSize.exact(*size_wh), "truncate", ())


def unresized() -> Placement:
    """The picture as it is decoded."""
    return Placement((), None, "truncate", ())


def placements(region: Region, decoded_wh: SizeWH, target_wh: SizeWH) -> tuple[Placement, ...]:
    """The ways to show about `region` of a picture of `decoded_wh` in `target_wh` pixels."""
    found = [unresized()] if decoded_wh == target_wh else []
    if min(region.width_part, region.height_part) >= NEAR_WHOLE:
        found.append(whole(target_wh))
    found += _cropped_only(region, decoded_wh, target_wh)
    found += _cropped_after(region, decoded_wh, target_wh)
    found += _cropped_before(region, decoded_wh, target_wh)
    return tuple(dict.fromkeys(found))


def _cropped_only(region: Region, decoded_wh: SizeWH, target_wh: SizeWH) -> Iterator[Placement]:
    shown_wh = (region.width_part * decoded_wh[0], region.height_part * decoded_wh[1])
    near = all(abs(shown - side) <= max(2, _ALIKE * side) for shown, side in zip(shown_wh, target_wh, strict=True))
    if near and decoded_wh != target_wh and _fits(target_wh, decoded_wh):
        for crop in _centre_crops(decoded_wh, target_wh):
            yield Placement((), None, "truncate", crop)


def _cropped_after(region: Region, decoded_wh: SizeWH, target_wh: SizeWH) -> Iterator[Placement]:
    """A resize to something larger, then the middle of it."""
    resized = (target_wh[0] / region.width_part, target_wh[1] / region.height_part)
    seen: set[tuple[SizeWH, Stages]] = set()
    for size, rounding in _sizes_near(resized, decoded_wh):
        size_wh = size.resolve(decoded_wh, rounding)
        if _fits(target_wh, size_wh) and size_wh != target_wh:
            for crop in _centre_crops(size_wh, target_wh):
                # Of several ways to write one size the first is kept; a square in pixels stays beside its shorter side.
                if (size_wh, crop) not in seen:
                    seen.add((size_wh, crop))
                    yield Placement((), size, rounding, crop)


def _sizes_near(resized: tuple[float, float], decoded_wh: SizeWH) -> Iterator[tuple[TargetSize, str]]:
    for fit, side in ((Fit.SHORTER, min(decoded_wh)), (Fit.LONGER, max(decoded_wh))):
        implied = [length * side / decoded for length, decoded in zip(resized, decoded_wh, strict=True)]
        if abs(implied[0] - implied[1]) <= _ALIKE * implied[0]:
            for step, rounding in product(_NEIGHBOURS, ROUND_SIDE):
                yield TargetSize.side(fit, max(1, round(sum(implied) / 2) + step)), rounding
    width, height = round(resized[0]), round(resized[1])
    if abs(width - height) <= _ALIKE * width:
        for step in _NEIGHBOURS:
            side = max(1, round((resized[0] + resized[1]) / 2) + step)
            yield TargetSize.exact(side, side), "truncate"
    for x, y in product((0, 1, -1), repeat=2):
        yield TargetSize.exact(max(1, width + x), max(1, height + y)), "truncate"


def _cropped_before(region: Region, decoded_wh: SizeWH, target_wh: SizeWH) -> Iterator[Placement]:
    """The middle of the picture, then a resize of that."""
    width, height = (
        part * side for part, side in zip((region.width_part, region.height_part), decoded_wh, strict=True)
    )
    resize = TargetSize.exact(*target_wh)
    crops = list(_fraction_crops(region, decoded_wh))
    if abs(width - height) <= _ALIKE * width:
        sides = [round((width + height) / 2) + step for step in _NEIGHBOURS]
        crops += [crop for side in sides for crop in _crops_of((side, side), decoded_wh)]
    near = product((0, 1, -1), repeat=2)
    crops += [crop for x, y in near for crop in _crops_of((round(width) + x, round(height) + y), decoded_wh)]
    for crop in dict.fromkeys(crops):
        yield Placement((crop,), resize, "truncate", ())


def _fraction_crops(region: Region, decoded_wh: SizeWH) -> Iterator[Stage]:
    """Of each side, and of the shorter one as a square, if the region is such a part."""
    width, height = region.width_part * decoded_wh[0], region.height_part * decoded_wh[1]
    if abs(region.width_part - region.height_part) <= _ALIKE:
        yield from _crops_near((region.width_part + region.height_part) / 2, decoded_wh, square=False)
    if abs(width - height) <= _ALIKE * width:
        part = min(1.0, (width + height) / 2 / min(decoded_wh))
        yield from _crops_near(part, decoded_wh, square=True)


def _crops_near(value: float, decoded_wh: SizeWH, *, square: bool) -> Iterator[Stage]:
    """Usual fractions and short decimals near `value`, one for each part that they cut out; none cuts nothing off."""
    side = min(decoded_wh) if square else max(decoded_wh)
    within = max(_FRACTION_WITHIN, 2 / side)
    found: dict[tuple[int, ...], float] = {}
    for fraction in (*_usual_fractions(), *_decimals_near(value, within)):
        if abs(fraction - value) <= within and 0 < fraction <= 1:
            found.setdefault(fraction_box(decoded_wh, fraction, square=square), fraction)
    found.pop((0, 0, *decoded_wh), None)
    for fraction in sorted(found.values(), key=lambda each: abs(each - value))[:_MOST_FRACTIONS]:
        yield stage("crop.fraction", {"fraction": fraction, "square": square})


def _crops_of(size_wh: SizeWH, decoded_wh: SizeWH) -> list[Stage]:
    if min(size_wh) < 1 or not _fits(size_wh, decoded_wh) or size_wh == decoded_wh:
        return []
    return [crop for crop, *_ in _centre_crops(decoded_wh, size_wh)]


def _centre_crops(size_wh: SizeWH, target_wh: SizeWH) -> list[Stages]:
    """The centre crop, and the one that rounds half to even where that is another."""
    crop = stage("crop.center", {"size": TargetSize.exact(*target_wh)})
    margins = [(size - target) / 2 for size, target in zip(size_wh, target_wh, strict=True)]
    differs = any(round(margin) != int(margin) for margin in margins)
    return [(crop,), *([(crop.replace(offset_rounding="half_even"),)] if differs else [])]


def _fits(inner_wh: SizeWH, outer_wh: SizeWH) -> bool:
    return inner_wh[0] <= outer_wh[0] and inner_wh[1] <= outer_wh[1]


def _usual_fractions() -> tuple[float, ...]:
    option = operation("crop.fraction").option("fraction")
    assert isinstance(option, Number)
    return option.usual


def _decimals_near(value: float, within: float) -> Iterator[float]:
    """From few digits to many."""
    for digits in range(1, _MOST_DIGITS + 1):
        step = 10.0**-digits
        first = round((value - within) / step)
        yield from (round(count * step, digits) for count in range(first, first + 2 + int(2 * within / step)))
