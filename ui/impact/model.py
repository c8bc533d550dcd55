"""Which model is asked: the embedded one, or a file that a session was given."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from core.errors import ModelError
from core.impact import Model
from core.models.class_names import read_class_names
from core.models.embedded import ADDRESS
from core.models.opening import too_large
from core.operations.declaration import Value
from ui import messages, state
from ui.cached import ByteBoundedCache
from ui.configuration import configuration
from ui.isolation import embedded_model, own_model
from ui.panels.settings import segments

_OWN = "impact.model"
_NAMES: dict[Value, str] = {"embedded": "EfficientNet-Lite0", "own": "My own model"}


@dataclass(frozen=True)
class ChosenModel:
    """A model that can be opened when it is needed; `digest` tells it from others."""

    digest: str
    open: Callable[[], Model]
    needs_tensorflow: bool


@dataclass(frozen=True, eq=False)
class _OwnFile:
    name: str
    data: bytes
    sha256: str


@dataclass(frozen=True, eq=False)
class _OpenModel:
    model: Model
    nbytes: int


MODELS: ByteBoundedCache[_OpenModel] = ByteBoundedCache(configuration().model_cache_bytes, lambda opened: opened.nbytes)
"""(sha256 of the file) -> the open model."""


def model_choice() -> None:
    """Which of the two it is."""
    segments("model", "Model", _NAMES)


def chosen_model() -> ChosenModel | None:
    """The model, and the place for a file of one's own; None until there is one."""
    if state.settings().view["model"] == "embedded":
        return ChosenModel(ADDRESS, embedded_model, needs_tensorflow=True)
    return _own_model()


def _own_model() -> ChosenModel | None:
    st.file_uploader(
        "Your model: .onnx, .keras or .tflite",
        key="impact.file",
        on_change=_take,
        help="It stays in this session's memory. A pickle (.pt, .pth) is never opened: export it to ONNX.",
    )
    own: _OwnFile | None = st.session_state.get(_OWN)
    if own is None:
        st.caption("The model has to take one picture, and to answer with logits, probabilities or an embedding.")
        return None
    if len(own.data) > configuration().model_bytes:
        messages.error(str(too_large(own.name, len(own.data), configuration().model_bytes)))
        return None
    names, digest = _class_names()
    # A .keras file is a ZIP file.
    is_keras = own.data[:2] == b"PK"
    return ChosenModel(own.sha256 + digest, lambda: _opened(own).named(names), needs_tensorflow=is_keras)


def _class_names() -> tuple[tuple[str, ...], str]:
    """The names of the model's classes, where they were given, and a digest of them."""
    file = st.file_uploader("Names of its classes", key="impact.classes", help="A text file, a name a line, in order.")
    if file is None:
        return (), ""
    try:
        return read_class_names(file.name, file.getvalue()), hashlib.sha256(file.getvalue()).hexdigest()
    except ModelError as error:
        messages.error(str(error))
        return (), ""


def _opened(own: _OwnFile) -> Model:
    """The model, opened once for all that own its file."""
    opened = MODELS.get_or_make(own.sha256, lambda: _OpenModel(own_model(own.name, own.data), len(own.data)))
    return opened.model


def _take() -> None:
    file: Any = st.session_state["impact.file"]
    if file is None:
        st.session_state.pop(_OWN, None)
        return
    data = file.getvalue()
    st.session_state[_OWN] = _OwnFile(file.name, data, hashlib.sha256(data).hexdigest())
