"""The model's answers, from the cache or by a job: first what it says, then which stage and which place moves it."""

from collections.abc import Hashable
from dataclasses import dataclass

from core.errors import ModelError, SamePixelsError
from core.explaining.shares import Share
from core.image import Image
from core.impact import (
    GridRow,
    Impact,
    Model,
    Occlusion,
    Sensitivity,
    answer_shares,
    impact,
    impact_grid,
    occlusion,
    sensitivity,
)
from core.impacting.fitting import check_recipes
from core.impacting.flow import model_image
from core.pipeline import run
from core.progress import Progress
from core.recipe import Recipe
from ui import jobs
from ui.cached import STEPS, ByteBoundedCache
from ui.configuration import configuration
from ui.impact.model import ChosenModel
from ui.impact.pictures import Chosen
from ui.waiting import tensorflow_panel
from ui.warming import WARMING

JOB, DETAILS_JOB = "impact", "impact.details"
GRID_PICTURES = 30
"""The grid asks about each picture some twenty times: larger sets are for the command line."""

_PICTURE_BYTES = 4_096


@dataclass(frozen=True, eq=False)
class Details:
    """What takes longer: the grid, and of one picture the way from A to B and the places.

    `shares` are the stages' of the way of the logits. `image` is B's tensor of that picture, `level` how much of its
    values makes one level; `problem` says why there is no way.
    """

    grid: tuple[GridRow, ...]
    way: Sensitivity | None = None
    places: Occlusion | None = None
    image: Image | None = None
    level: float = 1.0
    shares: tuple[Share, ...] = ()
    problem: str = ""


def _details_bytes(details: Details) -> int:
    arrays = [details.image, *((details.way.probabilities, details.way.logits) if details.way else ())]
    return _PICTURE_BYTES * len(details.grid) + sum(int(array.nbytes) for array in arrays if array is not None)


@dataclass(frozen=True, eq=False)
class Contradicted:
    """A model that was not asked, since the recipes give what it does not take."""

    model: Model
    error: ModelError


def _impact_bytes(found: Impact | Contradicted) -> int:
    return _PICTURE_BYTES * (len(found.pictures) if isinstance(found, Impact) else 1)


IMPACTS: ByteBoundedCache[Impact | Contradicted] = ByteBoundedCache(configuration().impact_cache_bytes, _impact_bytes)
"""(digest of the pictures and labels, of the model, recipe A, recipe B) -> Impact."""

DETAILS: ByteBoundedCache[Details] = ByteBoundedCache(configuration().impact_cache_bytes, _details_bytes)
"""The same, and the names of the model's classes -> Details."""


def impact_of(chosen: Chosen, model: ChosenModel, a: Recipe, b: Recipe) -> Impact | Contradicted | None:
    """What the model says; None while that is being found out, and what is drawn then says so."""
    key = (chosen.digest, model.digest, str(a), str(b))
    found = IMPACTS.get(key)
    if found is None and _waits_for_tensorflow(model, a, b):
        tensorflow_panel("Then the model is built and asked, which takes some seconds more.")
    elif found is None:
        jobs.follow(JOB, key, lambda tell: _ask(key, chosen, model, (a, b), tell))
    return found


def _waits_for_tensorflow(model: ChosenModel, a: Recipe, b: Recipe) -> bool:
    return (model.needs_tensorflow and not WARMING.is_done) or any(map(WARMING.is_awaited_by, (a, b)))


def details_of(chosen: Chosen, found: Impact) -> Details | None:
    """The grid, the way and the places; None while they are being made."""
    key = (chosen.digest, found.model.digest, found.model.class_names, str(found.a), str(found.b))
    details = DETAILS.get(key)
    if details is None:
        jobs.follow(DETAILS_JOB, key, lambda tell: _look_closer(key, chosen, found, tell))
    return details


def _ask(
    key: Hashable, chosen: Chosen, model: ChosenModel, recipes: tuple[Recipe, Recipe], tell: Progress
) -> Impact | Contradicted:
    tell(None, "building the model")
    opened = model.open()
    tell(None, "asking the model")
    found = _impact(opened, chosen, recipes, tell)
    IMPACTS.put(key, found)
    return found


def _impact(model: Model, chosen: Chosen, recipes: tuple[Recipe, Recipe], tell: Progress) -> Impact | Contradicted:
    try:
        check_recipes(model, *recipes)
    except ModelError as error:
        return Contradicted(model, error)
    return impact(model, chosen.pictures, *recipes, on_progress=tell)


def _look_closer(key: Hashable, chosen: Chosen, found: Impact, tell: Progress) -> Details:
    grid: tuple[GridRow, ...] = ()
    if len(chosen.pictures) <= GRID_PICTURES:
        tell(0.0, "one change at a time")
        grid = impact_grid(found.model, chosen.pictures, found.a, on_progress=tell)
    details = _with_way(found, chosen, grid, tell) if chosen.is_one else Details(grid)
    DETAILS.put(key, details)
    return details


def _with_way(found: Impact, chosen: Chosen, grid: tuple[GridRow, ...], tell: Progress) -> Details:
    tell(None, "on the way from A to B")
    source = chosen.pictures[0].read()
    traces = run(source, found.a, STEPS), run(source, found.b, STEPS)
    try:
        a, b = (model_image(found.model, trace, side) for trace, side in zip(traces, "AB", strict=True))
        way = sensitivity(found.model, a, b)
        tell(None, "stage by stage")
        shares = answer_shares(found.model, *traces, STEPS)
        tell(None, "block by block")
        places = occlusion(found.model, a, b)
    except SamePixelsError as error:
        return Details(grid, problem=str(error))
    return Details(grid, way, places, b, traces[1].steps[-1].level, shares)
