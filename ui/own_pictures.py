"""All uploaded pictures at a glance: the verdict on each, with the recipes as they are."""

from html import escape

import streamlit as st

from core.compare import Different, Incomparable, Same
from core.figures.wording import number, signed
from core.source import Source
from core.words import percent
from ui import pictures, state, uploads
from ui.messages import plain
from ui.running import Waiting, compare_recipes
from ui.state import UPLOAD_PREFIX
from ui.tables import verdict_mark

_OPEN = "own"
_WIDTHS = (4, 9)
_UNSCROLLED = 6
_HEAD = ("", "max", "mean", "bias", "differ")


def own_pictures() -> None:
    """A button that opens on the list, where a session has more than one picture; computed only while it is open."""
    own = uploads.uploads().sources
    if len(own) < 2:
        return
    box = st.popover(f"Mine ({len(own)})", icon=":material/list:", key=_OPEN, on_change="rerun", help="Verdicts on all")
    if box.open:
        with box, st.container(width=760, height=420 if len(own) > _UNSCROLLED else "content", border=False):
            st.columns(_WIDTHS)[1].html(_cells_html(_HEAD))
            for source in own.values():
                _row(source)


def _row(source: Source) -> None:
    settings = state.settings()
    left, right = st.columns(_WIDTHS, vertical_alignment="center")
    left.button(plain(source.name), key=f"own.{source.sha256}", on_click=_choose, args=(source,), width="stretch")
    slot = right.empty()
    result = compare_recipes(source, settings.a, settings.b, slot.caption)
    if isinstance(result, Waiting):
        slot.caption("TensorFlow is starting …")
    elif isinstance(result.final, Incomparable):
        slot.html(f"{verdict_mark(result.final)} {escape(result.final.reason)}")
    else:
        slot.html(_cells_html((verdict_mark(result.final), *_figures(result.final))))


def _figures(outcome: Same | Different) -> tuple[str, ...]:
    statistics, level = outcome.statistics, outcome.level
    return (
        number(statistics.max_abs / level),
        number(statistics.mean_abs / level),
        signed(statistics.bias / level),
        percent(statistics.differing_values_pct),
    )


def _cells_html(cells: tuple[str, ...]) -> str:
    return f'<div class="sp-cells">{"".join(f"<span>{cell}</span>" for cell in cells)}</div>'


def _choose(source: Source) -> None:
    pictures.choose(UPLOAD_PREFIX + source.sha256)
    st.session_state[_OPEN] = False
