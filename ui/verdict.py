"""The answer: a mark, a word, a sentence, the figures, and the same for every stage as a table."""

from html import escape

from core.compare import Comparison, Incomparable, Outcome, Same
from core.palette import VERDICT_MARKS
from core.words import levels, percent, sentence
from ui.selection import pairs


def verdict_html(comparison: Comparison, ssim: str = "…") -> str:
    """The band with the sentence and the figures of the end; `ssim` is its figure as text."""
    outcome = comparison.final
    figures = remedy = ""
    if isinstance(outcome, Incomparable):
        remedy = f'<p class="sp-remedy">{escape(outcome.remedy)}</p>'
    else:
        pairs_html = (f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in _figures(outcome, ssim))
        figures = f'<dl class="sp-figures">{"".join(pairs_html)}</dl>'
    return (
        f'<section class="sp-verdict" style="--sp-verdict: var(--sp-{outcome.verdict})" role="status">'
        f'<div class="sp-verdict-word">{_mark(outcome)}</div>'
        f'<p class="sp-sentence">{escape(sentence(comparison))}</p>{figures}{remedy}</section>'
    )


def _figures(outcome: Outcome, ssim: str) -> list[tuple[str, str]]:
    assert not isinstance(outcome, Incomparable)
    statistics, level = outcome.statistics, outcome.level
    return [
        ("largest |B − A|", levels(statistics.max_abs / level)),
        ("mean |B − A|", levels(statistics.mean_abs / level)),
        ("bias, mean of B − A", f"{signed(statistics.bias / level)} levels"),
        ("RMSE", levels(statistics.rmse / level)),
        ("PSNR", "∞" if statistics.psnr_db is None else f"{statistics.psnr_db:.1f} dB"),
        ("SSIM", ssim),
        ("values that differ", percent(statistics.differing_values_pct)),
        ("pixels that differ", percent(statistics.differing_pixels_pct)),
    ]


def signed(value: float) -> str:
    """A number with its sign, and a real minus: "−0.66"; 0 has none."""
    return f"{value:+.2f}".replace("-", "−") if abs(value) >= 0.005 else "0"


def _mark(outcome: Outcome) -> str:
    mark = VERDICT_MARKS[outcome.verdict].character
    return f'<span class="sp-{outcome.verdict}">{mark} {outcome.verdict}</span>'


def stage_table_html(comparison: Comparison) -> str:
    """A row for each pair of stages of one kind, and one for the end: verdict, max, mean, bias, share."""
    head = "".join(f"<th>{name}</th>" for name in ("", "", "max", "mean", "bias", "values differ"))
    rows = "".join(
        f'<tr><td>{pair.name}</td><td class="sp-text">{_mark(pair.outcome)}</td>{_cells(pair.outcome)}</tr>'
        for pair in pairs(comparison)
    )
    return f'<table class="sp-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _cells(outcome: Outcome) -> str:
    if isinstance(outcome, Incomparable):
        return "<td></td>" * 4
    if isinstance(outcome, Same):
        return "<td>0</td>" * 3 + "<td>0 %</td>"
    statistics, level = outcome.statistics, outcome.level
    values = (
        f"{statistics.max_abs / level:.4g}",
        f"{statistics.mean_abs / level:.2f}",
        signed(statistics.bias / level),
        percent(statistics.differing_values_pct),
    )
    return "".join(f"<td>{value}</td>" for value in values)
