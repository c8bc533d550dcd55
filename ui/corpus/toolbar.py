"""How the pictures are audited, where the audit is kept, and the button that begins it."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from core.auditing.audit_folder import AuditFolder
from core.auditing.chunk_work import versions
from core.errors import CorpusError
from core.operations.declaration import Value
from ui import controls, messages, state, view
from ui.configuration import configuration
from ui.corpus import run
from ui.corpus.choice import folders_of_session
from ui.corpus.pictures import Pictures
from ui.corpus.plan import Plan, planned, wished_job
from ui.corpus.session_folder import session_folder
from ui.panels.settings import segments
from ui.toolbar import link_button

_STAGES: dict[Value, str] = {"all": "After every stage", "final": "At the end alone"}
_OUT = "corpus.out"
_AUDITS = "audits"


def toolbar(pictures: Pictures | None) -> Plan | None:
    """Draws the line, and gives the audit that the settings stand for; None where there are no pictures."""
    with st.container(key="toolbar", horizontal=True, vertical_alignment="center", gap="small"):
        segments("stages", "Figures", _STAGES)
        _ssim_toggle()
        plan = _plan(pictures) if pictures else None
        if plan:
            _run_button(plan)
        st.space("stretch")
        link_button()
    return plan


def _ssim_toggle() -> None:
    key = controls.hold("with_ssim", state.settings().view["with_ssim"])
    st.toggle(
        "SSIM",
        key=key,
        help=view.option("with_ssim").help,
        on_change=controls.held,
        args=(key, lambda is_on: state.change_view({"with_ssim": is_on})),
    )


def _plan(pictures: Pictures) -> Plan | None:
    job = wished_job()
    is_of_server = state.settings().view["corpus"] == "folder"
    if is_of_server and folders_of_session().is_local and (out := _named_out()):
        return _fitting(Plan(job, pictures, out, None))
    kept = configuration().corpus_audits
    if is_of_server and kept:
        return planned(job, pictures, Path(kept), None)
    return planned(job, pictures, session_folder() / _AUDITS, session_folder())


def _fitting(plan: Plan) -> Plan | None:
    """`plan`, unless its folder holds another audit, and what is drawn then says so."""
    folder = AuditFolder(plan.out)
    if not folder.audit_file.exists():
        return plan
    try:
        folder.open_for(plan.job, list(plan.pictures.addresses), versions(plan.job), plan.command)
    except CorpusError as error:
        messages.error(str(error))
        return None
    return plan


def _named_out() -> Path | None:
    """A folder that a local person names, where the audit stays; None for one that goes with the session."""
    with st.popover("Keep it in …", icon=":material/save:", key="corpus.keep"):
        st.text_input(
            "Folder of the audit",
            key=_OUT,
            persist_state="session",
            help="A new one, or one with this audit, which goes on there; samepixels corpus --out takes it as well.",
        )
        st.caption("Without one, the audit is deleted with this session.")
    named = str(st.session_state.get(_OUT) or "").strip()
    if not named:
        return None
    path = Path(named).expanduser()
    if not path.is_absolute():
        messages.error(f"{named} does not begin at the root. Name the whole path, such as /home/me/audit.")
        return None
    return path


def _run_button(plan: Plan) -> None:
    if AuditFolder(plan.out).summary_file.exists():
        if plan.home or str(plan.out.parent) == configuration().corpus_audits:
            _button("Audit anew", "restart_alt", "Lists the pictures again and begins anew", run.ask_anew, plan)
        return
    if run.is_asked_for(plan):
        return
    done = _done_of(plan)
    if done is None:
        _button("Run", "play_arrow", f"Runs A and B on {plan.pictures.words}", run.ask_for, plan)
    else:
        _button("Resume", "play_arrow", "Goes on from what is finished", run.ask_for, plan)
        st.html(f'<span class="sp-muted">{done[0]:,} of {done[1]:,} pictures are done.</span>', width="content")


def _done_of(plan: Plan) -> tuple[int, int] | None:
    try:
        return run.done_of(plan)
    except (CorpusError, OSError):
        return None


def _button(label: str, icon: str, help_text: str, apply: Callable[[Plan], None], plan: Plan) -> None:
    st.button(
        label,
        key="corpus.run",
        type="secondary" if label == "Audit anew" else "primary",
        icon=f":material/{icon}:",
        help=help_text,
        on_click=apply,
        args=(plan,),
    )
