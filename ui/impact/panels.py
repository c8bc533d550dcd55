"""What came of asking the model: the sentence, the answers side by side, a set's figures, and the stages."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from core.compare import Verdict
from core.figures.wording import number
from core.impact import CountShare, GridRow, Guess, Impact, PictureImpact, Summary
from core.impacting.document import impact_csv
from core.impacting.summary import flipped_first
from core.impacting.words import share_cell, share_words
from core.palette import VERDICT_MARKS
from core.words import percent
from ui import messages
from ui.downloads import download_button
from ui.tables import table_html

SHOWN_PICTURES = 50


def answer_band(found: Impact) -> None:
    """The answer in a sentence, and what makes it doubtful."""
    verdict, word = _verdict(found.summary)
    st.html(
        f'<section class="sp-verdict" style="--sp-verdict: var(--sp-{verdict})" role="status">'
        f'<div class="sp-verdict-word">{VERDICT_MARKS[verdict].character} {word}</div>'
        f'<p class="sp-sentence">{escape(found.sentence)}</p></section>'
    )
    for warning in found.warnings:
        messages.warning(warning)


def _verdict(summary: Summary) -> tuple[Verdict, str]:
    answered = summary.pictures - summary.unanswered
    if not answered:
        return "incomparable", "no answers"
    if summary.identical_tensors.count == answered:
        return "identical", "same answers"
    if summary.flips is None:
        return "different", "other numbers"
    if summary.flips.count:
        return "different", "the answer flips" if answered == 1 else "answers flip"
    return "rounding", "the answer stays" if answered == 1 else "no answer flips"


def answers_panel(picture: PictureImpact) -> None:
    """A's and B's five likeliest classes side by side with their probabilities, and the figures between them."""
    if picture.problem:
        messages.error(f"{picture.name}: {picture.problem}")
    if picture.answers is None:
        return
    for column, side, top in zip(
        st.columns(2, gap="large"), "ab", (picture.answers.top_a, picture.answers.top_b), strict=True
    ):
        with column:
            st.html(top_html(top, side))
    figures = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in _figures(picture))
    st.html(f'<dl class="sp-figures">{figures}</dl>')


def top_html(top: Sequence[Guess], side: str, title: str = "") -> str:
    """The likeliest classes as bars, the first in bold."""
    rows = "".join(
        f'<li><span class="sp-class">{escape(guess.name)}</span>'
        f'<span class="sp-bar"><i style="width: {100 * guess.probability:.2f}%"></i></span>'
        f"<span>{percent(100 * guess.probability)}</span></li>"
        for guess in top
    )
    return (
        f'<p class="sp-kind"><span class="sp-side sp-side-{side}">{title or side.upper()}</span></p>'
        f'<ol class="sp-top sp-{side}">{rows}</ol>'
    )


def _figures(picture: PictureImpact) -> list[tuple[str, str]]:
    answers, tensors = picture.answers, picture.tensors
    assert answers is not None
    found: list[tuple[str, float | None, str]] = [
        ("largest logit shift", answers.logit_shift, ""),
        ("largest probability shift", answers.probability_shift and 100 * answers.probability_shift, " points"),
        ("KL divergence", answers.kl, " nats"),
        ("cosine", answers.cosine, ""),
        ("tensors, mean |B − A|", tensors.mean_abs_levels if tensors else None, " levels"),
        ("tensors, max |B − A|", tensors.max_abs_levels if tensors else None, " levels"),
    ]
    return [(name, f"{_number(value)}{unit}") for name, value, unit in found if value is not None]


def _number(value: float) -> str:
    return f"{value:.5f}" if 0.99 < abs(value) < 1 else number(value)


def set_panel(found: Impact) -> None:
    """The figures of a set, the pictures that flipped first, and both as files."""
    left, right = st.columns([5, 7], gap="large")
    with left:
        st.html('<p class="sp-kind">The set</p>')
        rows = [(escape(name), f'<span class="sp-wrap">{escape(text)}</span>') for name, text in _set(found.summary)]
        st.html(table_html(("", ""), rows, text_columns=2))
        download_button(
            "All pictures as CSV", lambda: impact_csv(found).encode(), "impact.csv", "impact.csv", mime="text/csv"
        )
    with right:
        st.html('<p class="sp-kind">Pictures, those that flipped first</p>')
        shown = flipped_first(found.pictures)[:SHOWN_PICTURES]
        head = ("", "picture", "A", "B", "true class", "logit shift")
        st.html(table_html(head, [_picture_row(each, found) for each in shown], text_columns=5))
        if len(found.pictures) > SHOWN_PICTURES:
            st.caption(f"{SHOWN_PICTURES} of {len(found.pictures):,} pictures; the CSV file has all.")


def _set(summary: Summary) -> list[tuple[str, str]]:
    accuracy = summary.accuracy
    shares: list[tuple[str, CountShare | None]] = [("first choices that changed", summary.flips)]
    if accuracy:
        shares += [
            ("top-1 right with A", accuracy.top1_a),
            ("top-1 right with B", accuracy.top1_b),
            ("top-5 right with A", accuracy.top5_a),
            ("top-5 right with B", accuracy.top5_b),
            ("broken: right with A alone", accuracy.broken),
            ("mended: right with B alone", accuracy.mended),
        ]
    rows = [(name, share_words(share)) for name, share in shares if share]
    if summary.mean_logit_shift is not None and summary.max_logit_shift is not None:
        both = f"mean {number(summary.mean_logit_shift)}, worst {number(summary.max_logit_shift)}"
        rows.append(("largest logit shift", both))
    if summary.mean_tensor_levels is not None:
        rows.append(("tensors' difference", f"mean {number(summary.mean_tensor_levels)} levels"))
    return rows


def _picture_row(picture: PictureImpact, found: Impact) -> tuple[str, ...]:
    name = f'<span class="sp-wrap">{escape(picture.name)}</span>'
    if picture.answers is None or not picture.answers.top_a:
        words = str(picture.problem) if picture.problem else "no classes"
        return ("", name, f'<span class="sp-wrap">{escape(words)}</span>', "", "", "")
    first_a, first_b = picture.answers.top_a[0], picture.answers.top_b[0]
    mark = '<span class="sp-different">■ flips</span>' if picture.flipped else '<span class="sp-rounding">◆</span>'
    names, label = found.model.class_names, picture.label
    true = "" if label is None else escape(names[label] if label < len(names) else f"class {label}")
    shift = picture.answers.logit_shift
    return (mark, name, _guess(first_a), _guess(first_b), true, "" if shift is None else number(shift))


def _guess(guess: Guess) -> str:
    return f"{escape(guess.name)} {percent(100 * guess.probability)}"


def grid_panel(rows: Sequence[GridRow]) -> None:
    """What one change of A at a time does to the answers."""
    if not rows:
        st.caption("For sets of this size the table of single changes is on the command line: impact --grid.")
        return
    st.html('<p class="sp-kind">Which stage moves the answers: one change of A at a time</p>')
    most = max((row.summary.mean_logit_shift or 0.0 for row in rows), default=0.0)
    head = ("stage", "instead", "logit shift", "", "first choices that change (95 %)", "tensors, levels")
    st.html(table_html(head, [_grid_row(row, most) for row in rows], text_columns=2))


def _grid_row(row: GridRow, most: float) -> tuple[str, ...]:
    summary = row.summary
    if summary.mean_logit_shift is None or summary.mean_tensor_levels is None:
        return (row.change.stage, escape(row.change.words), "–", "", "–", "–")
    length = 100 * summary.mean_logit_shift / (most or 1.0)
    bar = f'<span class="sp-bar"><i style="width: {length:.1f}%"></i></span>'
    flips = share_cell(summary.flips)
    tensors = number(summary.mean_tensor_levels)
    return (row.change.stage, escape(row.change.words), number(summary.mean_logit_shift), bar, flips, tensors)
