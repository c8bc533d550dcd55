"""Shares of the difference as a waterfall: each begins where the one before it ends, and all reach the whole."""

from collections.abc import Sequence
from itertools import accumulate

from ..explaining.shares import Share
from ..explaining.words import part
from .plot import Axis, Panel, Plot, Rows
from .wording import MINUS

ROW_PX = 36
FRAME_PX = 165
TEXT_ROOM = 0.6
"""How far the axis reaches beyond the bars, each of which has its figure written behind it."""

_ALIKE = 0.005
_TICKS = (0.0, 25.0, 50.0, 75.0, 100.0)


def shares_plot(shares: Sequence[Share], name: str, title: str, subtitle: str, whole: str = "squared error") -> Plot:
    """A row for each share of `whole`, with what it adds in the order of exchanging that suits it least and most."""
    ends = list(accumulate(share.share for share in shares))
    starts = [0.0, *ends[:-1]]
    values = (*(100 * share.share for share in shares), 100.0)
    names = (*(share.stage for share in shares), "all")
    low, high = min(0.0, *ends), max(1.0, *ends)
    rows = Rows(
        values,
        (*(_text(share) for share in shares), "100 %"),
        (*("accent" if share.share >= 0 else "muted" for share in shares), "neutral"),
        (*(100 * start for start in starts), 0.0),
    )
    limits = (100 * (low - (TEXT_ROOM if low < 0 else 0)), 100 * (high + TEXT_ROOM))
    panel = Panel(
        Axis(f"% of the {whole}", limits, ticks=_TICKS),
        Axis("", (len(names) - 0.4, -0.6), categories=names),
        (rows,),
    )
    return Plot(name, title, subtitle, (panel,), (760, FRAME_PX + ROW_PX * len(names)))


def _text(share: Share) -> str:
    text = _percent(share.share)
    if share.high - share.low < _ALIKE:
        return text
    return f"{text} ({_percent(share.low)} to {_percent(share.high)})"


def _percent(share: float) -> str:
    return f"{MINUS}{part(-share)}" if share < 0 else part(share)
