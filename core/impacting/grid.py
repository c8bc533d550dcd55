"""One change at a time: which stage of a pipeline moves a model's answers, and by how much, from one table.

The reference recipe is changed in one stage, as other libraries and other habits would have it, and the model is asked
about both. What belongs together (a resize after another decode) is not mixed here: `core.explain` shares such out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..models.model import Model
from ..operations.declaration import Kind, Value
from ..operations.target_size import TargetSize
from ..progress import Progress, unheard
from ..recipe import Recipe, Stage, parse_stage, stage
from .asking import Questioner
from .flow import Picture, tensors
from .picture import PictureImpact
from .summary import Summary, summarise


@dataclass(frozen=True)
class GridChange:
    """A recipe that differs from the reference in one stage: which, and what is done there instead."""

    stage: Kind
    words: str
    recipe: Recipe


@dataclass(frozen=True, eq=False)
class GridRow:
    """What one change does to the answers."""

    change: GridChange
    summary: Summary


_DECODES = (
    ("TensorFlow, accurate DCT", "tensorflow.decode_jpeg(dct_method=INTEGER_ACCURATE, channels=3)"),
    ("TensorFlow, fast DCT", "tensorflow.decode_jpeg(dct_method=INTEGER_FAST, channels=3)"),
    ("OpenCV", "opencv.imdecode"),
    ("Pillow", "pillow.open(mode=RGB)"),
)

_RESIZES: tuple[tuple[str, str, dict[str, Value]], ...] = (
    ("TensorFlow 1 bicubic", "tensorflow_v1.resize", {"method": "bicubic"}),
    ("TensorFlow 1 bilinear", "tensorflow_v1.resize", {"method": "bilinear"}),
    ("TensorFlow bilinear", "tensorflow.resize", {"method": "bilinear"}),
    ("TensorFlow bilinear, antialiased", "tensorflow.resize", {"method": "bilinear", "antialias": True}),
    ("OpenCV INTER_LINEAR", "opencv.resize", {"interpolation": "INTER_LINEAR"}),
    ("OpenCV INTER_AREA", "opencv.resize", {"interpolation": "INTER_AREA"}),
    ("Pillow BILINEAR", "pillow.resize", {"resample": "BILINEAR"}),
    ("OpenCV INTER_NEAREST", "opencv.resize", {"interpolation": "INTER_NEAREST"}),
)

_NORMALISATIONS = ("normalize.tf", "normalize.torch", "normalize.caffe")


def grid_changes(reference: Recipe) -> tuple[GridChange, ...]:
    """The changes of `reference`, stage by stage in their order; what it has already is left out."""
    found = [
        *_decodes(reference),
        *_resizes(reference),
        *_casts(reference),
        *_added(reference, "channels", "red and blue swapped", "channels.swap"),
        *_normalisations(reference),
    ]
    return tuple(each for each in found if each.recipe != reference)


def impact_grid(
    model: Model,
    pictures: Sequence[Picture],
    reference: Recipe,
    changes: Sequence[GridChange] | None = None,
    *,
    on_progress: Progress = unheard,
) -> tuple[GridRow, ...]:
    """A row for each change of `reference` (without `changes`, those of `grid_changes`), in their order.

    Raises `ModelError` where the model fails; a picture or a change that fails is counted as unanswered.
    """
    wanted = grid_changes(reference) if changes is None else changes
    recipes = (reference, *(each.recipe for each in wanted))
    names = ("The reference", *(f"{each.stage} {each.words}" for each in wanted))
    by_change: list[list[PictureImpact]] = [[] for _ in wanted]
    answered = Questioner(model).ask(tensors(model, pictures, recipes, names))
    for number, found in enumerate(answered, start=1):
        for rows, each in zip(by_change, found, strict=True):
            rows.append(each)
        on_progress(number / len(pictures), f"{len(wanted)} changes on picture {number:,} of {len(pictures):,}")
    return tuple(GridRow(change, summarise(rows)) for change, rows in zip(wanted, by_change, strict=True))


def _decodes(reference: Recipe) -> Iterator[GridChange]:
    for words, text in _DECODES:
        yield GridChange("decode", words, Recipe((parse_stage(text), *reference.stages[1:])))


def _resizes(reference: Recipe) -> Iterator[GridChange]:
    places = [index for index, each in enumerate(reference.stages) if each.operation.kind == "resize"]
    for place in places[-1:]:
        size = reference.stages[place].options["size"]
        assert isinstance(size, TargetSize)
        for words, name, options in _RESIZES:
            changed = stage(name, {**options, "size": size})
            yield GridChange("resize", words, _with(reference, place, changed))


def _casts(reference: Recipe) -> Iterator[GridChange]:
    """Whole levels after the resize, cut off or rounded, where the reference has none."""
    places = [index for index, each in enumerate(reference.stages) if each.operation.kind == "resize"]
    if not places or any(each.operation.kind == "cast" for each in reference.stages):
        return
    for words, rule in (("rounded to whole levels", "round"), ("cut to whole levels", "saturate")):
        before, after = reference.stages[: places[-1] + 1], reference.stages[places[-1] + 1 :]
        yield GridChange("cast", words, Recipe((*before, stage("cast.uint8", {"rule": rule}), *after)))


def _added(reference: Recipe, kind: Kind, words: str, name: str) -> Iterator[GridChange]:
    """A stage more, before the normalisation."""
    place = next((i for i, each in enumerate(reference.stages) if each.operation.kind == "normalize"), None)
    before = reference.stages[:place]
    after = () if place is None else reference.stages[place:]
    yield GridChange(kind, words, Recipe((*before, stage(name), *after)))


def _normalisations(reference: Recipe) -> Iterator[GridChange]:
    places = [index for index, each in enumerate(reference.stages) if each.operation.kind == "normalize"]
    for place in places[-1:]:
        for name in _NORMALISATIONS:
            yield GridChange("normalize", name, _with(reference, place, stage(name)))


def _with(reference: Recipe, place: int, changed: Stage) -> Recipe:
    return Recipe((*reference.stages[:place], changed, *reference.stages[place + 1 :]))
