"""The types of detectors: they take a pair of pictures and give a finding with what remains once it is undone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from .pair import Pair

Kind: TypeAlias = Literal[
    "identical",
    "rounding",
    "channels_swapped",
    "rotated",
    "displaced",
    "bias",
    "value_range",
    "wrapped",
    "resized",
    "chroma",
    "blocks",
    "noise",
]


@dataclass(frozen=True)
class Finding:
    """One way in which B differs from A: the evidence in words, how sure it is (0 to 1), and its figures by name.

    Figures are numbers, truths, texts or lists of them:

    rotated: `degrees` clockwise and `mirrored` (left to right, before turning) make B of A.
    displaced: `x_px`, `y_px`, how far B's content lies to the right of A's and below it, in pixels.
    bias: `levels`, the mean of B - A. value_range: `scale` and `offset`, a list each: B = scale * A + offset.
    resized: `size_wh`, B's; in the same size also `x_scale` and `y_scale`, how many times as large B shows the content.
    wrapped: `pct` of the values. noise: `levels`, its standard deviation.
    """

    kind: Kind
    evidence: str
    confidence: float
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Found:
    """A finding, and the pair without it for the detectors that follow; None where nothing is left to be found."""

    finding: Finding
    rest: Pair | None


Detector: TypeAlias = Callable[[Pair], Found | None]
