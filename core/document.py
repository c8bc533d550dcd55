"""A comparison as the JSON document of `compare --json`: see docs/json.md, and core/schema/compare.json for validators.

Figures are in the units of the compared values; `level` is how much of a value makes one level (1/255 of white), which
is 1 until a normalise stage. A figure that is unknown or not finite is None.
"""

import math
from typing import Any

from .compare import Checkpoint, Comparison, Incomparable, Outcome
from .environment import Environment
from .errors import SamePixelsError
from .image import CHANNEL_NAMES, Image
from .pipeline import Step, Trace
from .recipe import Recipe
from .source import Source
from .statistics import Statistics
from .words import sentence

SCHEMA = "samepixels/compare/1"
ENVIRONMENT_SCHEMA = "samepixels/environment/1"

FIGURES = (
    *("max_abs", "mean_abs", "bias", "rmse", "psnr_db", "differing_values_pct", "differing_pixels_pct"),
    *("p50", "p95", "p99", "ssim", "max_abs_levels", "mean_abs_levels", "bias_levels"),
)
"""The names of the numbers that a comparison's `difference` holds, and that a tolerance may limit."""

_COUNTS = ("values", "differing_values", "non_finite_values")
_UNKNOWN: dict[str, None] = dict.fromkeys((*FIGURES, *_COUNTS, "level", "max_at"))

Json = dict[str, Any]


def document(
    name: str, comparison: Comparison, *, ssim: float | None = None, environment: Environment | None = None
) -> Json:
    """All of `comparison` under the names of docs/json.md, in types that JSON knows; `name` is the picture as given.

    `ssim` is that of the final images, of which the comparison itself knows nothing.
    """
    final = comparison.final
    return {
        "schema": SCHEMA,
        "image": name,
        "source": _source(comparison.a.source),
        "a": _side(comparison.a),
        "b": _side(comparison.b),
        **outcome_document(final, comparison.a.image, ssim),
        "sentence": sentence(comparison),
        "stages": [_stage(checkpoint) for checkpoint in comparison.checkpoints],
        "environment": environment.as_dict(operations=False) if environment else None,
    }


def unreadable_document(
    name: str, a: Recipe, b: Recipe, error: SamePixelsError, *, environment: Environment | None = None
) -> Json:
    """The same document for a picture that could not be read: incomparable, for the reason that `error` gives."""
    return {
        "schema": SCHEMA,
        "image": name,
        "source": None,
        "a": _empty_side(a),
        "b": _empty_side(b),
        **outcome_document(Incomparable(error.message, error.remedy), None),
        "sentence": error.message,
        "stages": [],
        "environment": environment.as_dict(operations=False) if environment else None,
    }


def environment_document(environment: Environment) -> Json:
    """The JSON document of `environment --json`."""
    return {"schema": ENVIRONMENT_SCHEMA, **environment.as_dict()}


def _source(source: Source) -> Json:
    header = source.header
    return {
        "sha256": source.sha256,
        "bytes": len(source.data),
        "format": header.format,
        "size_wh": header.size_wh and list(header.size_wh),
        "color": header.color,
        "bit_depth": header.bit_depth,
        "alpha": header.alpha,
        "frames": header.frames,
        "subsampling": header.subsampling,
        "quality_estimate": header.quality_estimate,
        "progressive": header.progressive,
        "orientation": header.orientation,
        "icc_profile": header.icc_profile,
    }


def _side(trace: Trace) -> Json:
    failure = trace.failure
    return {
        "recipe": str(trace.recipe),
        **_array(trace.image),
        "seconds": trace.elapsed_s,
        "warnings": list(trace.warnings),
        "failure": failure
        and {"stage": str(failure.stage), "message": failure.error.message, "remedy": failure.error.remedy},
    }


def _empty_side(recipe: Recipe) -> Json:
    return {"recipe": str(recipe), **_array(None), "seconds": None, "warnings": [], "failure": None}


def _array(image: Image | None) -> Json:
    if image is None:
        return {"shape": None, "dtype": None}
    return {"shape": list(image.shape), "dtype": str(image.dtype)}


def _stage(checkpoint: Checkpoint) -> Json:
    return {
        "name": checkpoint.name,
        "a": _step(checkpoint.a),
        "b": _step(checkpoint.b),
        **outcome_document(checkpoint.outcome, checkpoint.a.image),
    }


def _step(step: Step) -> Json:
    return {"stage": str(step.stage), **_array(step.image), "seconds": step.elapsed_s}


def outcome_document(outcome: Outcome, image: Image | None, ssim: float | None = None) -> Json:
    """The verdict, why and what to do where there is none, and the difference; `image` is either of those compared."""
    if isinstance(outcome, Incomparable):
        return {
            "verdict": outcome.verdict,
            "reason": outcome.reason,
            "remedy": outcome.remedy,
            "difference": unknown_difference(),
        }
    assert image is not None
    return {
        "verdict": outcome.verdict,
        "reason": None,
        "remedy": None,
        "difference": difference_document(outcome.statistics, outcome.level, CHANNEL_NAMES[image.shape[2]], ssim),
    }


def difference_document(
    statistics: Statistics, level: float, channel_names: tuple[str, ...], ssim: float | None = None
) -> Json:
    """The figures of one pair of images, and under `channels` the same of each channel (SSIM is of them all)."""
    channels = zip(channel_names, statistics.channels, strict=True)
    return {
        **_figures(statistics, level, ssim),
        "channels": [{"name": name, **_figures(channel, level)} for name, channel in channels],
    }


def unknown_difference() -> Json:
    """The same names with nothing known."""
    return {**_UNKNOWN, "channels": []}


def _figures(statistics: Statistics, level: float, ssim: float | None = None) -> Json:
    # One name after the other, since loops over names take an audit a hundredth of its time.
    if statistics.values == 0:
        counts = {name: getattr(statistics, name) for name in _COUNTS}
        return {**_UNKNOWN, **counts, "ssim": _finite(ssim)}
    return {
        "max_abs": statistics.max_abs,
        "mean_abs": statistics.mean_abs,
        "bias": statistics.bias,
        "rmse": statistics.rmse,
        "psnr_db": statistics.psnr_db,
        "differing_values_pct": statistics.differing_values_pct,
        "differing_pixels_pct": statistics.differing_pixels_pct,
        "p50": statistics.p50,
        "p95": statistics.p95,
        "p99": statistics.p99,
        "max_abs_levels": statistics.max_abs / level,
        "mean_abs_levels": statistics.mean_abs / level,
        "bias_levels": statistics.bias / level,
        "level": level,
        "values": statistics.values,
        "differing_values": statistics.differing_values,
        "non_finite_values": statistics.non_finite_values,
        "max_at": list(statistics.max_at),
        "ssim": _finite(ssim),
    }


def _finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)
