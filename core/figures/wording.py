"""Words on plots."""

from ..difference import Difference
from ..image import CHANNEL_NAMES
from ..statistics import Statistics
from ..words import percent

MINUS = "\N{MINUS SIGN}"


def number(value: float) -> str:
    """`value` to a precision that fits its size, with a true minus: 14, 1.19, −0.66, 0.0032."""
    if value == int(value) or abs(value) >= 1000:
        text = f"{value:,.0f}"
    else:
        text = f"{value:.2f}" if abs(value) >= 0.01 else f"{value:.2g}"
    return text.replace("-", MINUS)


def signed(value: float) -> str:
    """The same with a plus where it is positive."""
    return f"+{number(value)}" if value > 0 else number(value)


def channel_text(difference: Difference, channel: int | None) -> str:
    """Which channels are counted."""
    names = CHANNEL_NAMES[difference.channels]
    if channel is not None:
        return f"{names[channel]} channel"
    return "all channels" if len(names) > 1 else f"{names[0]} channel"


def channel_figures(difference: Difference, channel: int | None) -> Statistics:
    """The figures of one channel or of all."""
    statistics = difference.statistics()
    return statistics if channel is None else statistics.channels[channel]


def shares_text(difference: Difference, channel: int | None) -> str:
    """What is counted, and how many of it differ."""
    figures = channel_figures(difference, channel)
    share = percent(figures.differing_values_pct)
    return f"{channel_text(difference, channel)}, {figures.values:,} values, of which {share} differ"
