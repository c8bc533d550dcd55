"""Downloads: each file by itself, and all of them in a ZIP; a file is made when it is asked for."""

import streamlit as st

from core.compare import Comparison
from core.export import ExportFile, ExportSettings, export_files, export_zip
from core.exporting.naming import export_name
from core.image import CHANNEL_NAMES
from ui import state, theme
from ui.downloads import Make, download_button
from ui.panels.plots import heatmap_settings
from ui.permalink import permalink_box

_KIND_WIDTH_PX = 150
_DRAWN = "plots/"
_KINDS = {_DRAWN: "Plots", ".npy": "Arrays and pictures", ".png": "Arrays and pictures"}
_OTHER_KIND = "Figures and scripts"


def export_panel(comparison: Comparison) -> None:
    """A button for everything, then one for each file."""
    settings = _settings(comparison)
    name = export_name(comparison)
    everything_button(
        lambda: export_zip(comparison, settings),
        name,
        "arrays, pictures, figures, scripts and plots, with a README that states recipes and versions",
    )
    st.html('<p class="sp-kind">This page as a link</p>')
    permalink_box()
    files = list(export_files(comparison, settings))
    for kind in dict.fromkeys(map(_kind, files)):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.html(f'<p class="sp-kind">{kind}</p>', width=_KIND_WIDTH_PX)
            for file in files:
                if _kind(file) == kind:
                    file_button(file, name)


def everything_button(make: Make, name: str, what: str) -> None:
    """All files in one ZIP that `make` makes, with a word about `what` they are."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        download_button(
            "Everything as a ZIP",
            make,
            f"{name}.zip",
            "export.zip",
            is_long=True,
            mime="application/zip",
            type="primary",
            icon=":material/download:",
        )
        st.caption(f"Made when you ask for it, which takes some seconds: {what}.")


def file_button(file: ExportFile, name: str, label: str = "") -> None:
    """The download of one file, called after `name`."""
    download_button(
        label or file.name.removeprefix(_DRAWN),
        file.make,
        f"{name}_{file.name.replace('/', '-')}",
        f"export.{file.name}",
        is_long=file.name.startswith(_DRAWN),
        help=file.about,
    )


def _kind(file: ExportFile) -> str:
    return next((kind for part, kind in _KINDS.items() if part in file.name), _OTHER_KIND)


def _settings(comparison: Comparison) -> ExportSettings:
    """The export looks as the page does: its theme, channel, axis and heatmap."""
    image = comparison.a.image if comparison.a.image is not None else comparison.b.image
    names = CHANNEL_NAMES[image.shape[2]] if image is not None else ()
    shown = state.settings().view
    channel = names.index(str(shown["channel"])) if shown["channel"] in names else None
    return ExportSettings(heatmap_settings(channel), theme.current(), channel, logarithmic=bool(shown["log"]))
