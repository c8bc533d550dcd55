"""What the difference between two recipes does to a model: its answers, on a picture and over a set.

open_model("embedded" or a path)      -> Model
impact(model, pictures, a, b)         -> Impact           answers, flips, accuracy, honest words
impact_grid(model, pictures, a)       -> tuple[GridRow]   one change at a time: which stage moves the answers
sensitivity(model, image_a, image_b)  -> Sensitivity      the answers along the way from A to B
answer_shares(model, trace_a, trace_b) -> tuple[Share]    which stage's difference it is, on one picture
occlusion(model, image_a, image_b)    -> Occlusion        where in the picture the difference mattered
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .impacting.answer_shares import answer_shares
from .impacting.answers import AnswerPair, Guess, OutputKind
from .impacting.asking import Questioner
from .impacting.fitting import check_recipes, contradictions, fitted
from .impacting.flow import Picture, tensors
from .impacting.grid import GridChange, GridRow, grid_changes, impact_grid
from .impacting.intervals import CountShare
from .impacting.picture import PictureImpact
from .impacting.sensitivity import Occlusion, Sensitivity, occlusion, sensitivity
from .impacting.summary import Accuracy, Summary, summarise
from .impacting.words import impact_sentence, optimism
from .models.model import Model
from .models.opening import open_model, open_model_file
from .progress import Progress, unheard
from .recipe import Recipe

__all__ = [
    "Accuracy",
    "AnswerPair",
    "CountShare",
    "GridChange",
    "GridRow",
    "Guess",
    "Impact",
    "Model",
    "Occlusion",
    "Picture",
    "PictureImpact",
    "Sensitivity",
    "Summary",
    "answer_shares",
    "contradictions",
    "fitted",
    "grid_changes",
    "impact",
    "impact_grid",
    "occlusion",
    "open_model",
    "open_model_file",
    "sensitivity",
]


@dataclass(frozen=True, eq=False)
class Impact:
    """What a model says of A's and B's tensors.

    Attributes:
        model: the one that was asked.
        a: recipe A.
        b: recipe B.
        kind: what its answers are; None where no picture could be asked about.
        pictures: each picture, in order.
        summary: all of them together.
        sentence: the same in words.
        warnings: what makes little sense, or makes the figures look better than they are.
    """

    model: Model
    a: Recipe
    b: Recipe
    kind: OutputKind | None
    pictures: tuple[PictureImpact, ...]
    summary: Summary
    sentence: str
    warnings: tuple[str, ...]


def impact(
    model: Model,
    pictures: Sequence[Picture],
    a: Recipe,
    b: Recipe,
    *,
    on_progress: Progress = unheard,
) -> Impact:
    """What `model` says of what `a` and `b` make of each picture.

    A picture that fails is reported in its place. Raises `ModelError` where a recipe contradicts the model, or where
    the model itself fails.
    """
    warnings = check_recipes(model, a, b)
    questioner = Questioner(model)
    found: list[PictureImpact] = []
    for (each,) in questioner.ask(tensors(model, pictures, (a, b), ("A", "B"))):
        found.append(each)
        on_progress(len(found) / len(pictures), f"picture {len(found):,} of {len(pictures):,}")
    summary = summarise(found)
    remark = optimism(model, (each.name for each in pictures))
    return Impact(
        model,
        a,
        b,
        questioner.kind,
        tuple(found),
        summary,
        impact_sentence(summary, questioner.kind),
        (*warnings, *filter(None, [remark])),
    )
