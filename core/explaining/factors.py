"""What differs between two recipes, as factors that can be exchanged one at a time.

Stages of one kind that stand in a common order make a factor each. What one side alone has makes a factor with the other
side empty. Whether the picture is turned by its EXIF orientation is a factor of its own, although the decoders do it,
because nobody who asks about decoders means that.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher

from ..recipe import Recipe, Stage

ORIENTATION_OPTIONS = {"ignore_orientation": True, "exif_transpose": False}
"""Options of decoders that decide about the orientation, with the value that leaves it alone."""

_GEOMETRY = frozenset({"crop", "resize", "pad"})


@dataclass(frozen=True)
class Factor:
    """One thing in which recipes may differ: the stages on either side, and a name for people."""

    name: str
    a: tuple[Stage, ...]
    b: tuple[Stage, ...]

    @property
    def differs(self) -> bool:
        """Whether exchanging it changes the recipe."""
        return self.a != self.b


def factors(a: Recipe, b: Recipe) -> tuple[Factor, ...]:
    """The factors of two recipes in their order, those that are equal too."""
    kinds_a, kinds_b = ([stage.operation.kind for stage in recipe.stages] for recipe in (a, b))
    found: list[Factor] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(a=kinds_a, b=kinds_b, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs = zip(a.stages[a1:a2], b.stages[b1:b2], strict=True)
            found += [Factor(one.operation.kind, (one,), (other,)) for one, other in pairs]
        else:
            stages_a, stages_b = a.stages[a1:a2], b.stages[b1:b2]
            found.append(Factor(_name(stages_a, stages_b), stages_a, stages_b))
    return tuple(_geometry_together(found))


def _name(a: tuple[Stage, ...], b: tuple[Stage, ...]) -> str:
    return " and ".join(dict.fromkeys(stage.operation.kind for stage in (*a, *b)))


def _geometry_together(found: list[Factor]) -> list[Factor]:
    """Crops, resizes and pads as one factor where they differ in number: exchanged singly they give other sizes.

    Only neighbours can be put together; a cast between them keeps its place and joins them.
    """
    alone = [index for index, each in enumerate(found) if not (each.a and each.b) and _is_geometry(each)]
    if not alone:
        return found
    geometric = [index for index, each in enumerate(found) if _is_geometry(each) and each.differs]
    first, last = min(geometric), max(geometric)
    joined = found[first : last + 1]
    stages_a = tuple(stage for each in joined for stage in each.a)
    stages_b = tuple(stage for each in joined for stage in each.b)
    return [*found[:first], Factor("geometry", stages_a, stages_b), *found[last + 1 :]]


def _is_geometry(factor: Factor) -> bool:
    return all(stage.operation.kind in _GEOMETRY for stage in (*factor.a, *factor.b))


def without_orientation(decode: Stage) -> Stage:
    """The same decode leaving the picture as it is stored."""
    changes = {name: value for name, value in ORIENTATION_OPTIONS.items() if name in decode.options}
    return decode.replace(**changes)
