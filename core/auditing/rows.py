"""Rows of an audit, made of the parts of what `compare --json` prints, so that the numbers are the same."""

from functools import cache
from typing import Any

import numpy as np

from ..compare import Checkpoint, Comparison, Incomparable
from ..document import Json, outcome_document
from ..errors import SamePixelsError, TooLargeError
from ..header import Header
from ..image import Image
from ..source import Source
from .entries import Entry

Row = dict[str, Any]

_HEADER_FACTS = (
    *("format", "color", "bit_depth", "alpha", "frames", "subsampling"),
    *("quality_estimate", "progressive", "orientation", "icc_profile"),
)


def compared_row(index: int, recipe_b: int, entry: Entry, comparison: Comparison, ssim: float | None) -> Row:
    """The row of a picture that both recipes were tried on."""
    a, b = comparison.a, comparison.b
    found = [outcome_document(each.outcome, each.a.image) for each in comparison.checkpoints]
    final = _final(comparison, found, ssim)
    return {
        **_identity(index, recipe_b, entry),
        **_source_facts(a.source),
        "verdict": final["verdict"],
        "error_kind": _error_kind(comparison),
        "error": final["reason"],
        "remedy": final["remedy"],
        "warnings": [f"{side}: {text}" for side, trace in (("A", a), ("B", b)) for text in trace.warnings],
        **_array("a", a.image),
        **_array("b", b.image),
        "seconds_a": a.elapsed_s,
        "seconds_b": b.elapsed_s,
        **final["difference"],
        "stages": [_stage(*each) for each in zip(comparison.checkpoints, found, strict=True)],
    }


def _final(comparison: Comparison, found: list[Json], ssim: float | None) -> Json:
    """What is said of the end: often what was said of the last stages."""
    for checkpoint, document in zip(comparison.checkpoints, found, strict=True):
        if checkpoint.outcome is comparison.final and ssim is None:
            return document
    return outcome_document(comparison.final, comparison.a.image, ssim)


def error_row(index: int, recipe_b: int, entry: Entry, kind: str, error: SamePixelsError) -> Row:
    """The row of a picture that could not be read, or that brought its worker down."""
    return {
        **_identity(index, recipe_b, entry),
        "verdict": None if kind == "duplicate" else "incomparable",
        "error_kind": kind,
        "error": error.message,
        "remedy": error.remedy,
    }


def kind_of(error: SamePixelsError) -> str:
    """The `error_kind` of a picture that could not be read."""
    return "too_large" if isinstance(error, TooLargeError) else "unreadable"


def _identity(index: int, recipe_b: int, entry: Entry) -> Row:
    return {"index": index, "recipe_b": recipe_b, "picture": entry.picture, "folder": entry.folder}


def _source_facts(source: Source) -> Row:
    header: Header = source.header
    width, height = header.size_wh or (None, None)
    facts = {name: getattr(header, name) for name in _HEADER_FACTS}
    return {"sha256": source.sha256, "bytes": len(source.data), "width": width, "height": height, **facts}


def _error_kind(comparison: Comparison) -> str | None:
    if not isinstance(comparison.final, Incomparable):
        return None
    return "stage_failed" if comparison.a.failure or comparison.b.failure else "shapes_differ"


def _array(side: str, image: Image | None) -> Row:
    if image is None:
        return {}
    return {f"shape_{side}": image.shape, f"dtype_{side}": _dtype_name(image.dtype)}


@cache
def _dtype_name(dtype: np.dtype[Any]) -> str:
    """The name, which numpy puts together anew at each call: that takes as long as all other facts of a row."""
    return str(dtype)


def _stage(checkpoint: Checkpoint, found: Json) -> Row:
    return {
        "name": checkpoint.name,
        "verdict": found["verdict"],
        "reason": found["reason"],
        "seconds_a": checkpoint.a.elapsed_s,
        "seconds_b": checkpoint.b.elapsed_s,
        **found["difference"],
    }
