"""The answer: a mark, a word, a sentence, the figures, and the same for every stage as a table."""

from html import escape

from core.compare import Comparison, Different, Incomparable, Outcome, Same
from core.figures.wording import number, signed
from core.words import levels, percent, sentence
from ui.selection import pairs
from ui.tables import decibels, table_html, verdict_mark


def verdict_html(comparison: Comparison, ssim: str = "…") -> str:
    """The band with the sentence and the figures of the end; `ssim` is its figure as text."""
    outcome = comparison.final
    if isinstance(outcome, Incomparable):
        below = f'<p class="sp-remedy">{escape(outcome.remedy)}</p>'
    else:
        figures = (f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in _figures(outcome, ssim))
        below = f'<dl class="sp-figures">{"".join(figures)}</dl>'
    return (
        f'<section class="sp-verdict" style="--sp-verdict: var(--sp-{outcome.verdict})" role="status">'
        f'<h2 class="sp-verdict-word">{verdict_mark(outcome)}</h2>'
        f'<p class="sp-sentence">{escape(sentence(comparison))}</p>{below}</section>'
    )


def _figures(outcome: Same | Different, ssim: str) -> list[tuple[str, str]]:
    statistics, level = outcome.statistics, outcome.level
    return [
        ("max |B − A|", levels(statistics.max_abs / level)),
        ("mean |B − A|", levels(statistics.mean_abs / level)),
        ("bias B − A", f"{signed(statistics.bias / level)} levels"),
        ("RMSE", levels(statistics.rmse / level)),
        ("PSNR", decibels(statistics.psnr_db)),
        ("SSIM", ssim),
        ("values differ", percent(statistics.differing_values_pct)),
        ("pixels differ", percent(statistics.differing_pixels_pct)),
    ]


def stage_table_html(comparison: Comparison) -> str:
    """A row for each pair of stages of one kind, and one for the end: verdict, max, mean, bias, share."""
    rows = [(pair.name, verdict_mark(pair.outcome), *_cells(pair.outcome)) for pair in pairs(comparison)]
    return table_html(("in levels", "", "max", "mean", "bias", "differ"), rows, text_columns=2)


def _cells(outcome: Outcome) -> tuple[str, ...]:
    if isinstance(outcome, Incomparable):
        return ("",) * 4
    statistics, level = outcome.statistics, outcome.level
    return (
        number(statistics.max_abs / level),
        number(statistics.mean_abs / level),
        signed(statistics.bias / level),
        percent(statistics.differing_values_pct),
    )
