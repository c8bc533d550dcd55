"""The way from A's tensor to B's: a slider with the answers at each mix, and where in the picture it matters."""

import streamlit as st

from core.figures.impact import occlusion_plot, probabilities_plot
from core.figures.shares import shares_plot
from ui import controls, messages, state
from ui.impact.answers import Details
from ui.impact.panels import top_html
from ui.panels.plots import draw

STEP = 0.05


def way_panel(details: Details) -> None:
    """The slider, the probabilities along it, and the map of the places; the reason where there are none."""
    if details.problem:
        messages.info(details.problem)
    if details.way is None or details.places is None or details.image is None:
        return
    left, right = st.columns([7, 5], gap="large")
    with right:
        part = _mix_slider()
        st.html(top_html(details.way.top(part), "b" if part > 0.5 else "a", f"at {part:.2f} of B"))
    with left:
        draw(probabilities_plot(details.way, part))
    if details.shares:
        told = "exchanged one at a time; in brackets: the least and the most over all orders"
        draw(
            shares_plot(
                details.shares, "answer-shares", "Which stage moves this answer", told, "squared way of the logits"
            )
        )
    draw(occlusion_plot(details.places, details.image, details.level), stretched=False)
    st.caption(
        "Red blocks pull the answer from A towards B: with A's values there, the logits go back by that part. "
        "Blue ones work against the rest."
    )


def _mix_slider() -> float:
    shown = float(str(state.settings().view["mix"]))
    key = controls.hold("mix", shown)
    st.slider(
        "From A's tensor (0) to B's (1)",
        0.0,
        1.0,
        step=STEP,
        key=key,
        help="The model is asked about (1 − t) A + t B",
        on_change=controls.held,
        args=(key, lambda part: state.change_view({"mix": part})),
    )
    return shown
