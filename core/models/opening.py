"""Opening a model by its address: the embedded one, or a file of one of three kinds, which its bytes tell."""

import hashlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

from ..errors import ModelError
from ..formats.signature import appearance
from ..limits import limits
from ..zip_errors import DAMAGED_ZIP
from .embedded import ADDRESS, embedded_model
from .keras_file import open_keras
from .model import Model
from .onnx_file import open_onnx
from .reading import Address
from .tflite_file import open_tflite

_KINDS = "Give an ONNX (.onnx), Keras (.keras) or TFLite (.tflite) file, or 'embedded'."
_PICKLE_REMEDY = "Opening it would execute it. Export the model with torch.onnx.export, and give that file."


def open_model(address: str) -> Model:
    """The model at `address`: "embedded", or a path.

    Raises `ModelError` naming the file, what is wrong and what to do; `LibraryMissingError` without what runs it.
    """
    if address == ADDRESS:
        return embedded_model()
    path = Path(address)
    if path.is_dir():
        raise ModelError(f"{address} is a folder.", f"A SavedModel has to be converted first. {_KINDS}")
    try:
        size, most = path.stat().st_size, limits().model_bytes
        if size > most:
            raise too_large(address, size, most)
        return open_model_file(address, path.read_bytes())
    except FileNotFoundError:
        raise ModelError(f"{address} does not exist.", _KINDS) from None
    except OSError as error:
        raise ModelError(f"{address} cannot be read: {error.strerror}.", "Check who may read it.") from error


def too_large(name: str, size: int, most: int) -> ModelError:
    """The error for a file of `size` bytes, where `most` are allowed."""
    return ModelError(
        f"{name} has {size / 1e6:,.0f} MB, and at most {most / 1e6:,.0f} MB are opened here.",
        "Give a smaller model, or one with smaller weights (float16, quantised).",
    )


def open_model_file(name: str, data: bytes) -> Model:
    """The model in a file's bytes; raises as `open_model` does. A pickle is never opened."""
    opener = _opener(name, data)
    return opener(Address(name, data, hashlib.sha256(data).hexdigest()))


def _opener(name: str, data: bytes) -> Callable[[Address], Model]:
    if data[4:8] == b"TFL3":
        return open_tflite
    if data[:2] == b"PK" and is_zipfile(BytesIO(data)):
        return _zip_opener(name, data)
    if data[:1] == b"\x80" and len(data) > 1 and data[1] <= 5:
        raise ModelError(f"{name} is a pickle, as PyTorch and scikit-learn write them.", _PICKLE_REMEDY)
    if data[:4] == b"\x89HDF":
        raise ModelError(f"{name} is an HDF5 file, Keras' old form.", "Save it with model.save('name.keras').")
    # ONNX is a bare protocol buffer: its first field is the version, a small number.
    if data[:1] == b"\x08" and len(data) > 1 and 1 <= data[1] <= 64:
        return open_onnx
    raise ModelError(f"{name} is not a model: it is {appearance(data)}.", _KINDS)


def _zip_opener(name: str, data: bytes) -> Callable[[Address], Model]:
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = archive.namelist()
    except DAMAGED_ZIP as error:
        raise ModelError(f"{name} is a damaged ZIP file: {error}.", "Copy or save it again.") from error
    if any(member.endswith("data.pkl") for member in members):
        raise ModelError(f"{name} is a file of torch.save, which holds a pickle.", _PICKLE_REMEDY)
    if "config.json" in members:
        return open_keras
    raise ModelError(f"{name} is a ZIP file without a model in it.", _KINDS)
