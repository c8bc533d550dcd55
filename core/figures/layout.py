"""Where the parts of a plot are: the same for all that draw it, in pixels of `Plot.size_wh_px`."""

from typing import NamedTuple

from .plot import Cells, Matrix, Panel, Plot

GAP_PX = 70
LINKED_GAP_PX = 54
KEY_PX = 88
"""The room for a colour bar with its labels, to the right of a panel."""

KEY_THICKNESS_PX = 14
KEY_LABELS_PX = 44

CATEGORY_CHARACTER_PX = 7.5

TITLE_SIZE_PX = 17
TEXT_SIZE_PX = 13


class Margins(NamedTuple):
    """The room around the axes; titles are in the upper one."""

    left: int
    right: int
    top: int
    bottom: int


def margins(plot: Plot) -> Margins:
    """The plot's margins: the left one as wide as its categories need."""
    longest = max((len(category) for panel in plot.panels for category in panel.y.categories), default=0)
    return Margins(left=max(76, round(longest * CATEGORY_CHARACTER_PX) + 16), right=24, top=96, bottom=58)


def has_key(panel: Panel) -> bool:
    """Whether there is a colour bar beside the panel."""
    return panel.colour_bar is not None or bool(panel.layers_of(Cells) or panel.layers_of(Matrix))


def panel_spans(plot: Plot) -> list[tuple[float, float]]:
    """From where to where each panel's axes reach, as shares of the width between the margins; all are equally wide."""
    around = margins(plot)
    width = plot.size_wh_px[0] - around.left - around.right
    gap = LINKED_GAP_PX if plot.linked else GAP_PX
    keys = [KEY_PX if has_key(panel) else 0 for panel in plot.panels]
    each = (width - gap * (len(keys) - 1) - sum(keys)) / len(keys)
    starts = [index * (each + gap) + sum(keys[:index]) for index in range(len(keys))]
    return [(start / width, (start + each) / width) for start in starts]


def short_count(count: float) -> str:
    """A power of ten in few characters: 1, 10, 100, 1k, … ; nothing for what is no whole number."""
    for size, suffix in ((10**9, "G"), (10**6, "M"), (10**3, "k"), (1, "")):
        if count >= size:
            return f"{count / size:g}{suffix}"
    return ""
