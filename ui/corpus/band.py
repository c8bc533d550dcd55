"""What came of an audit: the verdict and the sentence, and the figures of all pixels together."""

from html import escape
from typing import Any

import streamlit as st

from core.auditing.picture import FINAL
from core.auditing.summary import worst_verdict
from core.exporting.audit_plots import WHERE_OF_THE_END
from core.figures.wording import number, signed
from core.palette import VERDICT_MARKS
from core.words import levels, percent
from ui import controls, state
from ui.corpus.audit import Audit, Record
from ui.tables import decibels, table_html


def chosen_b(audit: Audit) -> int:
    """Which B is shown; a box to choose from where there are several."""
    count = len(audit.summary["pairs"])
    chosen = min(int(str(state.settings().view["against"])), count)
    if count > 1:
        key = controls.hold("against", chosen)
        st.selectbox(
            "B",
            range(1, count + 1),
            key=key,
            format_func=lambda place: f"B {place}: {audit.pair(place - 1)['b']}",
            label_visibility="collapsed",
            on_change=controls.held,
            args=(key, lambda place: state.change_view({"against": place, "page": 1})),
        )
    return chosen - 1


def audit_band(audit: Audit, recipe_b: int, *, with_recipes: bool) -> None:
    """The verdict on all pictures, in a sentence; the figures of the end; the recipes, where they are not above."""
    pair = audit.pair(recipe_b)
    verdict = worst_verdict([pair])
    mark = VERDICT_MARKS[verdict].character  # type: ignore[index]
    figures = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in _figures(pair))
    st.html(
        f'<section class="sp-verdict" style="--sp-verdict: var(--sp-{verdict})" role="status">'
        f'<div class="sp-verdict-word">{mark} {verdict}</div>'
        f'<p class="sp-sentence">{escape(pair["sentence"])}</p>'
        f'<dl class="sp-figures">{figures}</dl>{_recipes_html(audit, pair) if with_recipes else ""}</section>'
    )


def _recipes_html(audit: Audit, pair: Record) -> str:
    lines = (
        f'<div><span class="sp-side sp-side-{side}">{side.upper()}</span> '
        f'<span class="sp-mono">{escape(text)}</span></div>'
        for side, text in (("a", audit.summary["a"]), ("b", pair["b"]))
    )
    return f'<div class="sp-made-with">{"".join(lines)}</div>'


def _figures(pair: Record) -> list[tuple[str, str]]:
    counts = [
        (f'<span class="sp-{verdict}">{mark.character}</span> {verdict}', f"{pair['verdicts'][verdict]:,}")
        for verdict, mark in VERDICT_MARKS.items()
        if pair["verdicts"].get(verdict)
    ]
    finals = [group for group in pair["totals"] if group["stage"] == FINAL]
    if not finals:
        return counts
    largest = max(finals, key=lambda group: group["pixels"])
    return [*counts, *_difference(largest["difference"], largest["level"])]


def _difference(figures: Record, level: float) -> list[tuple[str, str]]:
    return [
        ("max |B − A|", levels(figures["max_abs_levels"])),
        ("mean |B − A|", levels(figures["mean_abs_levels"])),
        ("bias B − A", f"{signed(figures['bias_levels'])} levels"),
        ("RMSE", levels(figures["rmse"] / level)),
        ("PSNR", decibels(figures["psnr_db"])),
        ("values differ", percent(figures["differing_values_pct"])),
        ("pixels differ", percent(figures["differing_pixels_pct"])),
    ]


_HEAD = ("", "pictures", "max", "mean", "bias", "RMSE", "PSNR", "median", "95th pct", "99th pct", "differ", "pixels")


def totals_table(pair: Record) -> None:
    """The figures over all pixels of all pictures, after each stage and at the end, in levels."""
    if pair["totals"]:
        st.html('<p class="sp-kind">Over all pixels of all pictures, in levels</p>')
        st.html(table_html(_HEAD, [_totals_row(group) for group in pair["totals"]]))


def _totals_row(group: Record) -> tuple[str, ...]:
    figures, level = group["difference"], group["level"]
    kind = f"{group['channels']} channels, {group['dtype']}"
    stage = WHERE_OF_THE_END if group["stage"] == FINAL else str(group["stage"])
    name = f'{escape(stage)} <span class="sp-muted">{kind}</span>'
    if figures["max_abs"] is None:
        return (name, f"{group['pictures']:,}", *[""] * (len(_HEAD) - 2))
    in_levels = [figures[each] / level for each in ("p50", "p95", "p99")]
    return (
        name,
        f"{group['pictures']:,}",
        number(figures["max_abs_levels"]),
        number(figures["mean_abs_levels"]),
        signed(figures["bias_levels"]),
        number(figures["rmse"] / level),
        decibels(figures["psnr_db"]),
        *map(number, in_levels),
        percent(figures["differing_values_pct"]),
        percent(figures["differing_pixels_pct"]),
    )


def made_with(audit: Audit) -> None:
    """When and with what it was made, and what was listed twice."""
    summary: dict[str, Any] = audit.summary
    facts = [", ".join(summary["audit"]["versions"].values())]
    if summary["duplicates"]:
        facts.append(f"{summary['duplicates']:,} pictures were listed twice and count once")
    if summary["same_bytes"]:
        facts.append(f"{summary['same_bytes']:,} have the same bytes as another")
    st.html(f'<p class="sp-notes">{escape(" · ".join(facts))}</p>')
