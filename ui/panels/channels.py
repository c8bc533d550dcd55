"""The figures of each channel."""

import streamlit as st

from core.compare import Different, Same
from core.figures.tables import channels_plot
from core.figures.wording import number, signed
from core.image import CHANNEL_NAMES
from core.statistics import Statistics
from core.words import percent
from ui.panels.plots import draw
from ui.tables import decibels, table_html

_HEAD = ("channel", "max", "at x, y", "mean", "bias", "RMSE", "median", "95 %", "99 %", "PSNR", "values differ")


def channels_panel(outcome: Same | Different, where: str) -> None:
    """A row for each channel and one for all, in levels."""
    draw(channels_plot(outcome.statistics, where, level=outcome.level))
    st.html(channels_table_html(outcome))
    st.caption("Of |B − A| in levels (1/255 of white); the bias is the mean of B − A, the percentages are percentiles.")


def channels_table_html(outcome: Same | Different, origin: tuple[int, int] = (0, 0)) -> str:
    """The table alone; `origin`, x and y, is where in the picture a part of it begins."""
    statistics = outcome.statistics
    names = CHANNEL_NAMES[len(statistics.channels)]
    rows = [_row(name, each, outcome.level, origin) for name, each in zip(names, statistics.channels, strict=True)]
    return table_html(_HEAD, [*rows, _row("all", statistics, outcome.level, origin)])


def _row(name: str, figures: Statistics, level: float, origin: tuple[int, int]) -> tuple[str, ...]:
    x, y, _ = figures.max_at
    percentiles = (number(value / level) for value in (figures.p50, figures.p95, figures.p99))
    return (
        f'<span class="sp-channel-{name}">{name}</span>',
        number(figures.max_abs / level),
        f"{origin[0] + x}, {origin[1] + y}",
        number(figures.mean_abs / level),
        signed(figures.bias / level),
        number(figures.rmse / level),
        *percentiles,
        decibels(figures.psnr_db),
        percent(figures.differing_values_pct),
    )
