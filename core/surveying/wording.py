"""An atlas in words."""

from .naming import short_name
from .survey import Atlas


def summary(atlas: Atlas) -> str:
    """How many ways there are, in how many classes, and what that means."""
    ways = sum(map(len, atlas.ways))
    kinds = {stage.operation.kind for way in atlas.ways for stage in way}
    noun = "resize" if "resize" in kinds else "decode"
    count = len(atlas.classes)
    return (
        f"{ways} ways to {noun} {atlas.subject} make {count} {'class' if count == 1 else 'classes'} "
        f"of results that are equal within rounding."
    )


def class_names(atlas: Atlas, members: range) -> tuple[str, ...]:
    """The members of a class by short names, one for each operation that makes a result; the simplest of them."""
    stages = (stage for member in members for stage in atlas.first_of_each(member))
    return tuple(dict.fromkeys(short_name(stage) for stage in stages))


def others(atlas: Atlas, members: range) -> tuple[str, ...]:
    """The rest of a class, as recipe texts."""
    named = {stage for member in members for stage in atlas.first_of_each(member)}
    return tuple(str(stage) for member in members for stage in atlas.ways[member] if stage not in named)
