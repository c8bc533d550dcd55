"""The panels below the images, of which only the open one is computed."""

from collections.abc import Callable, Mapping

import streamlit as st

from core.compare import Comparison, Incomparable
from ui import controls, messages, state, view
from ui.panels.channels import channels_panel
from ui.panels.code import code_panel
from ui.panels.export import export_panel
from ui.panels.numbers import numbers_panel
from ui.panels.plots import heatmap_panel, histogram_panel, joint_panel
from ui.panels.stages import stages_panel
from ui.selection import Pair


def tabs(comparison: Comparison, pair: Pair) -> None:
    """The open tab's panel on `pair`, or on the whole comparison."""
    key = controls.hold("tab", state.settings().view["tab"])
    shown = st.tabs(
        view.TABS, key=key, on_change=controls.held, args=(key, lambda tab: state.change_view({"tab": tab}))
    )
    panels = _panels(comparison, pair)
    for name, tab in zip(view.TABS, shown, strict=True):
        if tab.open:
            with tab:
                panels[name]()


def _panels(comparison: Comparison, pair: Pair) -> Mapping[str, Callable[[], None]]:
    outcome = pair.outcome

    def why_not() -> None:
        assert isinstance(outcome, Incomparable)
        messages.info(f"{outcome.reason} {outcome.remedy}")

    if isinstance(outcome, Incomparable) or pair.a is None or pair.b is None:
        of_pair: dict[str, Callable[[], None]] = dict.fromkeys(view.TABS, why_not)
    else:
        a, b, where = pair.a.image, pair.b.image, pair.name
        of_pair = {
            "Histogram": lambda: histogram_panel(outcome, where),
            "Heatmap": lambda: heatmap_panel(a, b, outcome, where),
            "Joint": lambda: joint_panel(outcome, where),
            "Channels": lambda: channels_panel(outcome, where),
            "Numbers": lambda: numbers_panel(a, b, outcome),
        }
    return {
        **of_pair,
        "Stages": lambda: stages_panel(comparison),
        "Code": lambda: code_panel(comparison),
        "Export": lambda: export_panel(comparison),
    }
