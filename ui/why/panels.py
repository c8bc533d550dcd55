"""The panels of the Why page: shares, findings and advice."""

from dataclasses import replace
from html import escape

import streamlit as st

from core.compare import Incomparable, Outcome
from core.explain import Advice, Explanation, Finding
from core.figures.shares import shares_plot
from core.figures.wording import number, signed
from core.words import percent
from ui import state
from ui.panels.plots import draw
from ui.tables import table_html, verdict_mark


def sentence_band(explanation: Explanation) -> None:
    """The verdict, and who is to blame."""
    outcome = explanation.comparison.final
    st.html(
        f'<section class="sp-verdict" style="--sp-verdict: var(--sp-{outcome.verdict})" role="status">'
        f'<div class="sp-verdict-word">{verdict_mark(outcome)}</div>'
        f'<p class="sp-sentence">{escape(explanation.sentence)}</p></section>'
    )


def shares_panel(explanation: Explanation) -> None:
    """The waterfall of the stages, and inside the resize that of its properties."""
    if explanation.shares:
        told = "in brackets: the least and the most over all orders"
        draw(shares_plot(explanation.shares, "shares", "Which stage makes the difference", told))
    if explanation.resize:
        told = "shares of the resizes' own squared error"
        draw(shares_plot(explanation.resize, "resize-shares", "What in the resize makes it", told))


_FOUND = {
    "identical": "Identical",
    "rounding": "Rounding only",
    "channels_swapped": "Channels swapped",
    "rotated": "Turned or mirrored",
    "displaced": "Displaced",
    "bias": "Brighter or darker",
    "value_range": "Another value range",
    "wrapped": "uint8 wrapped around",
    "resized": "Another size or scale",
    "chroma": "Colour only",
    "blocks": "In blocks of 8 × 8",
    "noise": "Noise",
}


def findings_panel(findings: tuple[Finding, ...]) -> None:
    """What the pixels alone show: the finding, how sure it is, and the evidence."""
    st.html('<p class="sp-kind">What the pixels alone show</p>')
    if not findings:
        st.caption("None of the known signs: the difference is of another kind, such as another kernel.")
        return
    rows = [
        (f"<strong>{_FOUND.get(each.kind, each.kind)}</strong>", _sureness(each), _wrapped(each.evidence))
        for each in findings
    ]
    st.html(table_html(("finding", "how sure", "evidence"), rows, text_columns=3))


def _sureness(finding: Finding) -> str:
    return f'<meter min="0" max="1" value="{finding.confidence:.2f}"></meter> {finding.confidence:.0%}'


def advice_panel(explanation: Explanation) -> None:
    """What to write instead, with the figures before and after and the code; other ways below it."""
    st.html('<p class="sp-kind">What to change in B</p>')
    if explanation.advice is None:
        st.caption(_no_advice(explanation))
        return
    _advice(explanation.advice, "advice")
    for index, other in enumerate(explanation.alternatives):
        with st.expander(f"Another way: {' '.join(other.changes)}"):
            _advice(other, f"alternative.{index}")


def _no_advice(explanation: Explanation) -> str:
    if explanation.comparison.a.failure:
        return "A fails on this picture: there is nothing that B could be brought to."
    if explanation.comparison.final.verdict == "identical":
        return "Nothing: B gives A's pixels already."
    return "No change of B that was tried brings it nearer to A."


def _advice(advice: Advice, key: str) -> None:
    items = "".join(f"<li>{escape(change)}</li>" for change in advice.changes)
    st.html(f'<ul class="sp-changes">{items}</ul>')
    rows = [("before", *_figures(advice.before)), ("after", *_figures(advice.after))]
    st.html(table_html(("B against A, in levels", "", "max", "mean", "bias", "values differ"), rows, text_columns=2))
    st.button("Take it for B", key=f"{key}.take", icon=":material/check:", on_click=_take, args=(advice,))
    st.code(advice.code, language="python", height=360, wrap_lines=True)


def _figures(outcome: Outcome) -> tuple[str, ...]:
    if isinstance(outcome, Incomparable):
        return (verdict_mark(outcome), "–", "–", "–", "–")
    statistics, level = outcome.statistics, outcome.level
    return (
        verdict_mark(outcome),
        number(statistics.max_abs / level),
        number(statistics.mean_abs / level),
        signed(statistics.bias / level),
        percent(statistics.differing_values_pct),
    )


def _take(advice: Advice) -> None:
    state.change(lambda settings: replace(settings, b=advice.recipe))


def _wrapped(text: str) -> str:
    return f'<span class="sp-wrap">{escape(text)}</span>'
