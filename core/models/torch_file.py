"""Tensors from a file of `torch.save` in its old form, without PyTorch and without trusting the file.

The form (torch/serialization.py, `_legacy_save`): three pickles say what it is, the fourth holds the tensors as calls
of `_rebuild_tensor_v2` on storages that it only names, the fifth lists the storages' names, and after it comes each
storage: the count of its values as int64, then the values, little-endian.

A pickle is a program that may call anything. The unpickler here knows five names, of which it gives its own stand-ins;
whatever else a file asks for ends the reading with an error before it is called.
"""

import pickle
import struct
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO, NoReturn

import numpy as np
import numpy.typing as npt

from ..errors import ModelError

_MAGIC = 0x1950A86A20F9469CFC6C
_PROTOCOL = 1001
_REMEDY = "Install the package again: its file is damaged, or is not the one that was published."


@dataclass(frozen=True)
class _Storage:
    """A storage that the file names: values of one dtype, which come at the file's end."""

    key: str
    dtype: str
    count: int


@dataclass(frozen=True)
class _Tensor:
    """A view of a storage, as `torch._utils._rebuild_tensor_v2` describes it; strides are in values."""

    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


def _rebuild_tensor(storage: object, offset: object, shape: object, strides: object, *_: object) -> _Tensor:
    if not isinstance(storage, _Storage) or not isinstance(shape, tuple) or not isinstance(strides, tuple):
        raise ModelError("The weights' file describes a tensor in an unknown way.", _REMEDY)
    if not isinstance(offset, int) or not all(isinstance(number, int) for number in (*shape, *strides)):
        raise ModelError("The weights' file describes a tensor in an unknown way.", _REMEDY)
    return _Tensor(storage, offset, shape, strides)


_ALLOWED: Mapping[tuple[str, str], Any] = {
    ("collections", "OrderedDict"): OrderedDict,
    ("torch._utils", "_rebuild_tensor_v2"): _rebuild_tensor,
    ("torch", "FloatStorage"): "<f4",
    ("torch", "LongStorage"): "<i8",
}


class _TensorsOnly(pickle.Unpickler):
    """An unpickler that can build dictionaries, lists, numbers, texts and descriptions of tensors, and nothing else."""

    def find_class(self, module_name: str, global_name: str) -> Any:  # noqa: ANN401 - the base's signature
        try:
            return _ALLOWED[module_name, global_name]
        except KeyError:
            raise ModelError(
                f"The weights' file asks for {module_name}.{global_name}, and may ask for tensors alone.", _REMEDY
            ) from None

    def persistent_load(self, pid: Any) -> _Storage:  # noqa: ANN401 - the base's signature
        match pid:
            case ("storage", str(dtype), str(key), str(), int(count), None) if count >= 0:
                return _Storage(key, dtype, count)
        raise ModelError("The weights' file names a storage in an unknown way.", _REMEDY)


def read_torch_file(data: bytes) -> dict[str, npt.NDArray[Any]]:
    """The tensors in the bytes of such a file by their names, float32 or int64.

    Raises `ModelError` where the file is of another form, is cut short, or holds anything but tensors.
    """
    file = BytesIO(data)
    try:
        return _read(file)
    except ModelError:
        raise
    # A pickle that is no pickle makes its unpickler raise nearly anything.
    except Exception as error:
        raise ModelError(f"The weights' file cannot be read: {error}.", _REMEDY) from error


def _read(file: BinaryIO) -> dict[str, npt.NDArray[Any]]:
    if _load(file) != _MAGIC or _load(file) != _PROTOCOL:
        _refuse("is not of torch.save's old form")
    system = _load(file)
    if not isinstance(system, dict) or system.get("little_endian") is not True:
        _refuse("was not written on a little-endian machine")
    described = _load(file)
    if not isinstance(described, dict) or not all(isinstance(each, _Tensor) for each in described.values()):
        _refuse("holds something that is no tensor")
    storages = _read_storages(file, described)
    return {str(name): _view(tensor, storages[tensor.storage.key]) for name, tensor in described.items()}


def _load(file: BinaryIO) -> Any:  # noqa: ANN401 - what a pickle holds
    return _TensorsOnly(file).load()


def _read_storages(file: BinaryIO, described: Mapping[str, _Tensor]) -> dict[str, npt.NDArray[Any]]:
    known = {tensor.storage.key: tensor.storage for tensor in described.values()}
    values: dict[str, npt.NDArray[Any]] = {}
    for key in _load(file):
        storage = known.get(key)
        if storage is None:
            _refuse(f"has a storage {key!r} that no tensor uses")
        (count,) = struct.unpack("<q", file.read(8))
        content = file.read(count * np.dtype(storage.dtype).itemsize) if count == storage.count else b""
        values[key] = np.frombuffer(content, storage.dtype)
        if len(values[key]) != storage.count:
            _refuse(f"has {len(values[key])} of the {storage.count} values of storage {key!r}")
    return values


def _view(tensor: _Tensor, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The tensor's values, copied out of their storage, none of them from beside it."""
    if len(tensor.shape) != len(tensor.strides) or min((*tensor.shape, *tensor.strides, tensor.offset), default=0) < 0:
        _refuse(f"has a tensor of shape {tensor.shape} and strides {tensor.strides} at {tensor.offset}")
    last = tensor.offset + sum((size - 1) * step for size, step in zip(tensor.shape, tensor.strides, strict=True))
    if 0 in tensor.shape or last >= len(values):
        _refuse(f"has a tensor of shape {tensor.shape} that ends at {last} of {len(values)} values")
    steps = [step * values.itemsize for step in tensor.strides]
    view = np.lib.stride_tricks.as_strided(values[tensor.offset :], tensor.shape, steps, writeable=False)
    return np.ascontiguousarray(view)


def _refuse(what: str) -> NoReturn:
    raise ModelError(f"The weights' file {what}.", _REMEDY)
