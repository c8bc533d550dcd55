"""How the answers change on the way from A's tensor to B's, and where in the picture the difference matters."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ..errors import ModelError
from ..image import Image, as_image
from ..models.model import Model
from .answers import Floats, Guess, logits_and_probabilities, top_guesses
from .asking import Questioner

MIXES = 21
BLOCKS = 8
_SHOWN_CLASSES = 3


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """The answers to the mixes (1 - t) A + t B.

    Attributes:
        parts: t of each mix, float64[n] from 0 to 1.
        probabilities: float64[n, k], a row for each mix.
        logits: float64[n, k] in the same way.
        shown: the classes that are among the first three of A or of B, the likeliest of A first.
        class_names: the names of all classes, as far as they are known.
    """

    parts: Floats
    probabilities: Floats
    logits: Floats
    shown: tuple[int, ...]
    class_names: tuple[str, ...]

    def top(self, part: float) -> tuple[Guess, ...]:
        """The five likeliest classes of the mix that is nearest to `part`."""
        row = int(np.abs(self.parts - part).argmin())
        return top_guesses(self.logits[row], self.probabilities[row], self.class_names)

    @property
    def turning_part(self) -> float | None:
        """The smallest part of B with which the first choice is another than A's; None where it stays."""
        firsts = self.probabilities.argmax(axis=1)
        changed = np.flatnonzero(firsts != firsts[0])
        return float(self.parts[changed[0]]) if len(changed) else None


def sensitivity(model: Model, a: Image, b: Image, mixes: int = MIXES) -> Sensitivity:
    """The answers of a classifier to `mixes` mixes of two tensors of one shape.

    Raises `ModelError` for a model that is no classifier, and for tensors of two shapes.
    """
    parts = np.linspace(0, 1, mixes)
    _check_shapes(a, b)
    images = [_mixed(model, a, b, float(part)) for part in parts]
    logits, probabilities = _classified(Questioner(model), images)
    shown = [guess.index for row in (0, -1) for guess in top_guesses(logits[row], probabilities[row])[:_SHOWN_CLASSES]]
    return Sensitivity(parts, probabilities, logits, tuple(dict.fromkeys(shown)), model.class_names)


@dataclass(frozen=True, eq=False)
class Occlusion:
    """Where the difference mattered.

    Attributes:
        shares: float64[rows, columns], for each block of the picture which part of the way of the logits from A to B
            goes back when B gets A's values there; negative where the block worked against it.
        logit_shift: the length of that way, the square root of the sum of squares over all logits.
    """

    shares: Floats
    logit_shift: float


def occlusion(model: Model, a: Image, b: Image, blocks: int = BLOCKS) -> Occlusion:
    """The difference taken away block by block, `blocks` along each side.

    Raises `ModelError` for a model that is no classifier, and for tensors of two shapes.
    """
    _check_shapes(a, b)
    rows, columns = (np.linspace(0, side, min(blocks, side) + 1).astype(int) for side in b.shape[:2])
    images = [a, b]
    for top, bottom in pairwise(rows):
        for left, right in pairwise(columns):
            changed = b.copy()
            changed[top:bottom, left:right] = a[top:bottom, left:right]
            images.append(as_image(changed))
    logits, _ = _classified(Questioner(model), images)
    way = logits[1] - logits[0]
    length = float(way @ way)
    shape = len(rows) - 1, len(columns) - 1
    if not length:
        return Occlusion(np.zeros(shape), 0.0)
    back = (logits[1] - logits[2:]) @ way / length
    return Occlusion(back.reshape(shape), length**0.5)


def _check_shapes(a: Image, b: Image) -> None:
    if a.shape != b.shape:
        raise ModelError(f"A is {a.shape} and B is {b.shape}: they cannot be mixed.", "Give both one size.")


def _mixed(model: Model, a: Image, b: Image, part: float) -> Image:
    """A mix of both in floats, or in whole levels for a model that takes bytes."""
    mixed = a + np.float32(part) * (b.astype(np.float32) - a)
    return as_image(np.rint(mixed).astype(np.uint8) if model.input.dtype == "uint8" else mixed.astype(np.float32))


def _classified(questioner: Questioner, images: list[Image]) -> tuple[Floats, Floats]:
    rows = questioner.rows(images)
    kind = questioner.kind
    if kind not in ("logits", "probabilities"):
        raise ModelError(
            f"{questioner.model.name} gives an {kind} and no classes.",
            "Sensitivity is shown for classifiers.",
        )
    both = [logits_and_probabilities(row, kind) for row in rows]
    return np.stack([logits for logits, _ in both]), np.stack([shares for _, shares in both])
