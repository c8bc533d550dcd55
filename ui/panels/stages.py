"""What each stage made: its shape, dtype and range, how long it took, and its remarks."""

from html import escape

import streamlit as st

from core.compare import Comparison
from core.figures.tables import stages_plot
from core.figures.wording import number
from core.pipeline import Step, Trace
from ui import messages
from ui.panels.plots import draw
from ui.tables import table_html

_HEAD = ("stage", "width × height", "channels", "dtype", "smallest", "largest", "time")


def stages_panel(comparison: Comparison) -> None:
    """What differs after each pair of stages, and a table for each side with the stage that failed and why."""
    draw(stages_plot(comparison))
    for column, side, trace in zip(st.columns(2, gap="large"), ("A", "B"), (comparison.a, comparison.b), strict=True):
        with column:
            st.html(f'<span class="sp-side sp-side-{side.lower()}">{side}</span>')
            st.html(table_html(_HEAD, [_row(step) for step in trace.steps]))
            _remarks(trace)


def _row(step: Step) -> tuple[str, ...]:
    height, width, channels = step.image.shape
    return (
        f'<span class="sp-mono">{escape(str(step.stage))}</span>',
        f"{width} × {height}",
        str(channels),
        str(step.image.dtype),
        number(float(step.image.min())),
        number(float(step.image.max())),
        f"{step.elapsed_s * 1000:.1f} ms{' (kept)' if step.reused else ''}",
    )


def _remarks(trace: Trace) -> None:
    for warning in trace.warnings:
        messages.warning(warning)
    if trace.failure:
        messages.error(f"{trace.failure.stage}: {trace.failure.error}")
