"""Models in TFLite files, run by LiteRT."""

from threading import Lock
from typing import Any

import numpy as np

from ..errors import ModelError
from ..operations.libraries import load
from .model import Batch, Model, Quantisation
from .reading import Address, input_of, single
from .runtimes import LITERT


def open_tflite(address: Address) -> Model:
    """The model in the bytes of a TFLite file; quantised answers come back as the numbers that they stand for.

    Raises `ModelError` for a damaged file, custom or TensorFlow operators, and inputs that are no picture;
    `LibraryMissingError` without LiteRT.
    """
    interpreter = _interpreter(load(LITERT), address)
    inputs = interpreter.get_input_details()
    single([str(each["name"]) for each in inputs], address.name)
    given, answer = inputs[0], interpreter.get_output_details()[0]
    # A side that varies is 1 until it is set; the signature alone says so.
    shape = [None if side < 0 else int(side) for side in given["shape_signature"]]
    dtype = np.dtype(given["dtype"]).name
    quantisation = _quantisation(given)
    lock = Lock()  # an interpreter has one set of buffers

    def run(batch: Batch) -> Batch:
        with lock:
            if tuple(interpreter.get_input_details()[0]["shape"]) != batch.shape:
                interpreter.resize_tensor_input(given["index"], batch.shape)
                interpreter.allocate_tensors()
            interpreter.set_tensor(given["index"], batch)
            interpreter.invoke()
            return _numbers(interpreter.get_tensor(answer["index"]), _quantisation(answer))

    wanted = input_of(shape, dtype, address.name, usual_layout="NHWC", quantisation=quantisation)
    return Model(address.name, address.sha256, wanted, run)


def _interpreter(litert: Any, address: Address) -> Any:  # noqa: ANN401
    try:
        interpreter = litert.Interpreter(model_content=address.data)
        interpreter.allocate_tensors()
    except Exception as error:  # its errors have no common base
        words = " ".join(str(error).split())
        is_custom = "custom op" in words or "Select TensorFlow op" in words
        remedy = (
            "It has operators of its own, which cannot be run here: convert it with TFLite's built-in operators alone."
            if is_custom
            else "Convert it again: this file is damaged or cut short."
        )
        raise ModelError(f"{address.name} cannot be opened as TFLite: {words[:300]}.", remedy) from error
    return interpreter


def _quantisation(details: Any) -> Quantisation | None:  # noqa: ANN401
    scale, zero_point = details["quantization"]
    return Quantisation(float(scale), int(zero_point)) if scale else None


def _numbers(values: Batch, quantisation: Quantisation | None) -> Batch:
    if quantisation is None:
        return np.array(values)
    return (values.astype(np.float32) - quantisation.zero_point) * np.float32(quantisation.scale)
