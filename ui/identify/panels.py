"""What came of the search: the verdict in words, the candidates, and one of them as code."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

import streamlit as st

from core.codegen import generate
from core.figures.wording import number
from core.palette import VERDICT_MARKS
from core.recipe import Recipe
from core.search import Candidate, Identification
from ui import state
from ui.tables import table_html

COMPARE = Path(__file__).parents[2] / "pages" / "compare.py"
FIRST_ROWS = 12

_HEAD = ("", "recipe", "layout", "normalisation", "max, levels", "mean")


_QUESTION = (
    "What did a phone, a server or a model's input really get of this picture? Give the array: decoders, resizes, "
    "crops, layouts and normalisations are tried on the picture until one makes it, bit for bit if there is one."
)


def question_band() -> None:
    """What the page answers, while there is no array to ask about."""
    st.html(f'<p class="sp-sentence sp-muted">{_QUESTION}</p>')


def answer_band(found: Identification) -> None:
    """The verdict in a sentence."""
    verdict = "incomparable" if found.verdict == "none" else found.verdict
    mark = VERDICT_MARKS[verdict].character
    nothing = "none of the known recipes" if found.complete else "nothing yet"
    word = nothing if found.verdict == "none" else found.verdict
    st.html(
        f'<section class="sp-verdict" style="--sp-verdict: var(--sp-{verdict})" role="status">'
        f'<div class="sp-verdict-word"><span class="sp-{verdict}">{mark} {word}</span></div>'
        f'<p class="sp-sentence">{escape(_sentence(found))}</p></section>'
    )


def _sentence(found: Identification) -> str:
    so_far = "" if found.complete else " so far"
    tried = f"{found.searched:,} pictures were compared{so_far}."
    exact = sum(each.verdict == "identical" for each in found.candidates)
    if found.verdict == "identical":
        noun = "recipe makes" if exact == 1 else "recipes make"
        return f"{exact} {noun} this array bit for bit; {tried}"
    if found.verdict == "rounding":
        return f"No recipe makes it bit for bit, but the best comes within a level everywhere; {tried}"
    if not found.candidates:
        return f"No recipe comes near{so_far}: it is of another picture, or made in a way unknown here; {tried}"
    nearest = found.candidates[0]
    words = f" {nearest.respect}" if nearest.respect else ""
    return (
        f"No recipe makes this array{so_far}. The nearest is {number(nearest.mean_abs)} levels away on average."
        f"{words} {tried[0].upper()}{tried[1:]}"
    )


def candidates_panel(found: Identification) -> None:
    """The candidates as a table, the best first, and one of them to take further."""
    if not found.candidates:
        return
    st.html(table_html(_HEAD, [_row(each) for each in found.candidates[:FIRST_ROWS]], text_columns=4))
    if rest := found.candidates[FIRST_ROWS:]:
        with st.expander(f"{len(rest)} more"):
            st.html(table_html(_HEAD, [_row(each) for each in rest], text_columns=4))
    _one_of(found.candidates)


def _row(candidate: Candidate) -> tuple[str, ...]:
    mark = VERDICT_MARKS[candidate.verdict].character
    return (
        f'<span class="sp-{candidate.verdict}">{mark} {candidate.verdict}</span>',
        f'<span class="sp-mono sp-wrap">{escape(str(candidate.recipe))}</span>',
        escape(f"{candidate.layout}, {candidate.channel_order}"),
        f'<span class="sp-wrap">{escape(candidate.normalisation or "levels")}</span>',
        number(candidate.max_abs),
        number(candidate.mean_abs),
    )


def _one_of(candidates: Sequence[Candidate]) -> None:
    texts = list(dict.fromkeys(str(each.recipe) for each in candidates))
    chosen = st.selectbox("Take one further", texts, key="identify.candidate")
    recipe = next(each.recipe for each in candidates if str(each.recipe) == chosen)
    with st.container(horizontal=True, gap="small"):
        for side in ("a", "b"):
            label = f"Take it for {side.upper()} and compare →"
            if st.button(label, key=f"identify.take.{side}", on_click=_take, args=(side, recipe)):
                st.switch_page(COMPARE)
    st.code(generate(recipe), language="python", height=320, wrap_lines=True)


def _take(side: state.Side, recipe: Recipe) -> None:
    state.change(lambda settings: replace(settings, a=recipe) if side == "a" else replace(settings, b=recipe))
