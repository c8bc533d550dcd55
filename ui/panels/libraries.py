"""The libraries of this machine and what they offer, for the Environment page."""

import json
from html import escape

import streamlit as st

from core.environment import NOT_STATED, Environment, LibraryState
from core.operations.catalogue import operation
from ui import messages
from ui.tables import table_html
from ui.warming import WARMING

_COLUMNS = 2


def environment_panel(found: Environment) -> None:
    """A card for each library, the machine, and all of it as JSON to copy into a report."""
    for warning in found.warnings:
        messages.warning(warning)
    columns = st.columns(_COLUMNS)
    for number, library in enumerate(found.libraries):
        with columns[number % _COLUMNS]:
            _card(library)
    st.html(_machine_html(found))
    with st.popover("Copy as JSON", icon=":material/content_copy:"):
        st.code(json.dumps(found.as_dict(), indent=2), language="json", wrap_lines=True)


def _card(library: LibraryState) -> None:
    with st.container(border=True):
        st.html(_head_html(library))
        if library.problem:
            messages.error(library.problem)
        with st.expander(f"{len(library.operations)} operations"):
            rows = [_operation_row(name) for name in library.operations]
            st.html(table_html(("operation", "kind", "what it does"), rows, text_columns=3))


def _head_html(library: LibraryState) -> str:
    package = library.distribution.requirement if library.distribution else "not installed as a package"
    facts = [("package", package), ("JPEG library", library.jpeg or NOT_STATED)]
    if library.module == "numpy":
        facts = facts[:1]
    listed = "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in facts)
    return (
        f'<p class="sp-library">{escape(library.title)} <span>{escape(library.version or "")}</span>'
        f"{_state_html(library)}</p><dl class=sp-figures>{listed}</dl>"
    )


def _state_html(library: LibraryState) -> str:
    if library.problem:
        return '<span class="sp-different">■ cannot be used</span>'
    if library.module == "tensorflow" and not WARMING.is_done:
        return '<span class="sp-rounding">◆ starting</span>'
    return '<span class="sp-identical">● ready</span>'


def _operation_row(name: str) -> tuple[str, str, str]:
    declared = operation(name)
    link = f'<a class="sp-mono" href="{escape(declared.reference)}" target="_blank" rel="noopener">{name}</a>'
    return link, declared.kind, f'<span class="sp-wrap">{escape(declared.summary)}</span>'


def _machine_html(found: Environment) -> str:
    facts = (
        ("SamePixels", found.samepixels),
        ("Python", found.python),
        ("system", found.platform),
        ("processor", f"{found.cpu}, {found.cpu_count} threads"),
    )
    listed = "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in facts)
    return f'<dl class="sp-figures sp-machine">{listed}</dl>'
