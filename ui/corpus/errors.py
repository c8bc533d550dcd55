"""The pictures that could not be compared, and why."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from core.auditing.paging import broken
from core.auditing.queries import Rows
from ui import state
from ui.corpus.audit import Audit
from ui.corpus.table import PAGE_ROWS, page_numbers
from ui.tables import table_html

ALL_KINDS = "all kinds"
_KIND = "corpus.error_kind"

_WORDS: Mapping[str, str] = {
    "unreadable": "cannot be read",
    "too_large": "beyond a limit",
    "stage_failed": "refused by a library",
    "shapes_differ": "A and B differ in shape",
    "crashed": "ended its worker",
    "hung": "took too long",
    "duplicate": "listed before",
}


def errors_panel(audit: Audit, recipe_b: int) -> None:
    """How many there are of each kind, and each with what to do."""
    counts: Mapping[str, int] = audit.pair(recipe_b)["errors"]
    if not counts:
        st.html('<p class="sp-sentence sp-muted">Every picture could be compared.</p>')
        return
    kinds = _chosen_kinds(counts)
    count = sum(counts[kind] for kind in kinds)
    start = PAGE_ROWS * min(int(str(state.settings().view["page"])) - 1, (count - 1) // PAGE_ROWS)
    with Rows(audit.folder.parts) as rows:
        found = broken(rows, recipe_b, kinds, start=start, count=PAGE_ROWS)
    cells = [tuple(_wrapped(each[name]) for name in ("picture", "error_kind", "error", "remedy")) for each in found]
    st.html(table_html(("picture", "kind", "what is wrong", "what to do"), cells, text_columns=4))
    page_numbers(count, start)


def _chosen_kinds(counts: Mapping[str, int]) -> list[str]:
    kinds = [ALL_KINDS, *counts]
    if st.session_state.get(_KIND) not in kinds:
        st.session_state[_KIND] = ALL_KINDS
    chosen = st.segmented_control(
        "Kind of error",
        kinds,
        key=_KIND,
        format_func=lambda kind: f"{_WORDS.get(kind, kind)} ({counts.get(kind, sum(counts.values())):,})",
        required=True,
        label_visibility="collapsed",
        on_change=state.change_view,
        args=({"page": 1},),
    )
    return list(counts) if chosen in (ALL_KINDS, None) else [str(chosen)]


def _wrapped(text: str | None) -> str:
    return f'<span class="sp-wrap">{escape(text or "")}</span>'
