"""A, B and the difference, side by side at exact pixels."""

from ui.selection import Pair
from ui.viewer import Side, viewer


def panes(pair: Pair) -> None:
    """Draws the panes of `pair`."""
    if pair.a and pair.b:
        viewer(Side("A", str(pair.a.stage), pair.a.image), Side("B", str(pair.b.stage), pair.b.image))
