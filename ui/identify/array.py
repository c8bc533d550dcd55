"""The array that a person wants to know the origin of: a file of theirs, or recipe B's own result as an example."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import numpy as np
import numpy.typing as npt
import streamlit as st

from core.array_file import RAW_DTYPES, is_raw, parse_shape, read_array
from core.errors import SpokenError
from core.pipeline import run
from core.source import Source
from ui import messages, state
from ui.cached import STEPS

_ARRAY = "identify.array"
_EXAMPLE = "recipe B's own result"


@dataclass(frozen=True, eq=False)
class NamedArray:
    """An array with its name; `digest` tells it from others."""

    name: str
    values: npt.NDArray[Any]
    digest: str

    @property
    def words(self) -> str:
        """Its shape, dtype and range."""
        shape = " × ".join(map(str, self.values.shape))
        return f"{self.name}: {shape}, {self.values.dtype}, {self.values.min():g} to {self.values.max():g}"


def array_chooser(source: Source) -> NamedArray | None:
    """The place for a file, with the shape and dtype of one that does not say them; None until there is an array."""
    left, right = st.columns([7, 5], gap="large", vertical_alignment="center")
    file = left.file_uploader(
        "The array: .npy, .npz, .png, .tiff, or .raw with its shape and dtype",
        key="identify.file",
        help="What a phone, a server or a model's input really got. It stays in this session's memory.",
    )
    with right:
        st.button(
            "Try it with recipe B's result",
            key="identify.example",
            icon=":material/play_arrow:",
            help="Takes what recipe B makes of the picture, as if nobody knew",
            on_click=_take_example,
            args=(source,),
        )
    if file is None:
        example: NamedArray | None = st.session_state.get(_ARRAY)
        return example
    try:
        return _read(file.name, file.getvalue())
    except SpokenError as error:
        messages.error(str(error))
        return None


def _read(name: str, data: bytes) -> NamedArray:
    shape, dtype = _raw_form() if is_raw(name) else (None, None)
    is_archive = PurePath(name).suffix.lower() == ".npz"
    array_name = st.text_input("Which array of the .npz", key="identify.key") if is_archive else ""
    values = read_array(name, data, shape=shape, dtype=dtype, key=array_name)
    asked = f"{shape} {dtype} {array_name}".encode()
    return NamedArray(name, values, hashlib.sha256(data + asked).hexdigest())


def _raw_form() -> tuple[tuple[int, ...], str]:
    """The shape and dtype that bare values do not say."""
    left, right = st.columns(2)
    shape = left.text_input("Shape", "1x3x224x224", key="identify.shape", help="With x between the sides")
    dtype = right.selectbox("dtype", RAW_DTYPES, index=RAW_DTYPES.index("float32"), key="identify.dtype")
    return parse_shape(shape), dtype


def _take_example(source: Source) -> None:
    image = run(source, state.settings().b, STEPS).image
    if image is not None:
        file = io.BytesIO()
        np.save(file, image, allow_pickle=False)
        digest = hashlib.sha256(file.getvalue()).hexdigest()
        st.session_state[_ARRAY] = NamedArray(_EXAMPLE, np.asarray(image), digest)
