"""The turn that an EXIF orientation asks for, as a step of its own between decoding and all else."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ..image import Image, as_image
from ..recipe import Stage

ORIENTATION_OPTIONS = {"ignore_orientation": True, "exif_transpose": False}
"""Options of decoders that decide about the orientation, with the value that leaves it alone."""

Array = npt.NDArray[Any]

TURNS: dict[int, Callable[[Array], Array]] = {
    1: lambda image: image,
    2: lambda image: image[:, ::-1],
    3: lambda image: image[::-1, ::-1],
    4: lambda image: image[::-1],
    5: lambda image: image.swapaxes(0, 1),
    6: lambda image: image.swapaxes(0, 1)[:, ::-1],
    7: lambda image: image[::-1, ::-1].swapaxes(0, 1),
    8: lambda image: image.swapaxes(0, 1)[::-1],
}
"""How a stored picture is turned for its EXIF orientation (CIPA DC-008, tag 0x0112)."""


@dataclass(frozen=True)
class Turn:
    """The turn for one EXIF orientation; 1 leaves the picture as it is."""

    orientation: int

    def __call__(self, image: Image) -> Image:
        """`image` turned."""
        return as_image(TURNS[self.orientation](image))

    def __str__(self) -> str:
        return "as it is stored" if self.orientation == 1 else f"turned for EXIF orientation {self.orientation}"


def without_orientation(decode: Stage) -> Stage:
    """The same decode leaving the picture as it is stored."""
    changes = {name: value for name, value in ORIENTATION_OPTIONS.items() if name in decode.options}
    return decode.replace(**changes)


def turn_between(stored: Image, decoded: Image, orientation: int) -> Turn | None:
    """The turn that makes `decoded` of `stored`: none, or that of the header's `orientation`; None if it is neither.

    It is looked up in the pixels and not in a table of what decoders do, since that differs by format and by version.
    """
    for turn in (Turn(1), Turn(orientation)):
        if np.array_equal(TURNS[turn.orientation](stored), decoded):
            return turn
    return None
