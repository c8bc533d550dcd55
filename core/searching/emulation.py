"""A resize of any library as code that needs numpy alone, for where another library has none that comes near.

The operator is measured (`core.operator`), its rule written out as code (`core.searching.axis_code`), and the code's
result held against the library's own on noise.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from ..compare import Outcome, compare_images
from ..errors import SamePixelsError
from ..image import Image, as_image
from ..measuring.arithmetic import Arithmetic
from ..operator import Operator, measure_stage
from ..pipeline import Trace
from ..recipe import Stage
from .axis_code import axis_code

_ROUNDED = {
    "half up": "np.floor({} + 0.5)",
    "half to even": "np.rint({})",
    "truncation": "np.floor({})",
}

_MAIN = """\
if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(f"Usage: python {sys.argv[0]} picture.npy out.npy WIDTH HEIGHT")
    np.save(sys.argv[2], resize(np.load(sys.argv[1]), int(sys.argv[3]), int(sys.argv[4])))
"""


@dataclass(frozen=True)
class Emulation:
    """A resize written out.

    Attributes:
        stage: the resize.
        code: a script whose `resize(image, width, height)` takes H x W x C and needs numpy alone; None without a rule.
        reason: why there is no code, in words; empty where there is.
        outcome: the resize on the picture against the code's; None where it was not tried on one.
    """

    stage: Stage
    code: str | None
    reason: str = ""
    outcome: Outcome | None = None


def emulate(trace: Trace) -> Emulation | None:
    """The emulation of the trace's resize, measured at the sizes it has there; None where it resizes nothing."""
    for before, step in zip(trace.steps, trace.steps[1:], strict=False):
        if step.stage.operation.kind == "resize":
            height, width = before.image.shape[:2]
            emulation = emulate_stage(step.stage, (width, height))
            return replace(emulation, outcome=_tried(emulation, before.image, step.image))
    return None


def _tried(emulation: Emulation, given: Image, wanted: Image) -> Outcome | None:
    if emulation.code is None:
        return None
    height, width = wanted.shape[:2]
    return compare_images(wanted, as_image(resize_of(emulation.code)(given, width, height)))


def resize_of(code: str) -> Callable[[Image, int, int], Image]:
    """The function `resize` that an emulation's code defines."""
    room: dict[str, Any] = {"__name__": "emulation"}
    exec(code, room)  # noqa: S102 - this package's own text
    function: Callable[[Image, int, int], Image] = room["resize"]
    return function


def emulate_stage(stage: Stage, size_wh: tuple[int, int]) -> Emulation:
    """The emulation of a resize stage for pictures of `size_wh`."""
    try:
        operator = measure_stage(stage, size_wh)
    except SamePixelsError as error:
        return Emulation(stage, None, f"{stage} cannot be measured: {error.message}")
    if not operator.separable:
        return Emulation(stage, None, f"{stage} is no pair of matrices: it is not linear, or not separable.")
    functions = _weights(operator)
    if functions is None:
        kernels = " and ".join(dict.fromkeys((operator.x_fit.kernel, operator.y_fit.kernel)))
        return Emulation(stage, None, f"No rule can be written for {stage} at these sizes: its kernel is {kernels}.")
    return Emulation(stage, _script(stage, operator, functions))


def _weights(operator: Operator) -> tuple[str, ...] | None:
    """One function for both axes where one rule makes both, else one for each."""
    fits, axes = (operator.x_fit, operator.y_fit), (operator.x, operator.y)
    shared = axis_code("weights", fits, axes)
    if shared is not None:
        return (shared,)
    x, y = (axis_code(f"{name}_weights", (fit,), (axis,)) for name, fit, axis in zip("xy", fits, axes, strict=True))
    return None if x is None or y is None else (x, y)


def _script(stage: Stage, operator: Operator, functions: tuple[str, ...]) -> str:
    parts = (
        f"# {stage}, in numpy alone: its weights' rule as it was measured.\n\nimport sys\n\nimport numpy as np",
        *functions,
        _resize(operator.arithmetic, shared=len(functions) == 1),
    )
    return "\n\n\n".join((*parts, _MAIN))


def _resize(arithmetic: Arithmetic, *, shared: bool) -> str:
    x, y = ("weights", "weights") if shared else ("x_weights", "y_weights")
    is_integer = arithmetic.dtype == "uint8"
    lines = (
        "def resize(image: np.ndarray, width: int, height: int) -> np.ndarray:",
        '    """H x W x C of uint8 or float32 as height x width x C."""',
        f"    x, y = {x}(image.shape[1], width), {y}(image.shape[0], height)",
        *(_integer_lines(arithmetic) if is_integer else ()),
        '    along_x = np.einsum("jw,hwc->hjc", x, image.astype(np.float64), optimize=True)',
        '    return np.einsum("ih,hjc->ijc", y, along_x, optimize=True).astype(np.float32)',
    )
    return "\n".join(lines)


def _integer_lines(arithmetic: Arithmetic) -> tuple[str, ...]:
    """What is done for uint8, by the model of integer arithmetic that explains the most values."""
    rounded = _ROUNDED[arithmetic.rounding]
    bits = arithmetic.weight_bits
    return (
        "    if image.dtype == np.uint8:",
        f"        # This arithmetic makes {_share(arithmetic.explained_pct)} of the library's values for noise.",
        *((f"        x, y = np.rint(x * 2**{bits}) / 2**{bits}, np.rint(y * 2**{bits}) / 2**{bits}",) if bits else ()),
        '        along_x = np.einsum("jw,hwc->hjc", x, image.astype(np.float64), optimize=True)',
        *(
            (f"        along_x = np.clip({rounded.format('along_x')}, 0, 255)",)
            if arithmetic.rounded_between_axes
            else ()
        ),
        '        total = np.einsum("ih,hjc->ijc", y, along_x, optimize=True)',
        # A float sum of fixed-point products may fall a hair short of the half that it is in integers.
        f"        return np.clip({rounded.format('total + 1e-7')}, 0, 255).astype(np.uint8)",
    )


def _share(pct: float) -> str:
    return "all" if pct == 100 else f"{pct:.2f} %"
