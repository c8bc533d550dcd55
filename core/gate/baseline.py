"""Baselines: what the recipes made of the pictures once, so that an upgrade that changes pixels is noticed.

A file of JSON, meant to be committed: for each picture and recipe the hash and coarse figures of every stage's output,
and the versions of the libraries that made them.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ..auditing.addresses import entries
from ..auditing.entries import Entry
from ..auditing.picture import StepMemory
from ..auditing.reading import read_entry
from ..environment import installed, installed_numpy
from ..errors import SamePixelsError, SettingsError
from ..limits import limits
from ..operations.catalogue import library_of
from ..pipeline import run
from ..recipe import Recipe
from ..tolerance import Judgement
from .outputs import change_in_words, output_document
from .settings import Settings

BASELINE_SCHEMA = "samepixels/baseline/1"

Json = dict[str, Any]
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Change:
    """A picture and recipe whose outputs are no longer those of the baseline, or could not be had.

    `stage` is the first one that differs, of `library`, which went from version `was` to `now`; None where a picture or
    a recipe is missing on one side.
    """

    image: str
    recipe: str
    words: str
    stage: str | None = None
    library: str | None = None
    was: str | None = None
    now: str | None = None
    is_failure: bool = False

    @property
    def judgement(self) -> Judgement:
        """`unknown` where there was nothing to compare with."""
        return "unknown" if self.is_failure else "beyond"


def baseline_document(settings: Settings, tell: Tell) -> Json:
    """The baseline of all checks' pictures and recipes as they come out now; raises where a picture cannot be done."""
    outputs = []
    for entry, recipes in _work(settings).values():
        name = settings.name_of(entry)
        tell(name)
        source = read_entry(_readable(entry), limits())
        steps = StepMemory()
        for recipe in recipes:
            trace = run(source, recipe, steps)
            if trace.failure:
                raise trace.failure.error
            stages = [output_document(step) for step in trace.steps]
            outputs.append({"image": name, "source_sha256": source.sha256, "recipe": str(recipe), "stages": stages})
    return {"schema": BASELINE_SCHEMA, "versions": _versions(settings), "outputs": outputs}


def _readable(entry: Entry) -> Entry:
    if entry.problem_kind is not None:
        raise SamePixelsError(entry.problem or "", entry.remedy or "")
    return entry


def _work(settings: Settings) -> dict[str, tuple[Entry, list[Recipe]]]:
    """The recipes of each picture, once each."""
    work: dict[str, tuple[Entry, list[Recipe]]] = {}
    for check in settings.checks:
        for entry in entries(settings.addresses(check)):
            if entry.problem_kind == "duplicate":
                continue
            _, recipes = work.setdefault(entry.picture, (entry, []))
            recipes.extend(recipe for recipe in (check.a, *check.bs) if recipe not in recipes)
    return work


def _versions(settings: Settings) -> dict[str, str]:
    """The package of each library that the recipes use, with its version."""
    recipes = [recipe for check in settings.checks for recipe in (check.a, *check.bs)]
    libraries = {library_of(stage.name) for recipe in recipes for stage in recipe.stages}
    found = {library.title: installed(library) for library in libraries if library}
    requirements = {title: each.requirement for title, each in sorted(found.items()) if each}
    return {**requirements, "NumPy": installed_numpy().requirement}


def baseline_changes(settings: Settings, tell: Tell) -> Iterator[Change]:
    """Where the outputs differ from the baseline; the first stage of each picture and recipe that does."""
    kept = _kept(settings)
    versions = kept["versions"], _versions(settings)
    wanted = {(each["image"], each["recipe"]): each for each in kept["outputs"]}
    for entry, recipes in _work(settings).values():
        name = settings.name_of(entry)
        tell(f"baseline {name}")
        steps = StepMemory()
        for recipe in recipes:
            output = wanted.pop((name, str(recipe)), None)
            if output is None:
                yield Change(name, str(recipe), "is not in the baseline; renew it", is_failure=True)
            else:
                yield from _changes(entry, recipe, output, steps, versions)
    for image, recipe_text in wanted:
        yield Change(image, recipe_text, "is in the baseline, but no longer checked; renew it", is_failure=True)


def _kept(settings: Settings) -> Json:
    assert settings.baseline is not None
    try:
        kept: Json = json.loads(settings.baseline.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"The baseline {settings.baseline} cannot be read: {error}.", "Make it with: samepixels baseline"
        ) from error
    if kept.get("schema") != BASELINE_SCHEMA:
        raise SettingsError(
            f"{settings.baseline} has the form {kept.get('schema')}, expected {BASELINE_SCHEMA}.",
            "Make it anew with: samepixels baseline",
        )
    return kept


def _changes(
    entry: Entry, recipe: Recipe, kept: Json, steps: StepMemory, versions: tuple[dict[str, str], dict[str, str]]
) -> Iterator[Change]:
    name = kept["image"]
    try:
        source = read_entry(_readable(entry), limits())
    except SamePixelsError as error:
        yield Change(name, str(recipe), str(error), is_failure=True)
        return
    if source.sha256 != kept["source_sha256"]:
        yield Change(name, str(recipe), "is another file than in the baseline; renew it", is_failure=True)
        return
    trace = run(source, recipe, steps)
    for was, step in zip(kept["stages"], trace.steps, strict=False):
        now = output_document(step)
        if any(now[key] != was[key] for key in ("sha256", "shape", "dtype")):
            library = now["library"]
            words = change_in_words(was, now)
            yield Change(
                name, str(recipe), words, was["stage"], library, versions[0].get(library), versions[1].get(library)
            )
            return
    if trace.failure:
        yield Change(name, str(recipe), trace.failure.error.message, str(trace.failure.stage), is_failure=True)
