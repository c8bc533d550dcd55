"""Short names of stages for the margins of a table: "OpenCV INTER_LINEAR", "TF2 bilinear antialias"."""

from ..operations.catalogue import library_of
from ..operations.declaration import Size, Value
from ..recipe import Stage

_SHORT = {"tensorflow": "TF2", "tensorflow_v1": "TF1"}
"""One library that resizes in two ways, by the versions that people know them from."""


def short_name(stage: Stage) -> str:
    """The library, and the options that are not its defaults, without the size; the operation too where it decodes."""
    operation = stage.operation
    library = library_of(stage.name)
    title = _SHORT.get(operation.library) or (library.title if library else operation.library)
    words = [
        _word(option.name, option.format(value), value)
        for option, value in zip(operation.options, stage.values, strict=True)
        if not isinstance(option, Size) and (option.always_written or value != option.default)
    ]
    own_name = [] if operation.kind == "resize" else [operation.name.partition(".")[2]]
    return " ".join([title, *own_name, *words])


def _word(name: str, text: str, value: Value) -> str:
    if isinstance(value, bool):
        return name if value else f"{name}=false"
    return text if not text.isdigit() else f"{name}={text}"
