"""How large a resize makes a picture: `WIDTHxHEIGHT`, `shorter=N` or `longer=N`.

The last two keep the aspect ratio: the named side becomes N, the other N * other / named, made whole by a rounding rule
in which libraries' users differ. torchvision truncates, Ultralytics' letterbox rounds, TF-Slim rounds half to even.
One pixel of width moves every sampling position, so the rule is an option of each resize and not a detail.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from ..errors import RecipeError

MAX_SIDE_PX = 32_768
"""What a recipe's text may ask for; the limits in force may allow less, or less of a certain picture."""


class Fit(StrEnum):
    """What the numbers of a `TargetSize` bind."""

    EXACT = "exact"
    SHORTER = "shorter"
    LONGER = "longer"


SIDES = (Fit.SHORTER, Fit.LONGER)

ROUND_SIDE: dict[str, Callable[[float], int]] = {
    "truncate": int,
    "half_up": lambda side: math.floor(side + 0.5),
    "half_even": round,
}

_SIDE_CODE = {"truncate": "int({})", "half_up": "math.floor({} + 0.5)", "half_even": "round({})"}


@dataclass(frozen=True)
class TargetSize:
    """A size in pixels; with `Fit.SHORTER` and `Fit.LONGER`, `width` and `height` both hold the named side."""

    fit: Fit
    width: int
    height: int

    def __post_init__(self) -> None:
        if not (1 <= self.width <= MAX_SIDE_PX and 1 <= self.height <= MAX_SIDE_PX):
            raise RecipeError(f"The size {self} is out of range.", f"Each side has to be 1 to {MAX_SIDE_PX} pixels.")

    @classmethod
    def exact(cls, width: int, height: int) -> "TargetSize":
        """Exactly `width` x `height`, whatever that does to the aspect ratio."""
        return cls(Fit.EXACT, width, height)

    @classmethod
    def side(cls, fit: Fit, side: int) -> "TargetSize":
        """The shorter or longer side becomes `side`."""
        return cls(fit, side, side)

    @classmethod
    def parse(cls, text: str) -> "TargetSize":
        """The size that `text` names; raises `RecipeError` for anything else."""
        if match := re.fullmatch(r"(\d{1,9})x(\d{1,9})", text):
            return cls.exact(int(match[1]), int(match[2]))
        if match := re.fullmatch(r"(shorter|longer)=(\d{1,9})", text):
            return cls.side(Fit(match[1]), int(match[2]))
        raise RecipeError(f"{text!r} is not a size.", "Write WIDTHxHEIGHT such as 224x224, shorter=256 or longer=640.")

    def __str__(self) -> str:
        return f"{self.width}x{self.height}" if self.fit is Fit.EXACT else f"{self.fit}={self.width}"

    def resolve(self, size_wh: tuple[int, int], side_rounding: str) -> tuple[int, int]:
        """The (width, height) that a picture of `size_wh` gets; `side_rounding` is a key of `ROUND_SIDE`."""
        if self.fit is Fit.EXACT:
            return self.width, self.height
        rounded = ROUND_SIDE[side_rounding]
        width, height = size_wh
        width_is_named = (width <= height) if self.fit is Fit.SHORTER else (width >= height)
        if width_is_named:
            return self.width, max(1, rounded(self.width * height / width))
        return max(1, rounded(self.height * width / height)), self.height

    def code(self, side_rounding: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Generated code that sets `width, height` from `image`: (imports, lines)."""
        if self.fit is Fit.EXACT:
            return (), (f"width, height = {self.width}, {self.height}",)
        side, comparison = self.width, "<=" if self.fit is Fit.SHORTER else ">="
        scaled_height = _SIDE_CODE[side_rounding].format(f"{side} * height / width")
        scaled_width = _SIDE_CODE[side_rounding].format(f"{side} * width / height")
        return ("import math",) if side_rounding == "half_up" else (), (
            "height, width = image.shape[:2]",
            f"if width {comparison} height:",
            f"    width, height = {side}, max(1, {scaled_height})",
            "else:",
            f"    width, height = max(1, {scaled_width}), {side}",
        )
