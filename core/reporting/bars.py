"""Histograms as SVG, whose colours are the style sheet's, so that they follow the reader's theme.

Plotly was rejected here: 5 MB of script for bars that need none.
"""

import math
from collections.abc import Sequence

from markupsafe import Markup

WIDTH, HEIGHT, BASE = 360.0, 120.0, 100.0
MOST_BARS = 121


def histogram_svg(edges: Sequence[float], counts: Sequence[int], label: str, *, logarithmic: bool = False) -> Markup:
    """Bars for `counts` between `edges`; a pointer on one says how many. `label` names the axis, with its unit."""
    edges, counts = _merged(edges, counts)
    low, high = edges[0], edges[-1]
    heights = [math.log1p(count) if logarithmic else float(count) for count in counts]
    scale_x, scale_y = WIDTH / ((high - low) or 1.0), (BASE - 4) / (max(heights, default=0.0) or 1.0)
    bars = Markup("").join(
        Markup('<rect x="{:.2f}" y="{:.2f}" width="{:.2f}" height="{:.2f}"><title>{}</title></rect>').format(
            (left - low) * scale_x,
            BASE - height * scale_y,
            max(1.0, (right - left) * scale_x - 0.6),
            height * scale_y,
            f"{_short(left)} to {_short(right)}: {count:,}",
        )
        for left, right, count, height in zip(edges[:-1], edges[1:], counts, heights, strict=True)
        if count
    )
    ticks = Markup("").join(
        Markup('<text x="{:.1f}" y="{:.0f}" text-anchor="{}">{}</text>').format(share * WIDTH, HEIGHT - 6, anchor, text)
        for share, anchor, text in (
            (0.0, "start", _short(low)),
            (0.5, "middle", label),
            (1.0, "end", _short(high)),
        )
    )
    axis = Markup('<line x1="0" x2="{:.0f}" y1="{:.0f}" y2="{:.0f}"/>').format(WIDTH, BASE, BASE)
    return Markup('<svg class="bars" viewBox="0 0 {:.0f} {:.0f}" role="img" aria-label="{}">{}{}{}</svg>').format(
        WIDTH, HEIGHT, label, bars, axis, ticks
    )


def _merged(edges: Sequence[float], counts: Sequence[int]) -> tuple[list[float], list[int]]:
    """Without the empty bins at both ends, and with neighbours put together until there are few enough to see."""
    occupied = [place for place, count in enumerate(counts) if count]
    if not occupied:
        return [edges[0], edges[-1]], [0]
    first, last = occupied[0], occupied[-1] + 1
    step = math.ceil((last - first) / MOST_BARS)
    starts = range(first, last, step)
    merged = [sum(counts[start : min(start + step, last)]) for start in starts]
    return [*(edges[start] for start in starts), edges[last]], merged


def _short(value: float) -> str:
    return f"{value:.3g}"
