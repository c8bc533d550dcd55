"""Every decoder against every other, on one picture."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..compare import ROUNDING_LEVELS, Different, Incomparable, Outcome, compare_images
from ..errors import SamePixelsError, SourceError
from ..image import CHANNEL_NAMES, Image, as_image
from ..operations.catalogue import operations
from ..pipeline import carry_out
from ..progress import Progress, unheard
from ..recipe import Stage
from ..searching.variants import variants
from ..source import Source
from .naming import short_name
from .survey import Atlas, Distances, Refused, all_pairs, arranged, digest, installed_versions

WINDOW_PX = 2048
"""Of a larger picture the middle is compared; whether two are bit-identical is asked of all pixels."""


@dataclass(frozen=True, eq=False)
class _Decoded:
    """One result, and all stages that give it bit for bit."""

    shape: tuple[int, ...]
    middle: Image
    stages: list[Stage] = field(default_factory=list)


def decode_stages() -> tuple[Stage, ...]:
    """Every way to decode: each operation with each choice and each flag."""
    return tuple(stage for operation in operations("decode") for stage in variants(operation, {}))


def decode_atlas(source: Source, on_progress: Progress = unheard) -> Atlas:
    """Every decoder of every installed library on `source`; some three hundred ways, of which most agree bit for bit.

    Two are of one class when no value differs by more than rounding does (`ROUNDING_LEVELS`). Raises `SourceError` if
    none reads the picture, and what `on_progress` raises.
    """
    found, refused = _decoded(source, decode_stages(), on_progress)
    if not found:
        raise SourceError(f"No decoder here reads {source.name}.", refused[0].reason if refused else "")
    on_progress(1.0, "comparing")
    arrangement = arranged(_distances(found), ROUNDING_LEVELS, by="mean")
    ordered = [found[member] for member in arrangement.order]
    return Atlas(
        subject=source.name,
        ways=tuple(tuple(each.stages) for each in ordered),
        words=tuple(_words(each) for each in ordered),
        classes=arrangement.classes,
        within=ROUNDING_LEVELS,
        distances=arrangement.distances,
        refused=refused,
        versions=installed_versions(),
    )


def _decoded(
    source: Source, stages: Sequence[Stage], on_progress: Progress
) -> tuple[list[_Decoded], tuple[Refused, ...]]:
    found: dict[str, _Decoded] = {}
    refused: list[Refused] = []
    for count, stage in enumerate(stages):
        on_progress(count / len(stages), f"decoding with {short_name(stage)}")
        try:
            image = carry_out(stage, source.data).image
        except SamePixelsError as error:
            refused.append(Refused(stage, str(error)))
            continue
        result = found.setdefault(digest([image]), _Decoded(image.shape, _middle(image)))
        result.stages.append(stage)
    return list(found.values()), tuple(refused)


def _middle(image: Image) -> Image:
    top, left = (max(0, (side - WINDOW_PX) // 2) for side in image.shape[:2])
    return as_image(image[top : top + WINDOW_PX, left : left + WINDOW_PX].copy())


def _words(decoded: _Decoded) -> str:
    height, width, channels = decoded.shape
    return f"{width} × {height}, {', '.join(CHANNEL_NAMES[channels])}, {decoded.middle.dtype}"


def _distances(found: Sequence[_Decoded]) -> tuple[Distances, ...]:
    outcomes: dict[tuple[int, int], Outcome] = {}

    def outcome(a: _Decoded, b: _Decoded) -> Outcome:
        key = (id(a), id(b))
        if key not in outcomes:
            outcomes[key] = (
                compare_images(a.middle, b.middle) if a.shape == b.shape else Incomparable("The shapes differ.", "")
            )
        return outcomes[key]

    def figure(name: str) -> Distances:
        title, unit, text = _FIGURES[name]
        return Distances(name, title, unit, text, all_pairs(found, lambda a, b: _figure(outcome(a, b), f"{name}_abs")))

    return figure("max"), figure("mean")


_FIGURES = {
    "max": ("largest difference", "levels", "The largest difference of any value. Up to 1 level two are of one class."),
    "mean": ("mean difference", "levels", "The mean absolute difference of all values."),
}


def _figure(outcome: Outcome, name: str) -> float:
    if isinstance(outcome, Incomparable):
        return float("nan")
    return float(getattr(outcome.statistics, name)) if isinstance(outcome, Different) else 0.0
