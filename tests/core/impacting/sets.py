"""Pictures with answers as a set has them."""

import numpy as np

from core.impacting.answers import compare_answers
from core.impacting.picture import PictureImpact, TensorDifference


def answered(name: str, a: int, b: int, label: int | None = None, *, shift: float = 1.0) -> PictureImpact:
    """A picture that the model takes for class `a` with A and for `b` with B."""
    rows = np.zeros((2, 10), np.float32)
    rows[0, a], rows[1, b] = 5, 5 + shift
    tensors = TensorDifference("different", 3.0, 1.0, 0.0)
    return PictureImpact(name, "ab", tensors, compare_answers(rows[0], rows[1], "logits"), label)
