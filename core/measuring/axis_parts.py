"""A named axis taken apart into positions, kernel, stretch and border, and put together again with parts of another."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from .axis import AxisOperator, narrowed
from .axis_fit import NAMED_WITHIN, NEAREST_RULES, AxisFit, Rounding
from .axis_model import Border, Positions, furthest, interval_model, model
from .kernels import NAMED, Kernel, keys_cubic, lanczos

Sizes: TypeAlias = tuple[int, int]
Weigh: TypeAlias = Callable[[Positions, float, Border, Sizes], AxisOperator]
"""An axis from its positions, how far the kernel is stretched, the border rule, and its sizes (in, out)."""


@dataclass(frozen=True)
class KernelRule:
    """How a row weighs what lies around its position, whatever the other parts are."""

    name: str
    weigh: Weigh

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KernelRule) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)


@dataclass(frozen=True)
class AxisParts:
    """The parts of an axis; `border` is None where none shows, so that any other's may be taken."""

    positions: Positions
    kernel: KernelRule
    stretch: float
    border: Border | None

    def operator(self, sizes: Sizes) -> AxisOperator:
        """The weights that these parts make."""
        return self.kernel.weigh(self.positions, self.stretch, self.border or "replicate", sizes)


def parts_of(fit: AxisFit, measured: AxisOperator) -> AxisParts | None:
    """The parts of a measured axis by its fit; None where they do not make its weights, as for an unknown kernel."""
    kernel = _kernel_rule(fit)
    if kernel is None:
        return None
    scale = measured.size_in / measured.size_out
    parts = AxisParts(fit.positions, kernel, scale if fit.antialias else 1.0, fit.border)
    distance = furthest(parts.operator((measured.size_in, measured.size_out)), measured)
    # What rounding decides, which pixel is nearest or whether one at a box's end counts, is arithmetic and no part.
    decided_by_rounding = fit.kernel in ("nearest", "box", "gaussian")
    return parts if decided_by_rounding or distance <= NAMED_WITHIN else None


def _kernel_rule(fit: AxisFit) -> KernelRule | None:
    if fit.kernel == "nearest":
        rounding = next((name for name in NEAREST_RULES if fit.detail.startswith(name)), None)
        return rounding and KernelRule(f"nearest, {rounding.partition(' of ')[0]}", _nearest(rounding))  # type: ignore[return-value]
    if fit.detail == "over the exact source interval":
        return KernelRule(f"box {fit.detail}", interval_model)
    kernel = _kernel(fit)
    return kernel and KernelRule(_kernel_name(fit), _of_kernel(kernel))  # type: ignore[return-value]


def _kernel(fit: AxisFit) -> Kernel | None:
    if fit.kernel == "keys-cubic" and fit.a is not None:
        return keys_cubic(fit.a)
    if fit.kernel == "lanczos" and fit.lobes is not None:
        return lanczos(fit.lobes)
    return next((kernel for kernel in NAMED if kernel.name == fit.kernel), None)


def _kernel_name(fit: AxisFit) -> str:
    if fit.a is not None:
        return f"{fit.kernel} a={fit.a:.3f}"
    return f"{fit.kernel} {fit.lobes or fit.detail}".strip()


def _of_kernel(kernel: Kernel) -> Weigh:
    return lambda positions, stretch, border, sizes: model(kernel, positions, stretch, border, sizes)


def _nearest(rule: str) -> Weigh:
    """One pixel, chosen as `rule` rounds; stretched, the mean of those that the pixel covers."""
    _, rounded = NEAREST_RULES[rule]

    def weigh(positions: Positions, stretch: float, border: Border, sizes: Sizes) -> AxisOperator:
        if stretch > 1:
            return interval_model(positions, stretch, border, sizes)
        return _picked(positions, rounded, sizes)

    return weigh


def _picked(positions: Positions, rounded: Rounding, sizes: Sizes) -> AxisOperator:
    size_in, size_out = sizes
    picked = np.clip(rounded(positions.of(size_out)), 0, size_in - 1).astype(np.int64)
    return narrowed(picked, np.ones((size_out, 1)), size_in)
