"""Carrying out the checks of a settings file, in this process, one picture after the other."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ..auditing.addresses import entries
from ..auditing.entries import Entry
from ..auditing.picture import StepMemory
from ..auditing.reading import read_entry
from ..compare import Comparison, Incomparable, compare
from ..document import document, unreadable_document
from ..errors import SamePixelsError
from ..limits import limits
from ..pipeline import run
from ..recipe import Recipe
from ..source import Source
from ..ssim import ssim
from ..statistics import PEAK
from ..tolerance import Condition, Judgement
from .baseline import Change, baseline_changes
from .settings import Check, Settings

CHECK_SCHEMA = "samepixels/check/1"

Json = dict[str, Any]
Tell = Callable[[str], None]


def check_document(settings: Settings, tell: Tell) -> Json:
    """What `check --json` prints: each picture of each check with the limits that do not hold, and what changed."""
    results = [result for check in settings.checks for result in _results(settings, check, tell)]
    changes = list(baseline_changes(settings, tell)) if settings.baseline else []
    judgements = {result["judgement"] for result in results} | {change.judgement for change in changes}
    return {
        "schema": CHECK_SCHEMA,
        "settings": str(settings.path),
        "judgement": next((each for each in ("unknown", "beyond") if each in judgements), "within"),
        "results": results,
        "baseline": str(settings.baseline) if settings.baseline else None,
        "changes": [_change(change) for change in changes],
    }


def _change(change: Change) -> Json:
    return {**vars(change), "judgement": change.judgement}


def _results(settings: Settings, check: Check, tell: Tell) -> Iterator[Json]:
    for entry in entries(settings.addresses(check)):
        if entry.problem_kind == "duplicate":
            continue
        name = settings.name_of(entry)
        tell(f"{check.name} {name}".strip())
        for b, found in _documents(check, entry, name):
            yield judged(check.name, b, found, check.limits)


def _documents(check: Check, entry: Entry, name: str) -> Iterator[tuple[Recipe, Json]]:
    try:
        source = source_of(entry)
    except SamePixelsError as error:
        for b in check.bs:
            yield b, unreadable_document(name, check.a, b, error)
        return
    steps = StepMemory()
    a = run(source, check.a, steps)
    for b in check.bs:
        comparison = compare(a, run(source, b, steps))
        yield b, document(name, comparison, ssim=_ssim(comparison, check.limits))


def source_of(entry: Entry) -> Source:
    """An entry's source; raises `SamePixelsError` for one that is only a problem."""
    if entry.problem_kind is not None:
        raise SamePixelsError(entry.problem or "", entry.remedy or "")
    return read_entry(entry, limits())


def _ssim(comparison: Comparison, limits: Sequence[Condition]) -> float | None:
    """The structural similarity, which is slow, only where a limit asks for it."""
    a, b, final = comparison.a.image, comparison.b.image, comparison.final
    if a is None or b is None or isinstance(final, Incomparable):
        return None
    return ssim(a, b, data_range=PEAK * final.level) if any(each.figure == "ssim" for each in limits) else None


def judged(check: str, b: Recipe, found: Json, limits: Sequence[Condition]) -> Json:
    """A comparison's document cut down to the verdict, and the limits that do not hold, each with what it is."""
    broken = [broken_limit(limit, found) for limit in limits]
    texts = [text for text in broken if text]
    return {
        "check": check,
        "image": found["image"],
        "a": found["a"]["recipe"],
        "b": str(b),
        "judgement": _judgement(found, limits),
        "verdict": found["verdict"],
        "sentence": found["sentence"],
        "remedy": found["remedy"],
        "broken": texts,
        "difference": found["difference"],
    }


def broken_limit(limit: Condition, found: Json) -> str:
    """The limit and what the figure is instead, or nothing where it holds."""
    held = limit.judge(found)
    if held == "beyond":  # the condition holds, which is what a limit wants
        return ""
    value = found["verdict"] if limit.figure == "verdict" else found["difference"][limit.figure]
    words = "is unknown" if held == "unknown" else f"is {value if isinstance(value, str) else format(value, '.5g')}"
    return f"{limit.figure} {limit.comparison} {_limit(limit)}, but it {words}"


def _limit(limit: Condition) -> str:
    return limit.limit if isinstance(limit.limit, str) else format(limit.limit, "g")


def _judgement(found: Json, limits: Sequence[Condition]) -> Judgement:
    held = {limit.judge(found) for limit in limits}
    if found["verdict"] == "incomparable" or "unknown" in held:
        return "unknown"
    return "beyond" if "within" in held else "within"
