"""What differs between two recipes, as factors that can be exchanged one at a time.

Stages of one kind that stand in a common order make a factor each. What one side alone has makes a factor with the
other side empty. Which of them cannot be exchanged on their own shows when it is tried (`core.explaining.hybrids`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TypeAlias

from ..recipe import Recipe, Stage
from .orientation import Turn

Action: TypeAlias = Stage | Turn


@dataclass(frozen=True)
class Factor:
    """One thing in which recipes may differ: what either side does, and a name for people."""

    name: str
    a: tuple[Action, ...]
    b: tuple[Action, ...]

    @property
    def differs(self) -> bool:
        """Whether exchanging it changes the recipe."""
        return self.a != self.b

    @property
    def swapped(self) -> "Factor":
        """The same seen from B."""
        return Factor(self.name, self.b, self.a)


def factors(a: Recipe, b: Recipe) -> tuple[Factor, ...]:
    """The factors of two recipes in their order, those that are equal too; `factors(b, a)` has the same swapped."""
    kinds_a, kinds_b = ([stage.operation.kind for stage in recipe.stages] for recipe in (a, b))
    if kinds_a > kinds_b:  # the matcher prefers one side
        return tuple(each.swapped for each in factors(b, a))
    found: list[Factor] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(a=kinds_a, b=kinds_b, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs = zip(a.stages[a1:a2], b.stages[b1:b2], strict=True)
            found += [Factor(one.operation.kind, (one,), (other,)) for one, other in pairs]
        else:
            found += [Factor(stage.operation.kind, (stage,), ()) for stage in a.stages[a1:a2]]
            found += [Factor(stage.operation.kind, (), (stage,)) for stage in b.stages[b1:b2]]
    return tuple(_numbered(found))


def _numbered(found: Iterable[Factor]) -> Iterator[Factor]:
    """The second crop is called "crop 2"."""
    counts: Counter[str] = Counter()
    for each in found:
        counts[each.name] += 1
        count = counts[each.name]
        yield each if count == 1 else replace(each, name=f"{each.name} {count}")
