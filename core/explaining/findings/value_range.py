"""Another range of values or a normalisation: B = scale * A + offset, a channel at a time."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ...operations.normalize import CAFFE_MEAN_BGR, CLIP_MEAN, CLIP_STD, TORCH_MEAN, TORCH_STD
from .finding import Finding, Found
from .pair import Pair, block_means, correlation, saturated

_SIDE = 24
_ALIKE = 0.98
_SAME_SCALE = 0.03
_SAME_OFFSET_LEVELS = 5.0
_BRIGHTNESS_LEVELS = 64
_NAMED_WITHIN = 0.01
_BLOCKS_NEEDED = 0.1

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class _Scale:
    """`scale * level + offset` for red, green and blue; `name` is empty for a fitted one."""

    name: str
    scale: Numbers
    offset: Numbers

    @property
    def inverse(self) -> "_Scale":
        return _Scale(f"the inverse of {self.name}", 1 / self.scale, -self.offset / self.scale)

    def distance(self, other: "_Scale") -> float:
        """How far two are apart, as a part of white's value, over the levels 0 to 255."""
        white = np.abs(255 * self.scale)
        ends = (self.offset - other.offset, 255 * (self.scale - other.scale) + self.offset - other.offset)
        return float(max((np.abs(end) / white).max() for end in ends))


def _standard(name: str, mean: tuple[float, ...], std: tuple[float, ...]) -> _Scale:
    return _Scale(name, 1 / (255 * np.array(std)), -np.array(mean) / np.array(std))


def _simple(name: str, divisor: float, offset: float) -> _Scale:
    return _Scale(name, np.full(3, 1 / divisor), np.full(3, offset))


NAMED = (
    _simple("x / 255", 255, 0),
    _simple("x / 256", 256, 0),
    _simple("normalize.tf, x / 127.5 - 1", 127.5, -1),
    _simple("(x - 127) / 128", 128, -127 / 128),
    _simple("x - 128", 1, -128),
    _standard("normalize.torch, (x / 255 - mean) / std of ImageNet", TORCH_MEAN, TORCH_STD),
    _standard("normalize.clip, (x / 255 - mean) / std of CLIP", CLIP_MEAN, CLIP_STD),
    _Scale("normalize.caffe, x - mean of ImageNet", np.ones(3), -np.array(CAFFE_MEAN_BGR[::-1])),
)


def value_range(pair: Pair) -> Found | None:
    """B's values are a multiple of A's and an offset, which is more than brightness."""
    fitted = _fit(pair.middle if pair.same_shape else pair)
    if fitted is None or _is_the_same(fitted):
        return None
    named = _named(fitted, pair.level)
    used = named or fitted
    undone = (pair.b.astype(np.float64) - used.offset) / used.scale
    in_values = _in_values(used, pair.level)
    evidence = f"B = scale * A + offset with {_words(in_values)}" + (f": {named.name}." if named else ".")
    figures = {"scale": in_values.scale.tolist(), "offset": in_values.offset.tolist(), "name": named and named.name}
    confidence = 0.99 if named else 0.8
    return Found(Finding("value_range", evidence, confidence, figures), pair.with_b(undone.astype(np.float32)))


def _in_values(found: _Scale, level: float) -> _Scale:
    """The same between the arrays' own values, where both have been divided by `level`."""
    return _Scale(found.name, found.scale, found.offset * level)


def _words(found: _Scale) -> str:
    scale, offset = (
        f"{values[0]:.4g}"
        if np.ptp(values) <= 1e-3 * np.abs(values).max()
        else "[" + ", ".join(f"{value:.4g}" for value in values) + "]"
        for values in (found.scale, found.offset)
    )
    return f"scale {scale} and offset {offset}"


def _fit(pair: Pair) -> _Scale | None:
    """Scale and offset by the spreads and means of coarse blocks, which neither kernels nor small shifts change.

    The ratio of the spreads is used, since a regression's slope gets smaller with every other difference.
    """
    a, b = (block_means(image, _SIDE) for image in (pair.a, pair.b))
    if a.shape != b.shape:
        return None
    clipped = saturated(pair.a) if not pair.same_shape else saturated(pair.a) | saturated(pair.b)
    whole = block_means(np.any(clipped, axis=2).astype(np.float32), _SIDE) == 0
    if whole.mean() >= _BLOCKS_NEEDED:
        a, b = a[whole], b[whole]
    a, b = a.reshape(-1, 3), b.reshape(-1, 3)
    alike = [correlation(a[:, channel], b[:, channel]) for channel in range(3)]
    if min(np.abs(alike)) < _ALIKE:
        return None
    scale = np.sign(alike) * b.std(axis=0, dtype=np.float64) / a.std(axis=0, dtype=np.float64)
    return _Scale("", scale, b.mean(axis=0, dtype=np.float64) - scale * a.mean(axis=0, dtype=np.float64))


def _is_the_same(fitted: _Scale) -> bool:
    """The same scale, with at most a few levels more or less in all channels alike: that is brightness."""
    at_middle = 127.5 * (fitted.scale - 1) + fitted.offset
    return bool(
        np.abs(fitted.scale - 1).max() < _SAME_SCALE
        and np.ptp(at_middle) < _SAME_OFFSET_LEVELS
        and np.abs(at_middle).max() < _BRIGHTNESS_LEVELS
    )


def _named(fitted: _Scale, level: float) -> _Scale | None:
    """The nearest known normalisation, or inverse of one if A is the normalised side."""
    known = [*NAMED, *(each.inverse for each in NAMED)] if level == 1 else [_simple("x * 255", 1, 0)]
    best = min(known, key=lambda each: each.distance(fitted))
    return best if best.distance(fitted) < _NAMED_WITHIN else None
