"""What one resize or two do, drawn: weights, kernel, sampling positions and frequency response of one axis."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..measuring.axis import WEIGHT_NOISE, AxisOperator
from ..measuring.axis_fit import AxisFit
from ..measuring.frequency import frequency_response
from ..measuring.kernels import Kernel, keys_cubic, lanczos, triangle
from ..measuring.probing import AxisName
from ..operator import Operator
from ..palette import Role
from .plot import Axis, Curve, Line, Numbers, Panel, Plot

SIZE_WH_PX = (860, 400)
ROWS_SHOWN = 3
CURVE_POINTS = 401
POINTS_SHOWN = 120
FREQUENCIES = 257

_COMPARED: tuple[Kernel, ...] = (triangle(), keys_cubic(-0.5), keys_cubic(-0.75), lanczos(3))
"""Kernels drawn beside the measured ones: those that most libraries have."""


@dataclass(frozen=True, eq=False)
class Side:
    """An operator with the side it stands for."""

    name: str
    colour: Role
    operator: Operator

    @property
    def width_px(self) -> float:
        """A's lines are the wider, so that they show under B's where both are the same."""
        return 3.6 if self.colour == "a" else 1.6

    def axis(self, axis: AxisName) -> AxisOperator:
        """The weights along one axis."""
        return self.operator.x if axis == "x" else self.operator.y

    def fit(self, axis: AxisName) -> AxisFit:
        """The name of these weights."""
        return self.operator.x_fit if axis == "x" else self.operator.y_fit


def both_sides(a: Operator | None, b: Operator | None) -> tuple[Side, ...]:
    """A and B in their colours, or the one that there is."""
    sides: tuple[tuple[str, Role, Operator | None], ...] = (("A", "a", a), ("B", "b", b))
    return tuple(Side(name, colour, operator) for name, colour, operator in sides if operator)


def weights_plot(sides: Sequence[Side], axis: AxisName) -> Plot:
    """The weights of some neighbouring output pixels in the middle against source position."""
    layers = [_weights_curve(side, axis, _middle_rows(side, axis)) for side in sides]
    places = np.concatenate([layer.x for layer in layers])
    weights = np.concatenate([layer.y for layer in layers])
    limits = (float(np.nanmin(places)) - 0.5, float(np.nanmax(places)) + 0.5)
    panel = Panel(
        Axis(f"source {axis}, pixels", limits),
        Axis("weight", _around(weights)),
        (Line((limits[0], 0), (limits[1], 0), "neutral", dashed=False), *layers),
    )
    shown = f"output pixels {_rows_text(sides, axis)} along {axis}: what each takes from where"
    return Plot("weights", "Weights of neighbouring output pixels", shown, (panel,), SIZE_WH_PX)


def _rows_text(sides: Sequence[Side], axis: AxisName) -> str:
    ends = [(rows[0], rows[-1]) for rows in (_middle_rows(side, axis) for side in sides)]
    texts = [f"{first} to {last}" for first, last in ends]
    if len(set(texts)) == 1:
        return texts[0]
    return ", ".join(f"{text} of {side.name}" for side, text in zip(sides, texts, strict=True))


def _middle_rows(side: Side, axis: AxisName) -> list[int]:
    size_out = side.axis(axis).size_out
    first = max(0, size_out // 2 - ROWS_SHOWN // 2)
    return list(range(first, min(first + ROWS_SHOWN, size_out)))


def _weights_curve(side: Side, axis: AxisName, rows: Sequence[int]) -> Curve:
    """The rows one after the other, each from zero to zero, with a gap between them."""
    x: list[float] = []
    y: list[float] = []
    measured = side.axis(axis)
    for row in rows:
        taps = int(measured.taps[row])
        places = measured.first[row] + np.arange(-1, taps + 1)
        x += [*places.tolist(), np.nan]
        y += [0.0, *measured.weights[row, :taps].tolist(), 0.0, np.nan]
    hover = f"{side.name}: source pixel %{{x}} weighs %{{y:.4f}}<extra></extra>"
    return Curve(np.array(x, np.float64), np.array(y), side.colour, side.name, "both", hover, side.width_px)


def _around(values: Numbers) -> tuple[float, float]:
    low, high = min(float(np.nanmin(values)), 0.0), max(float(np.nanmax(values)), 0.0)
    room = 0.08 * (high - low) or 1.0
    return (low - room, high + room)


def kernel_plot(sides: Sequence[Side], axis: AxisName) -> Plot:
    """Every weight against its distance from where its pixel looks, with well-known kernels for comparison."""
    layers = [_kernel_points(side, axis) for side in sides]
    reach = max(2.0, *(float(np.abs(layer.x).max()) for layer in layers if layer.x.size))
    distance = np.linspace(-reach, reach, CURVE_POINTS)
    named = [
        Curve(distance, kernel(distance), role, _kernel_label(kernel), "dotted" if index % 2 else "dashed")
        for index, (kernel, role) in enumerate(zip(_COMPARED, _COMPARED_ROLES, strict=True))
    ]
    heights = np.concatenate([layer.y for layer in (*layers, *named)])
    panel = Panel(
        Axis("distance in source (antialiased: output) pixels", (-reach, reach)),
        Axis("weight × stretch", _around(heights)),
        (*named, *layers),
    )
    # No subtitle: on a narrow screen the legend takes two lines.
    return Plot("kernel", f"Kernel along {axis}", "", (panel,), SIZE_WH_PX)


_COMPARED_ROLES: tuple[Role, ...] = ("neutral", "muted", "grey", "accent")


def _kernel_label(kernel: Kernel) -> str:
    if kernel.parameter is None:
        return kernel.name
    return f"{kernel.name.replace('keys-', '')} {kernel.parameter:g}".replace("-", "−")


def _kernel_points(side: Side, axis: AxisName) -> Curve:
    """The weights of rows that no border reaches, as samples of the kernel."""
    measured, fit = side.axis(axis), side.fit(axis)
    inner = np.flatnonzero(~measured.touches_border)
    rows = inner if inner.size else np.arange(measured.size_out)
    stretch = measured.size_in / measured.size_out if fit.antialias else 1.0
    centres = fit.positions.of(measured.size_out)[rows, np.newaxis]
    weights = measured.weights[rows]
    present = np.abs(weights) > WEIGHT_NOISE
    distance = ((measured.positions[rows] - centres) / stretch)[present]
    height = weights[present] * stretch
    order = np.argsort(distance)
    step = max(1, len(order) // POINTS_SHOWN)
    hover = f"{side.name}: %{{y:.4f}} at %{{x:.3f}}<extra></extra>"
    return Curve(distance[order][::step], height[order][::step], side.colour, side.name, "points", hover, side.width_px)


def positions_plot(sides: Sequence[Side], axis: AxisName) -> Plot:
    """How far from half-pixel positions each output pixel looks, in source pixels."""
    layers = [_displacements(side, axis) for side in sides]
    displaced = np.concatenate([layer.y for layer in layers])
    reach = 1.1 * max(0.5, float(np.nanmax(np.abs(displaced), initial=0.0)))
    size_out = max(side.axis(axis).size_out for side in sides)
    panel = Panel(
        Axis(f"output {axis}, pixels", (-0.5, size_out - 0.5)),
        Axis("displacement, source pixels", (-reach, reach)),
        (Line((-0.5, 0), (size_out - 0.5, 0), "neutral", "half-pixel"), *layers),
    )
    told = "; ".join(f"{side.name} {_line_text(side.fit(axis))}" for side in sides)
    return Plot("positions", "Sampling positions against half-pixel ones", told, (panel,), SIZE_WH_PX)


def _line_text(fit: AxisFit) -> str:
    sign = "+" if fit.positions.offset >= 0 else "−"
    return f"{fit.positions.scale:.4f} j {sign} {abs(fit.positions.offset):.4f}"


def _displacements(side: Side, axis: AxisName) -> Curve:
    """By the rule of the positions; where one pixel is picked, or nothing is named, by what the weights take."""
    measured, fit = side.axis(axis), side.fit(axis)
    index = np.arange(measured.size_out, dtype=np.float64)
    scale = measured.size_in / measured.size_out
    centres = measured.centres if fit.kernel in ("nearest", "unknown") else fit.positions.of(measured.size_out)
    hover = f"{side.name}: output pixel %{{x}} is displaced by %{{y:.3f}} source pixels<extra></extra>"
    return Curve(
        index, centres - (scale * index + (scale - 1) / 2), side.colour, side.name, "line", hover, side.width_px
    )


def response_plot(sides: Sequence[Side], axis: AxisName) -> Plot:
    """What is left of a wave of each frequency; beyond the output's Nyquist frequency it comes back as aliasing."""
    measured = [side.axis(axis) for side in sides]
    frequency = np.linspace(0, 0.5, FREQUENCIES)
    layers = [_response(side, axis, frequency) for side in sides]
    nyquist = min(0.5, 0.5 * measured[0].size_out / measured[0].size_in)
    top = 1.05 * max(1.0, *(float(layer.y.max()) for layer in layers))
    panel = Panel(
        Axis("frequency, cycles per source pixel", (0, 0.5)),
        Axis("amplitude left", (0, top)),
        (Line((nyquist, 0), (nyquist, top), "neutral", "output's Nyquist frequency"), *layers),
    )
    told = "right of the dashed line is aliasing" if nyquist < 0.5 else "nothing shrinks: no aliasing"
    return Plot("response", f"Frequency response along {axis}", told, (panel,), SIZE_WH_PX)


def _response(side: Side, axis: AxisName, frequency: Numbers) -> Curve:
    amplitude = frequency_response(side.axis(axis), frequency)
    hover = f"{side.name}: %{{y:.3f}} at %{{x:.3f}} cycles per pixel<extra></extra>"
    return Curve(frequency, amplitude, side.colour, side.name, "line", hover, side.width_px)
