"""The kernels of resizing, by the formulas that the libraries have.

A kernel is a function of the distance to the sampling position, in source pixels or, where it is stretched against
aliasing, in output pixels. Each is even and zero beyond its radius; none is normalised further than its formula.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Curve: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Kernel:
    """A named kernel; `parameter` is Keys' coefficient a, or Lanczos' number of lobes, or None.

    `jumps` tells that it ends in a step: whether a pixel just at the radius counts is then decided by rounding.
    """

    name: str
    radius: float
    weigh: Callable[[Curve], Curve]
    parameter: float | None = None
    jumps: bool = False

    def __call__(self, distance: Curve) -> Curve:
        """The weights at `distance`, zero from the radius on."""
        return np.where(np.abs(distance) < self.radius, self.weigh(np.abs(distance)), 0.0)


def triangle() -> Kernel:
    """Linear interpolation."""
    return Kernel("triangle", 1.0, lambda x: 1 - x)


def box() -> Kernel:
    """Every source pixel whose centre lies within half a pixel, alike."""
    return Kernel("box", 0.5, np.ones_like, jumps=True)


def keys_parts(x: Curve) -> tuple[Curve, Curve]:
    """Keys' kernel at distances `x` of 0 and more, which is linear in a: the part without it, and the factor of a."""
    inner, outer = x < 1, (x >= 1) & (x < 2)
    constant = np.where(inner, 2 * x**3 - 3 * x**2 + 1, 0.0)
    factor = np.where(inner, x**3 - x**2, 0.0) + np.where(outer, x**3 - 5 * x**2 + 8 * x - 4, 0.0)
    return constant, factor


def keys_cubic(a: float) -> Kernel:
    """Keys' cubic convolution (R. Keys, 1981): `a` is -0.5 in TensorFlow 2 and Pillow, -0.75 in OpenCV."""

    def weigh(x: Curve) -> Curve:
        constant, factor = keys_parts(x)
        return constant + a * factor

    return Kernel("keys-cubic", 2.0, weigh, a)


def mitchell_cubic() -> Kernel:
    """Mitchell and Netravali's cubic with B = C = 1/3 (1988). It blurs even where nothing is scaled."""

    def weigh(x: Curve) -> Curve:
        inner = (7 * x**3 - 12 * x**2 + 16 / 3) / 6
        outer = (-7 / 3 * x**3 + 12 * x**2 - 20 * x + 32 / 3) / 6
        return np.where(x < 1, inner, outer)

    return Kernel("mitchell-cubic", 2.0, weigh)


def lanczos(lobes: int) -> Kernel:
    """sinc(x) sinc(x / lobes) (Lanczos, Duchon 1979)."""
    return Kernel("lanczos", float(lobes), lambda x: np.sinc(x) * np.sinc(x / lobes), float(lobes))


def gaussian() -> Kernel:
    """TensorFlow's Gaussian: radius 1.5, standard deviation a third of that."""
    return Kernel("gaussian", 1.5, lambda x: np.exp(-(x**2) / (2 * 0.5**2)), jumps=True)


def hamming() -> Kernel:
    """Pillow's HAMMING: sinc under a Hamming window of radius 1."""
    return Kernel("hamming", 1.0, lambda x: np.sinc(x) * (0.54 + 0.46 * np.cos(np.pi * x)))


def magic_kernel_sharp_2013() -> Kernel:
    """Costella's Magic Kernel Sharp 2013 (https://johncostella.com/magic/), Pillow's MKS2013."""
    pieces = (
        (0.5, lambda x: 17 / 16 - 7 / 4 * x**2),
        (1.5, lambda x: x**2 - 11 / 4 * x + 7 / 4),
        (2.5, lambda x: -((x - 5 / 2) ** 2) / 8),
    )
    return Kernel("magic-kernel-sharp-2013", 2.5, _piecewise(pieces))


def magic_kernel_sharp_2021() -> Kernel:
    """Costella's Magic Kernel Sharp 2021 (https://johncostella.com/magic/), Pillow's MKS2021."""
    pieces = (
        (0.5, lambda x: 577 / 576 - 239 / 144 * x**2),
        (1.5, lambda x: (140 * x**2 - 379 * x + 239) / 144),
        (2.5, lambda x: -(24 * x**2 - 113 * x + 130) / 144),
        (3.5, lambda x: (4 * x**2 - 27 * x + 45) / 144),
        (4.5, lambda x: -((2 * x - 9) ** 2) / 1152),
    )
    return Kernel("magic-kernel-sharp-2021", 4.5, _piecewise(pieces))


def _piecewise(pieces: tuple[tuple[float, Callable[[Curve], Curve]], ...]) -> Callable[[Curve], Curve]:
    """The first piece whose end lies beyond the distance."""

    def weigh(x: Curve) -> Curve:
        return np.select([x < end for end, _ in pieces], [piece(x) for _, piece in pieces], 0.0)

    return weigh


NAMED = (
    triangle(),
    mitchell_cubic(),
    *(lanczos(lobes) for lobes in (2, 3, 4, 5)),
    gaussian(),
    hamming(),
    box(),
    magic_kernel_sharp_2013(),
    magic_kernel_sharp_2021(),
)
"""The kernels without a coefficient to be fitted."""
