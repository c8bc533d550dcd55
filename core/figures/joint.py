"""The joint plot: which level of A meets which level of B."""

from ..difference import Difference
from .plot import Axis, Cells, Line, Panel, Plot
from .wording import shares_text

LEVELS = (-0.5, 255.5)


def joint_plot(difference: Difference, where: str, *, channel: int | None = None) -> Plot | None:
    """How often each pair of levels occurs, in one channel or in all; None unless both images are uint8."""
    counts = difference.joint(channel)
    if counts is None:
        return None
    panel = Panel(
        Axis("A, levels", LEVELS),
        Axis("B, levels", LEVELS),
        (
            Cells(counts.T, "values", "A", "B"),
            Line((LEVELS[0], LEVELS[0]), (LEVELS[1], LEVELS[1]), "neutral", "A equals B"),
        ),
        square=True,
    )
    return Plot(
        "joint-levels",
        f"Levels of B against levels of A {where}",
        shares_text(difference, channel),
        (panel,),
        (620, 560),
    )
