"""Both recipes as scripts that need their libraries alone."""

import streamlit as st

from core.codegen import generate
from core.compare import Comparison


def code_panel(comparison: Comparison) -> None:
    """A's and B's script side by side, with a button that copies it."""
    for column, side, trace in zip(st.columns(2), ("A", "B"), (comparison.a, comparison.b), strict=True):
        column.html(f'<span class="sp-side sp-side-{side.lower()}">{side}</span> as a script')
        column.code(generate(trace.recipe), language="python", wrap_lines=True)
