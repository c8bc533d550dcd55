"""An audit's files to take along; each is made when it is asked for."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import PurePosixPath

import streamlit as st

from core.export import ExportFile
from core.exporting.audit_files import PLOTS, audit_files, audit_zip
from core.exporting.naming import slug
from ui import theme
from ui.corpus.audit import Audit
from ui.panels.export import everything_button, file_button

_KIND_WIDTH_PX = 150
_COLUMNS = 2


def export_panel(audit: Audit, recipe_b: int) -> None:
    """A button for everything, then one for each file: the report and the rows first, then the plots."""
    name = f"{slug(str(audit.summary['audit']['addresses'][0]))}_audit"
    files = list(audit_files(audit.folder, audit.summary, recipe_b, theme.current()))
    everything_button(lambda: audit_zip(files, name), name, "the report, the rows, the figures and the plots")
    for kind, of_kind in groupby(files, _kind):
        if kind == PLOTS:
            _plot_buttons(list(of_kind), name)
            continue
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.html(f'<p class="sp-kind">{kind}</p>', width=_KIND_WIDTH_PX)
            for file in of_kind:
                file_button(file, name)
    st.html('<p class="sp-kind">The command that does the same</p>')
    st.code(audit.summary["audit"]["command"], language=None, wrap_lines=True)


def _plot_buttons(files: Sequence[ExportFile], name: str) -> None:
    """Each plot by its title, with a button for each form of file."""
    st.html('<p class="sp-kind">Plots</p>')
    columns = st.columns(_COLUMNS, gap="medium")
    of_plots = groupby(files, lambda file: PurePosixPath(file.name).stem)
    for place, (_, forms) in enumerate(of_plots):
        with columns[place % _COLUMNS], st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            for number, file in enumerate(forms):
                if number == 0:
                    st.caption(file.about)
                file_button(file, name, PurePosixPath(file.name).suffix[1:].upper())


def _kind(file: ExportFile) -> str:
    if file.name.startswith(f"{PLOTS}/"):
        return PLOTS
    return "Report" if file.name.startswith("report") else "Rows and figures"
