"""A measured operator as the JSON document of `measure --json`."""

from dataclasses import asdict
from typing import Any

import numpy as np

from ..operator import Operator
from .axis import AxisOperator
from .axis_fit import AxisFit
from .frequency import frequency_figures
from .wording import operator_words

SCHEMA = "samepixels/measure/1"

Json = dict[str, Any]


def operator_document(stage: str, operator: Operator) -> Json:
    """All of `operator`; `stage` is what was measured, as recipe text.

    `displacement_px` is how far the rows look beside half-pixel centres, in source pixels and on average;
    `displacement_output_px` how far the picture's content therefore lies to the right or below, in output pixels.
    """
    return {
        "schema": SCHEMA,
        "stage": stage,
        "size_in_wh": list(operator.size_in_wh),
        "size_out_wh": list(operator.size_out_wh),
        "words": operator_words(operator),
        "x": _axis(operator.x, operator.x_fit, operator.reproduction_max_abs),
        "y": _axis(operator.y, operator.y_fit, operator.reproduction_max_abs),
        "arithmetic": asdict(operator.arithmetic),
        "linear": operator.linear,
        "linear_residual": operator.linear_residual,
        "separable": operator.separable,
        "reproduction_max_abs": operator.reproduction_max_abs,
    }


def _axis(measured: AxisOperator, fit: AxisFit, reproduction_max_abs: float) -> Json:
    taps = measured.taps
    displacement = displacement_px(measured, fit)
    return {
        "scale": fit.positions.scale,
        "offset": fit.positions.offset,
        "positions": fit.rule,
        "displacement_px": displacement,
        "displacement_output_px": -displacement * measured.size_out / measured.size_in + 0.0,
        "kernel": {"name": fit.kernel, "detail": fit.detail, "a": fit.a, "lobes": fit.lobes},
        "taps": [int(taps.min()), int(taps.max())],
        "min_weight": float(min(measured.weights.min(), 0.0)),
        "antialias": fit.antialias,
        "border": fit.border,
        "frequency": asdict(frequency_figures(measured)),
        "reproduction_max_abs": reproduction_max_abs,
    }


def displacement_px(measured: AxisOperator, fit: AxisFit) -> float:
    """How far the rows look beside half-pixel centres: the mean, in source pixels; negative to the left or above.

    Where a kernel takes the nearest pixel or has no name, the rows' own centres of gravity tell.
    """
    index = np.arange(measured.size_out)
    scale = measured.size_in / measured.size_out
    own = measured.centres if fit.kernel in ("nearest", "unknown") else fit.positions.of(measured.size_out)
    mean = float(np.nanmean(own - (scale * index + (scale - 1) / 2)))
    return 0.0 if abs(mean) < 1e-9 else mean
