"""The controls that say which pictures are audited, or which finished audit is opened."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from core.errors import CorpusError
from core.operations.declaration import Value
from ui import controls, messages, state, uploads
from ui.configuration import configuration
from ui.corpus.access import Access, access
from ui.corpus.pictures import Pictures, pictures_below, sample_pictures, uploaded_pictures
from ui.corpus.session_folder import session_folder
from ui.messages import plain
from ui.panels.settings import segments
from ui.uploader import upload_problems, uploader

KEPT_AUDITS = "audits"
_UPLOADS = "uploads"
_MOST_FOLDERS = 200

NOT_HERE = (
    "This server reads no folders. Whoever runs it can name those that it may read in SAMEPIXELS_CORPUS_ROOTS; "
    "a server that listens to this machine alone reads all that its user may. Uploads work everywhere."
)


def folders_of_session() -> Access:
    """Which folders this session may read."""
    address = st.get_option("server.address")
    return access(configuration().corpus_roots, address, st.context.headers.to_dict())


def audits_of_session() -> Access:
    """Where this session may open finished audits: in those folders, and where the server keeps audits."""
    place, own = configuration().corpus_audits, folders_of_session()
    return Access({KEPT_AUDITS: Path(place), **own.roots}) if place and not own.is_local else own


def corpus_choice() -> None:
    """Where the pictures come from."""
    mine = len(uploads.uploads().sources)
    names: dict[Value, str] = {
        "samples": "Built-in pictures",
        "mine": f"My pictures ({mine})",
        "folder": "A folder of this machine" if folders_of_session().is_local else "A folder of the server",
        "audit": "A finished audit",
    }
    segments("corpus", "Pictures", names)


def chosen_pictures() -> Pictures | None:
    """The pictures, and what is needed to choose them; None until there are any."""
    match state.settings().view["corpus"]:
        case "samples":
            return sample_pictures()
        case "mine":
            return _own()
    folders = folders_of_session()
    found = _chosen_folder("folder", "Folder", folders)
    return pictures_below(folders, found) if found else None


def _own() -> Pictures | None:
    with st.container(key="picture-line", horizontal=True, vertical_alignment="center", gap="small"):
        uploader()
        st.html('<span class="sp-muted">Many at once; they stay with this session.</span>', width="content")
    upload_problems()
    own = uploads.uploads().sources
    return uploaded_pictures(own.values(), session_folder() / _UPLOADS) if own else None


def chosen_audit() -> Path | None:
    """The folder of the finished audit that is named; None until there is one."""
    return _chosen_folder("audit", "Folder of the audit", audits_of_session())


def _chosen_folder(name: str, label: str, folders: Access) -> Path | None:
    """The field for a folder's name, with a list to choose from."""
    if not folders.roots:
        messages.info(NOT_HERE)
        return None
    text = str(state.settings().view[name])
    with st.container(key="corpus-folder", horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=620):
            controls.text_field(
                label,
                text,
                f"corpus.{name}",
                lambda entered: state.change_view({name: entered.strip()}),
                help_text="The whole path" if folders.is_local else f"Below {', '.join(folders.roots)}",
            )
        _browser(name, text, folders)
    if not text:
        return None
    try:
        return folders.resolve(text)
    except CorpusError as error:
        messages.error(str(error))
        return None


def _browser(name: str, text: str, folders: Access) -> None:
    """The folders in the one that is named, each a button that goes into it."""
    with st.popover("Browse", icon=":material/folder_open:", key=f"corpus.browse.{name}", on_change="rerun") as box:
        if box.open:
            with st.container(width=420, height=360, border=False):
                if text:
                    above = folders.above(text)
                    st.button(
                        "Up",
                        icon=":material/arrow_upward:",
                        key=f"corpus.up.{name}",
                        on_click=_go_to,
                        args=(name, above),
                    )
                _folder_buttons(name, _inner(text, folders), text)


def _inner(text: str, folders: Access) -> Sequence[str]:
    try:
        return folders.folders(text)
    except CorpusError:
        return folders.folders("")


def _folder_buttons(name: str, inner: Sequence[str], text: str) -> None:
    for folder in inner[:_MOST_FOLDERS]:
        label = plain(folder.removeprefix(text).strip("/") or folder)
        st.button(
            label,
            icon=":material/folder:",
            key=f"corpus.in.{name}.{folder}",
            type="tertiary",
            on_click=_go_to,
            args=(name, folder),
        )
    if not inner:
        st.caption("No folders in it.")
    if len(inner) > _MOST_FOLDERS:
        st.caption(f"The first {_MOST_FOLDERS} of {len(inner):,}: write the name of another one.")


def _go_to(name: str, folder: str) -> None:
    state.change_view({name: folder})
