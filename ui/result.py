"""The verdict with its table of stages, and the choice of the place that the panels show."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from core.compare import Comparison, Incomparable
from core.operations.declaration import Value
from core.ssim import ssim
from core.statistics import PEAK
from ui import selection, state
from ui.cached import FIGURES
from ui.panels.settings import segments
from ui.selection import Pair
from ui.verdict import stage_table_html, verdict_html

PAGES = Path(__file__).parents[1] / "pages"
WHY, IMPACT = PAGES / "why.py", PAGES / "impact.py"


def result_band(comparison: Comparison) -> tuple[Pair, Callable[[], None]]:
    """Draws verdict and table, and gives the pair that the panels show.

    The function given back puts the SSIM into its place: it takes longer than all the rest, and is asked for last.
    """
    left, right = st.columns([7, 5], gap="large")
    slot = left.empty()
    slot.html(verdict_html(comparison))
    if comparison.is_lost:
        with left:
            _again_button()
    if comparison.final.verdict != "identical":
        with left.container(horizontal=True, gap="medium"):
            st.page_link(WHY, label="Why →")
            st.page_link(IMPACT, label="What it does to a model →")
    with right:
        st.html(stage_table_html(comparison))
        pair = _shown_pair(comparison)

    def show_ssim() -> None:
        slot.html(verdict_html(comparison, _ssim_text(comparison)))

    return pair, show_ssim


def lost_band(comparison: Comparison) -> None:
    """Which process was lost, and the way to begin anew, for pages that have nothing to say then."""
    st.html(verdict_html(comparison))
    _again_button()


def _again_button() -> None:
    """Runs the page again, which does again what was lost: nothing of it was kept."""
    st.button("Try again", icon=":material/refresh:", key="again")


def _shown_pair(comparison: Comparison) -> Pair:
    names: dict[Value, str] = {pair.at: pair.name for pair in selection.pairs(comparison)}
    pair = selection.chosen(comparison, str(state.settings().view["at"]))
    segments("at", "Images shown below", names, shown=pair.at, width="stretch")
    return pair


def _ssim_text(comparison: Comparison) -> str:
    """The SSIM of the final images to four digits; a dash where it is not defined."""
    image_a, image_b, final = comparison.a.image, comparison.b.image, comparison.final
    if image_a is None or image_b is None or isinstance(final, Incomparable):
        return "–"
    key = (comparison.a.source.sha256, str(comparison.a.recipe), str(comparison.b.recipe), "ssim")
    mean = FIGURES.get_or_make(key, lambda: (ssim(image_a, image_b, data_range=PEAK * final.level),))[0]
    return "–" if mean is None else f"{mean:.4f}"
