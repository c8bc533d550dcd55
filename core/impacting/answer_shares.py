"""Whose fault it is that an answer moved: the stages' shares as in `core.explain`, of logits instead of pixels."""

import numpy as np
import numpy.typing as npt

from ..explaining.shares import Share, stage_shares
from ..image import Image, as_image
from ..models.model import Model
from ..pipeline import StepCache, Trace
from .asking import Questioner
from .fitting import check_image, takes_levels


def answer_shares(model: Model, a: Trace, b: Trace, step_cache: StepCache | None = None) -> tuple[Share, ...]:
    """Each stage's share of the squared way that the model's numbers go from A to B, adding up to 1.

    Mixtures of both recipes are put to the model as they are to the eye in `core.explaining.shares`. None are given
    where the answers are equal or a side failed. Raises `ModelError` where the model does not take A's or B's tensor.
    """
    questioner = Questioner(model)
    are_levels = takes_levels(model, a.recipe)

    def answered(image: Image) -> npt.NDArray[np.float32]:
        check_image(model, image, "A mixture of both recipes")
        levels = as_image(np.clip(np.rint(image), 0, 255).astype(np.uint8)) if are_levels else image
        row: npt.NDArray[np.float32] = questioner.rows([levels])[0]
        return row

    return stage_shares(a, b, step_cache, answered)
