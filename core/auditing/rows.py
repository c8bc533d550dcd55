"""Rows of an audit, made from the documents that `compare --json` prints, so that the numbers are the same."""

from collections.abc import Mapping
from typing import Any

from ..compare import Comparison
from ..document import document
from ..errors import SamePixelsError, TooLargeError
from ..header import Header
from ..source import Source
from .entries import Entry
from .schema import FIGURE_COLUMNS

Row = dict[str, Any]

_FIGURES = tuple(column.name for column in FIGURE_COLUMNS)
_HEADER_FACTS = (
    *("format", "color", "bit_depth", "alpha", "frames", "subsampling"),
    *("quality_estimate", "progressive", "orientation", "icc_profile"),
)


def compared_row(index: int, recipe_b: int, entry: Entry, comparison: Comparison, ssim: float | None) -> Row:
    """The row of a picture that both recipes were tried on."""
    value = document(entry.picture, comparison, ssim=ssim)
    a, b = value["a"], value["b"]
    return {
        **_identity(index, recipe_b, entry),
        **_source_facts(comparison.a.source),
        "verdict": value["verdict"],
        "error_kind": _error_kind(value),
        "error": value["reason"],
        "remedy": value["remedy"],
        "warnings": [f"{side}: {text}" for side, each in (("A", a), ("B", b)) for text in each["warnings"]],
        "shape_a": a["shape"],
        "shape_b": b["shape"],
        "dtype_a": a["dtype"],
        "dtype_b": b["dtype"],
        "seconds_a": a["seconds"],
        "seconds_b": b["seconds"],
        **_figures(value["difference"]),
        "channels": value["difference"]["channels"],
        "stages": [_stage(stage) for stage in value["stages"]],
    }


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


def _error_kind(value: Mapping[str, Any]) -> str | None:
    if value["verdict"] != "incomparable":
        return None
    return "stage_failed" if value["a"]["failure"] or value["b"]["failure"] else "shapes_differ"


def _stage(stage: Mapping[str, Any]) -> Row:
    return {
        "name": stage["name"],
        "verdict": stage["verdict"],
        "reason": stage["reason"],
        "seconds_a": stage["a"]["seconds"],
        "seconds_b": stage["b"]["seconds"],
        **_figures(stage["difference"]),
        "channels": stage["difference"]["channels"],
    }


def _figures(difference: Mapping[str, Any]) -> Row:
    return {name: difference[name] for name in _FIGURES}
