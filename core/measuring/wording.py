"""What a measured resize does, in words."""

from dataclasses import dataclass, replace

from ..operator import Operator
from .arithmetic import Arithmetic
from .axis_fit import AxisFit

_KERNELS = {
    "keys-cubic": "Keys cubic",
    "mitchell-cubic": "Mitchell cubic",
    "lanczos": "Lanczos",
    "gaussian": "Gaussian",
    "hamming": "Hamming",
    "magic-kernel-sharp-2013": "Magic Kernel Sharp 2013",
    "magic-kernel-sharp-2021": "Magic Kernel Sharp 2021",
    "unknown": "a kernel without a name",
}
_BORDERS = {"replicate": "replicated", "renormalise": "renormalised", "reflect": "reflected", "zero": "zero"}


@dataclass(frozen=True)
class Property:
    """One thing that can be said of two resizes, and what it is in each."""

    name: str
    a: str
    b: str

    @property
    def differs(self) -> bool:
        """Whether the two are told apart by it."""
        return self.a != self.b


def operator_words(operator: Operator) -> str:
    """Positions, kernel, antialiasing and border: "half-pixel positions, triangle, no antialias"."""
    x, y = _with_border_of_either(operator.x_fit, operator.y_fit)
    along_x, along_y = _axis_words(x), _axis_words(y)
    return along_x if along_x == along_y else f"along x {along_x}; along y {along_y}"


def _with_border_of_either(x: AxisFit, y: AxisFit) -> tuple[AxisFit, AxisFit]:
    """Both fits with the border that one axis shows, where no row of the other reaches over an edge."""
    return replace(x, border=x.border or y.border), replace(y, border=y.border or x.border)


def properties(a: Operator, b: Operator) -> tuple[Property, ...]:
    """All that is known of both, in the order of the computation; of the axes x alone where y is told alike."""
    (a_x, a_y), (b_x, b_y) = (_with_border_of_either(each.x_fit, each.y_fit) for each in (a, b))
    axes = [("", a_x, b_x)]
    if _axis_words(a_x) != _axis_words(a_y) or _axis_words(b_x) != _axis_words(b_y):
        axes = [(" along x", a_x, b_x), (" along y", a_y, b_y)]
    found = [
        Property(f"{name}{axis}", words(of_a), words(of_b))
        for axis, of_a, of_b in axes
        for name, words in (
            ("sampling positions", positions_words),
            ("kernel", kernel_words),
            ("antialiasing", antialias_words),
        )
    ]
    found += [_border(axis, of_a, of_b) for axis, of_a, of_b in axes]
    return (*found, Property("uint8 arithmetic", arithmetic_words(a.arithmetic), arithmetic_words(b.arithmetic)))


def _border(axis: str, a: AxisFit, b: AxisFit) -> Property:
    """Both rules; one that shows on one side alone, as the other never reaches over the edge, is no difference."""
    words = border_words(a), border_words(b)
    if (a.border is None) is not (b.border is None):
        words = (f"shows in {'A' if a.border else 'B'} alone: {border_words(a if a.border else b)}",) * 2
    return Property(f"border{axis}", *words)


def _axis_words(fit: AxisFit) -> str:
    parts = [positions_words(fit), kernel_words(fit)]
    if fit.antialias is not None and fit.kernel != "nearest":
        parts.append(antialias_words(fit))
    if fit.border is not None:
        parts.append(f"{border_words(fit)} border")
    return ", ".join(parts)


def positions_words(fit: AxisFit) -> str:
    """The rule's name, or the figures where it has none."""
    if fit.rule is not None:
        return f"{fit.rule} positions"
    sign = "+" if fit.positions.offset >= 0 else "−"
    return f"positions {fit.positions.scale:.4f} j {sign} {abs(fit.positions.offset):.4f}"


def kernel_words(fit: AxisFit) -> str:
    """The kernel with its coefficient, lobes or rule of rounding."""
    if fit.kernel == "nearest":
        return f"nearest, {fit.detail.partition(' of ')[0]}"
    name = _KERNELS.get(fit.kernel, fit.kernel)
    if fit.a is not None:
        return f"{name}, a = {fit.a:.2f}".replace("-", "−")
    if fit.lobes is not None:
        return f"{name}, {fit.lobes} lobes"
    return f"{name} {fit.detail}".strip()


def antialias_words(fit: AxisFit) -> str:
    """Whether the kernel widens as the picture shrinks."""
    if fit.antialias is None:
        return "nothing shrinks"
    return "antialiased" if fit.antialias else "no antialias"


def border_words(fit: AxisFit) -> str:
    """What is done beyond the edge."""
    return _BORDERS[fit.border] if fit.border else "none that shows"


def arithmetic_words(arithmetic: Arithmetic) -> str:
    """How a uint8 picture is computed."""
    if arithmetic.dtype != "uint8":
        return f"{arithmetic.dtype} throughout"
    bits = f", weights of {arithmetic.weight_bits} bits" if arithmetic.weight_bits else ""
    between = ", rounded between the axes" if arithmetic.rounded_between_axes else ""
    return f"rounded {arithmetic.rounding}{bits}{between}"
