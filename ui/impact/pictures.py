"""Over what the model is asked: the picture of the session, all built-in photographs, or all that were uploaded."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from core.errors import SamePixelsError
from core.impact import Picture
from core.impacting.labels import ILSVRC2012, LabelOf, csv_labels, no_labels
from core.models.imagenet import class_names, validation_label
from core.operations.declaration import Value
from core.samples import samples
from core.source import Source
from ui import controls, messages, pictures, state, uploads
from ui.panels.settings import segments

_LABELS = {"none": "no labels", ILSVRC2012: "ILSVRC2012's file names", "csv": "a CSV file"}


@dataclass(frozen=True, eq=False)
class Chosen:
    """The pictures with their labels; `digest` tells them from others."""

    pictures: tuple[Picture, ...]
    digest: str

    @property
    def is_one(self) -> bool:
        """Whether it is one picture and no set."""
        return len(self.pictures) == 1


def pictures_choice() -> None:
    """Over which of them the model is asked."""
    names: dict[Value, str] = {
        "picture": "This picture",
        "samples": "All sample photographs",
        "mine": f"All of mine ({len(uploads.uploads().sources)})",
    }
    segments("over", "Asked about", names)


def chosen_pictures(source: Source) -> Chosen:
    """The pictures, with where the labels of one's own come from."""
    over, own = state.settings().view["over"], uploads.uploads().sources
    if over == "samples":
        return _chosen(_sample_photographs(), no_labels, "")
    if over == "mine" and own:
        return _chosen(list(own.values()), *_labels())
    if over == "mine":
        messages.info("There are no pictures of yours yet: Upload, beside the picture above, takes many at once.")
    return _chosen([source], no_labels, "")


def _sample_photographs() -> list[Source]:
    return [pictures.sample_source(each.key) for each in samples() if each.kind == "photograph"]


def _chosen(sources: Sequence[Source], label_of: LabelOf, labels_digest: str) -> Chosen:
    found = tuple(Picture(each.name, _reader(each), label_of(each.name)) for each in sources)
    text = "".join(each.sha256 for each in sources) + labels_digest
    return Chosen(found, hashlib.sha256(text.encode()).hexdigest())


def _reader(source: Source) -> Callable[[], Source]:
    return lambda: source


def _labels() -> tuple[LabelOf, str]:
    """What says the true class of a picture of one's own, and a digest of that."""
    key = controls.hold("labels", state.settings().view["labels"])
    left, right = st.columns([4, 8], gap="large", vertical_alignment="center")
    with left:
        st.selectbox(
            "True classes from",
            list(_LABELS),
            key=key,
            format_func=_LABELS.__getitem__,
            on_change=controls.held,
            args=(key, lambda where: state.change_view({"labels": where})),
        )
    where = state.settings().view["labels"]
    if where == ILSVRC2012:
        return validation_label, ILSVRC2012
    if where == "csv":
        with right:
            return _csv_labels()
    return no_labels, ""


def _csv_labels() -> tuple[LabelOf, str]:
    file = st.file_uploader(
        "Lines of file,class", key="impact.labels", help="A class is its number from 0, its synset or its name."
    )
    if file is None:
        return no_labels, ""
    names = class_names() if state.settings().view["model"] == "embedded" else ()
    try:
        return csv_labels(file.name, file.getvalue(), names), hashlib.sha256(file.getvalue()).hexdigest()
    except SamePixelsError as error:
        messages.error(str(error))
        return no_labels, ""
