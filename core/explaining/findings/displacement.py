"""B displaced against A, by whole pixels or a fraction of one.

A first guess comes from the peak of the phase correlation (Kuglin and Hines, 1975), the figure from least squares on
the gradients (Lucas and Kanade, 1981) of both, smoothed. Parts of the picture have to agree on it. Where aliasing makes
most of the difference, as in thin structures shrunk without antialiasing, nothing is said.
"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from ...measuring.axis_model import Positions, model
from ...measuring.kernels import keys_cubic
from .finding import Finding, Found
from .pair import Floats, Pair, luma, smoothed

_LEAST_PX = 0.04
_EXPLAINED = 0.4
"""The share of the squared difference, smoothed, that the displacement has to remove."""

_AGREEING = 0.6
_SIGMA_PX = 1.2
_ROUNDS = 12
_DONE_PX = 1e-4
_TILES = 4
_LARGEST_PX = 64
_LEAST_SIDE_PX = 32
_WHOLE_PX = 0.02

Shift = npt.NDArray[np.float64]
"""(x, y)."""


def displaced(pair: Pair) -> Found | None:
    """B's content lies beside A's."""
    if not pair.same_shape or min(pair.a.shape[:2]) < _LEAST_SIDE_PX or pair.settled or not pair.aligned:
        return None
    pair = pair.middle
    a, b = (smoothed(luma(image), _SIGMA_PX) for image in (pair.a, pair.b))
    shift = _refined(a, b, _whole_pixels(a, b))
    if shift is None or np.hypot(*shift) < _LEAST_PX:
        return None
    before, after = _spread(*_common(a, b, shift, apply=False)), _spread(*_common(a, b, shift, apply=True))
    explained = 1 - after / before if before > 0 else 0.0
    agreeing = _agreement(a, b, shift)
    if explained < _EXPLAINED or agreeing < _AGREEING:
        return None
    x, y = (float(each) for each in shift)
    evidence = (
        f"B's content lies {_words(x, y)} of A's; moving A so removes {explained:.0%} of the squared difference, "
        f"and {agreeing:.0%} of the picture's parts agree."
    )
    figures = {"x_px": x, "y_px": y, "explained": explained}
    return Found(Finding("displaced", evidence, min(1.0, explained * agreeing + 0.2), figures), _undone(pair, shift))


def _words(x: float, y: float) -> str:
    parts = (
        (x, f"{abs(x):.2f} px to the {'right' if x > 0 else 'left'}"),
        (y, f"{abs(y):.2f} px {'below' if y > 0 else 'above'}"),
    )
    return " and ".join(words for distance, words in parts if abs(distance) >= _WHOLE_PX / 2)


def _whole_pixels(a: Floats, b: Floats) -> Shift:
    """The shift at the peak of the phase correlation if it brings them closer than none does."""
    window = np.outer(*(np.hanning(length + 2)[1:-1] for length in a.shape)).astype(np.float32)
    spectrum = np.fft.rfft2((b - b.mean()) * window) * np.conj(np.fft.rfft2((a - a.mean()) * window))
    peaks = np.fft.irfft2(spectrum / np.maximum(np.abs(spectrum), 1e-6), s=a.shape)
    y, x = np.unravel_index(int(np.argmax(peaks)), a.shape)
    height, width = a.shape
    shift = np.array([x - width if x > width // 2 else x, y - height if y > height // 2 else y], np.float64)
    if np.abs(shift).max() > min(_LARGEST_PX, *(length // 4 for length in a.shape)):
        return np.zeros(2)
    none = np.zeros(2)
    return min((none, shift), key=lambda each: _spread(*_common(a, b, each, apply=True)))


def _common(a: Floats, b: Floats, shift: Shift, *, apply: bool) -> tuple[Floats, Floats]:
    """Both where they overlap, A moved by `shift` if `apply`, without what the borders have spoilt."""
    moved = _moved(a, shift) if apply else a
    margin_x, margin_y = (int(np.ceil(abs(each))) + 3 for each in shift)
    inner = (slice(margin_y, -margin_y), slice(margin_x, -margin_x))
    return moved[inner], b[inner]


def _moved(image: Floats, shift: Shift) -> Floats:
    """`image` with its content moved by `shift`, interpolated by Keys' cubic."""
    for axis, distance in ((1, shift[0]), (0, shift[1])):
        if distance:
            length = image.shape[axis]
            weights = model(keys_cubic(-0.5), Positions(1.0, -float(distance)), 1.0, "replicate", (length, length))
            image = weights.apply(image, axis).astype(np.float32)
    return image


def _spread(a: Floats, b: Floats) -> float:
    return float(np.var(b - a, dtype=np.float64))


def _refined(a: Floats, b: Floats, shift: Shift) -> Shift | None:
    """Least squares on gradients, from `shift` on; None where it leads nowhere or the picture has no detail."""
    start = shift
    for _ in range(_ROUNDS):
        matrix, target = _equations(*_common(a, b, shift, apply=True))
        if np.linalg.cond(matrix) > 1e4:
            return None
        step = np.linalg.solve(matrix, target)
        shift = shift + np.clip(step, -1, 1)
        if np.abs(shift - start).max() > 4:
            return None
        if np.abs(step).max() < _DONE_PX:
            break
    return shift


def _equations(a: Floats, b: Floats) -> tuple[Shift, Shift]:
    """The normal equations of B - A = -gradient . step, with the gradient of both and the mean left out."""
    dy, dx = np.gradient((a + b) / 2)
    columns = np.stack([dx.ravel(), dy.ravel()]).astype(np.float64)
    columns -= columns.mean(axis=1, keepdims=True)
    difference = (b - a).ravel().astype(np.float64)
    return columns @ columns.T, -(columns @ (difference - difference.mean()))


def _agreement(a: Floats, b: Floats, shift: Shift) -> float:
    """The share of the picture's parts, by their detail, in which `shift` is about right."""
    before = _common(a, b, shift, apply=False)
    moved = _common(a, b, shift, apply=True)
    agreed, total = 0.0, 0.0
    for rows in np.array_split(np.arange(before[0].shape[0]), _TILES):
        for columns in np.array_split(np.arange(before[0].shape[1]), _TILES):
            part = np.ix_(rows, columns)
            weight = _spread(before[0][part], before[1][part])
            total += weight
            agreed += weight * (_spread(moved[0][part], moved[1][part]) < 0.8 * weight)
    return agreed / total if total else 0.0


def _undone(pair: Pair, shift: Shift) -> Pair:
    """The parts that both show, A moved onto B; exactly where the shift is a whole number of pixels."""
    whole = np.rint(shift)
    is_whole = bool(np.abs(shift - whole).max() < _WHOLE_PX)
    a, b = _common(pair.a, pair.b, whole if is_whole else shift, apply=True)
    return replace(pair, a=np.ascontiguousarray(a), b=np.ascontiguousarray(b), resampled=not is_whole)
