"""Pictures between A and B: some factors taken from B, the others from A.

All that are asked for are made in one walk over the tree of their beginnings, so that each beginning is carried out
once and no more pictures are held than a recipe has stages. A decode of twelve megapixels is the reason for both.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from ..errors import SamePixelsError
from ..image import Image
from ..pipeline import StepCache, carry_out
from ..recipe import Stage
from ..source import Source
from .factors import Action, Factor
from .shapley import Members

Visit = Callable[[Members, Image], None]


@dataclass(frozen=True, eq=False)
class _Beginning:
    """What the first actions have made; `text` is their recipe, None once a turn has been among them."""

    made: bytes | Image
    level: float = 1.0
    text: str | None = ""


def visit_hybrids(
    source: Source,
    slots: Sequence[Factor],
    wanted: Iterable[Members],
    visit: Visit,
    step_cache: StepCache | None = None,
) -> None:
    """Calls `visit(members, image)` for each set in `wanted`, numbers of `slots` of which B's side is taken.

    A set that cannot be carried out, for whatever `SamePixelsError`, is passed over; so is one for which `visit` raises
    one.
    """
    walk = _Walk(source, slots, visit, step_cache)
    walk.descend(0, _Beginning(source.data), frozenset(wanted))


@dataclass(frozen=True)
class _Walk:
    source: Source
    slots: Sequence[Factor]
    visit: Visit
    step_cache: StepCache | None

    def descend(self, depth: int, beginning: _Beginning, wanted: frozenset[Members]) -> None:
        """Visits all of `wanted`, which agree in the slots before `depth`."""
        if depth == len(self.slots):
            self._arrive(beginning, wanted)
            return
        slot = self.slots[depth]
        for from_b, actions in ((False, slot.a), (True, slot.b)):
            chosen = frozenset(members for members in wanted if (depth in members) is from_b)
            if not chosen:
                continue
            try:
                following = self._carry(beginning, actions)
            except SamePixelsError:
                continue
            self.descend(depth + 1, following, chosen)

    def _arrive(self, beginning: _Beginning, wanted: frozenset[Members]) -> None:
        assert not isinstance(beginning.made, bytes)
        for members in wanted:
            try:
                self.visit(members, beginning.made)
            except SamePixelsError:
                continue

    def _carry(self, beginning: _Beginning, actions: Iterable[Action]) -> _Beginning:
        for action in actions:
            beginning = self._staged(beginning, action) if isinstance(action, Stage) else _turned(beginning, action)
        return beginning

    def _staged(self, beginning: _Beginning, stage: Stage) -> _Beginning:
        text = None if beginning.text is None else " | ".join(filter(None, (beginning.text, str(stage))))
        key = None if text is None else (self.source.sha256, text)
        step = self.step_cache.get(key) if self.step_cache and key else None
        if step is None:
            step = carry_out(stage, beginning.made, beginning.level)
            if self.step_cache and key:
                self.step_cache.put(key, step)
        return _Beginning(step.image, step.level, text)


def _turned(beginning: _Beginning, turn: Action) -> _Beginning:
    assert not isinstance(turn, Stage)
    assert not isinstance(beginning.made, bytes)
    if turn.orientation == 1:
        return beginning
    return replace(beginning, made=turn(beginning.made), text=None)
