"""What can be said of the rectangle that a person has marked in the viewer."""

from dataclasses import replace

import streamlit as st

from core.compare import Different, Incomparable, Same, compare_images
from core.figures.histograms import difference_histogram
from core.image import Image, as_image
from ui import state
from ui.panels.channels import channels_table_html
from ui.panels.plots import draw
from ui.tables import verdict_mark
from ui.viewer import Region


def region_panel(a: Image, b: Image, level: float) -> None:
    """The verdict, figures and histogram of the marked region, where there is one inside both images."""
    region = marked_region(a, b)
    outcome = compare_images(cut(a, region), cut(b, region), level) if region else None
    if region is None or outcome is None or isinstance(outcome, Incomparable):
        return
    x, y, width, height = region
    where = f"in the region of {width}×{height} at {x}, {y}"
    with st.expander(f"Region {width}×{height} at x {x}, y {y}", expanded=True, key="region-panel"):
        figures, histogram = st.columns([5, 4], gap="large")
        with figures:
            st.html(f"{verdict_mark(outcome)} {where}{channels_table_html(outcome, (x, y))}")
            st.caption("Esc in the viewer, or a click with its region tool, removes the region.")
        with histogram:
            _draw_histogram(outcome, where)


def marked_region(a: Image, b: Image) -> Region | None:
    """The region of the settings; None when none is marked, or not all of it lies inside both images."""
    match state.settings().view["region"]:
        case (x, y, width, height):
            region = int(x), int(y), int(width), int(height)
        case _:
            return None
    right, bottom = region[0] + region[2], region[1] + region[3]
    fits = all(right <= image.shape[1] and bottom <= image.shape[0] for image in (a, b))
    return region if fits and region[2] > 0 and region[3] > 0 else None


def cut(image: Image, region: Region) -> Image:
    """The region's part of `image`."""
    x, y, width, height = region
    return as_image(image[y : y + height, x : x + width])


def _draw_histogram(outcome: Same | Different, where: str) -> None:
    """Under a name of its own: the tab below may show the same plot of the whole images."""
    is_log = bool(state.settings().view["log"])
    plot = difference_histogram(outcome.difference, where, level=outcome.level, logarithmic=is_log)
    draw(replace(plot, name=f"region-{plot.name}"))
