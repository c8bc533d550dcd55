"""Models in .keras files, run by Keras on TensorFlow.

A .keras file names the classes that Keras is to build, and some of these run code, load pickles or read files of the
server's (Lambda, TorchModuleWrapper, TFSMLayer, vocabularies). Keras' safe mode stops the first; so the names are read
here before Keras sees the file, and only layers of its own from known places are let through.
"""

import json
import re
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np

from ..errors import ModelError
from ..operations.libraries import load
from ..zip_errors import DAMAGED_ZIP
from .model import Batch, Model
from .reading import Address, input_of, single
from .runtimes import KERAS

MAX_UNPACKED_BYTES = 2_000_000_000

_MODULES = re.compile(
    r"keras(\.(layers|models|initializers|regularizers|constraints|activations|dtype_policies|ops))?"
    r"|keras\.src\.(activations|constraints|dtype_policies|initializers|layers|models|ops|regularizers)(\.\w+)*"
)
_REFUSED = {
    "Lambda": "runs code that is in the file",
    "TorchModuleWrapper": "unpickles what is in the file",
    "JaxLayer": "runs code that is in the file",
    "FlaxLayer": "runs code that is in the file",
    "TFSMLayer": "loads another model from a folder",
    "StringLookup": "may read files",
    "IntegerLookup": "may read files",
    "IndexLookup": "may read files",
    "TextVectorization": "may read files",
}
_REMEDY = "Save the model again without it, or export it as ONNX or TFLite."


def open_keras(address: Address) -> Model:
    """The model in the bytes of a .keras file, opened in safe mode.

    Raises `ModelError` for a damaged file, a Lambda or a layer of one's own, and inputs that are no picture;
    `LibraryMissingError` without Keras.
    """
    _check(address)
    keras = load(KERAS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "model.keras")  # Keras reads from files alone, and goes by their ending
        path.write_bytes(address.data)
        try:
            model = keras.saving.load_model(path, compile=False, safe_mode=True)
        except Exception as error:  # whatever a layer raises when it is built
            words = " ".join(str(error).split())[:300]
            raise ModelError(f"{address.name} cannot be opened by Keras: {words}.", _REMEDY) from error
    given = getattr(model, "inputs", None) or []
    single([str(each.name) for each in given], address.name)
    wanted = input_of(list(given[0].shape), str(given[0].dtype), address.name, usual_layout="NHWC")

    def run(batch: Batch) -> Batch:
        found = model(batch, training=False)
        return np.asarray(found[0] if isinstance(found, list | tuple) else found)

    return Model(address.name, address.sha256, wanted, run)


def _check(address: Address) -> None:
    """Raises `ModelError` for a file that Keras shall not see."""
    try:
        with ZipFile(BytesIO(address.data)) as archive:
            unpacked = sum(each.file_size for each in archive.infolist())
            if unpacked > MAX_UNPACKED_BYTES:
                raise ModelError(
                    f"{address.name} is {unpacked:,} bytes when unpacked.", "That is no model to try here."
                )
            config = json.loads(archive.read("config.json"))
    except DAMAGED_ZIP as error:
        raise ModelError(
            f"{address.name} is no .keras file: {error}.", "Save it with model.save('name.keras')."
        ) from error
    for each in _objects(config):
        _check_object(each, address.name)


def _objects(config: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    """Everything in the file that names a class or a function."""
    waiting = [config]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if "class_name" in value:
                yield value
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _check_object(named: dict[str, Any], model_name: str) -> None:
    name, module = str(named["class_name"]), named.get("module")
    if name in _REFUSED:
        raise ModelError(f"{model_name} has a {name} layer, which {_REFUSED[name]}: it is not opened.", _REMEDY)
    is_function = name == "function" and not str(module).startswith(("keras.activations", "keras.src.activations"))
    if is_function or (module is not None and not _MODULES.fullmatch(str(module))):
        where = f"{module}.{named.get('config') if name == 'function' else name}"
        raise ModelError(f"{model_name} asks for {where}, which is no layer of Keras: it is not opened.", _REMEDY)
