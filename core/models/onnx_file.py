"""Models in ONNX files, run by ONNX Runtime."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..errors import ModelError
from ..operations.libraries import load
from .model import Batch, Model, ModelInput
from .reading import Address, input_of, single
from .runtimes import ONNX_RUNTIME

_DTYPES = {
    "tensor(float)": "float32",
    "tensor(float16)": "float16",
    "tensor(double)": "float64",
    "tensor(uint8)": "uint8",
    "tensor(int8)": "int8",
}
_FATAL_ONLY = 4


def open_onnx(address: Address) -> Model:
    """The model in the bytes of an ONNX file.

    Raises `ModelError` for a damaged file, custom operators, weights beside the file, and an input for no picture;
    `LibraryMissingError` without ONNX Runtime.
    """
    session = _session(load(ONNX_RUNTIME), address)
    try:
        given = single([each.name for each in session.get_inputs()], address.name)
        wanted = _input(session.get_inputs()[0], address.name)
        output = _output(session.get_outputs(), address.name)
    except UnicodeDecodeError as error:
        raise ModelError(f"{address.name} has a name in it that is not UTF-8.", "Export it again.") from error

    def run(batch: Batch) -> Batch:
        return np.asarray(session.run([output], {given: batch})[0])

    return Model(address.name, address.sha256, wanted, run)


def _session(runtime: Any, address: Address) -> Any:  # noqa: ANN401
    options = runtime.SessionOptions()
    options.log_severity_level = _FATAL_ONLY  # what it would log is in the errors that it raises
    try:
        # The fallback, to the same provider here, prints to stdout.
        return runtime.InferenceSession(address.data, options, providers=["CPUExecutionProvider"], enable_fallback=0)
    except Exception as error:  # its errors have no common base
        words = " ".join(str(error).split())
        raise ModelError(f"{address.name} cannot be opened as ONNX: {words[:300]}.", _remedy(words)) from error


def _remedy(words: str) -> str:
    if "not a registered function/op" in words or "domain" in words.lower():
        return "It has operators of its own, which cannot be run here: export it with standard operators alone."
    if "external data" in words.lower():
        return "Its weights are in another file: save all in one, with onnx.save_model(…, save_as_external_data=False)."
    return "Export it again, and check it with onnx.checker."


def _input(declared: Any, name: str) -> ModelInput:  # noqa: ANN401
    if declared.type not in _DTYPES:
        raise ModelError(f"{name} takes {declared.type}, and pictures are floats or bytes.", "Export it again.")
    shape = [side if isinstance(side, int) else None for side in declared.shape]
    return input_of(shape, _DTYPES[declared.type], name, usual_layout="NCHW")


def _output(outputs: Sequence[Any], model_name: str) -> str:
    """The name of the first output that has a row of numbers for each picture, or of the first of all."""
    if not outputs:
        raise ModelError(f"{model_name} has no output.", "Export it again.")
    rows = (each.name for each in outputs if len(each.shape) == 2)
    return str(next(rows, outputs[0].name))
