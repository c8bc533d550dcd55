"""The audit on the screen: the one that is asked for, or the last one until that is there."""

from collections.abc import Callable
from html import escape
from pathlib import Path

import streamlit as st

from core.auditing.audit_folder import AuditFolder
from core.errors import SamePixelsError
from ui import messages
from ui.corpus import run
from ui.corpus.audit import Audit, open_audit
from ui.corpus.choice import audits_of_session, folders_of_session
from ui.corpus.plan import Plan

_LAST = "corpus.last"


def audit_of(plan: Plan | None) -> Audit | None:
    """The audit that is planned; None while it is not finished, and what is drawn then says so."""
    if plan is None:
        return None
    if AuditFolder(plan.out).summary_file.exists():
        folders, home = folders_of_session(), plan.home
        return _opened(plan.out, lambda path: folders.may_read(path) or _is_below(path, home))
    if run.is_asked_for(plan):
        run.follow(plan)
    elif last_audit() is None:
        st.html(
            f'<p class="sp-sentence sp-muted">Run compares A and B on {escape(plan.pictures.words)}: how much they '
            "differ over all of them, in which groups most, and on which pictures.</p>"
        )
    return None


def audit_at(path: Path | None) -> Audit | None:
    """The finished audit in a folder that a person has named; None where there is none, and what is drawn says so."""
    return _opened(path, folders_of_session().may_read) if path else None


def last_audit() -> Audit | None:
    """What this session has seen last: it stays on the screen, greyed, until the next one is there."""
    last: Audit | None = st.session_state.get(_LAST)
    return last if last and last.folder.summary_file.exists() else None


def _opened(path: Path, may_read: Callable[[str], bool]) -> Audit | None:
    try:
        audit = open_audit(path, may_read)
    except SamePixelsError as error:
        messages.error(audits_of_session().hidden(str(error)))
        return None
    st.session_state[_LAST] = audit
    return audit


def _is_below(path: str, home: Path | None) -> bool:
    return home is not None and Path(path).resolve().is_relative_to(home.resolve())
