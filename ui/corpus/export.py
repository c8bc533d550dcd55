"""An audit's files to take along; each is made when it is asked for."""

from itertools import groupby

import streamlit as st

from core.export import ExportFile
from core.exporting.audit_files import audit_files
from core.exporting.naming import slug
from ui import theme
from ui.corpus.audit import Audit
from ui.panels.export import file_button

_KIND_WIDTH_PX = 150


def export_panel(audit: Audit, recipe_b: int) -> None:
    """A button for each file: the report and the rows first, then the plots."""
    name = slug(str(audit.summary["audit"]["addresses"][0]))
    files = list(audit_files(audit.folder, audit.summary, recipe_b, theme.current()))
    for kind, of_kind in groupby(files, _kind):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.html(f'<p class="sp-kind">{kind}</p>', width=_KIND_WIDTH_PX)
            for file in of_kind:
                file_button(file, f"{name}_audit")
    st.html('<p class="sp-kind">The command that does the same</p>')
    st.code(audit.summary["audit"]["command"], language=None, wrap_lines=True)


def _kind(file: ExportFile) -> str:
    if file.name.startswith("plots/"):
        return "Plots"
    return "Report" if file.name.startswith("report") else "Rows and figures"
