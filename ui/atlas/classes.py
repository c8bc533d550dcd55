"""The classes of an atlas, in words."""

from html import escape

import streamlit as st

from core.atlas import Atlas, class_names, others, summary
from ui.tables import table_html


def summary_band(atlas: Atlas) -> None:
    """The sentence, and what it holds for."""
    st.html(
        '<section class="sp-verdict" style="--sp-verdict: var(--sp-identical)" role="status">'
        f'<p class="sp-sentence">{escape(summary(atlas))}</p>'
        f'<p class="sp-muted">Measured here and now: {escape(", ".join(atlas.versions))}.</p></section>'
    )


def classes_table(atlas: Atlas) -> None:
    """A row for each class: its number, the members that name it, and what they do."""
    st.html(table_html(("class", "equal within rounding", ""), _rows(atlas), text_columns=3))
    if atlas.refused:
        with st.expander(f"{len(atlas.refused)} that were refused"):
            rows = [
                (f'<span class="sp-mono">{escape(str(each.stage))}</span>', _wrapped(each.reason))
                for each in atlas.refused
            ]
            st.html(table_html(("stage", "why"), rows, text_columns=2))


def _rows(atlas: Atlas) -> list[tuple[str, str, str]]:
    rows = []
    for index, members in enumerate(atlas.classes, start=1):
        names = " = ".join(f"<strong>{escape(name)}</strong>" for name in class_names(atlas, members))
        rest = others(atlas, members)
        more = _more_html(rest) if rest else ""
        rows.append((str(index), f'<div class="sp-wrap">{names}{more}</div>', _wrapped(atlas.words[members[0]])))
    return rows


def _more_html(texts: tuple[str, ...]) -> str:
    listed = "<br>".join(escape(text) for text in texts)
    label = f"and {len(texts)} more {'way' if len(texts) == 1 else 'ways'}"
    return f'<details><summary class="sp-muted">{label}</summary><span class="sp-mono">{listed}</span></details>'


def _wrapped(text: str) -> str:
    return f'<span class="sp-wrap">{escape(text)}</span>'
