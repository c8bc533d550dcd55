"""Arrays from elsewhere: .npy, .npz, .png, .tiff, and raw values whose shape and dtype are told.

The format is told by the bytes. Nothing that could run code is read (no pickles), and no file makes more than
`Limits.array_values` numbers, whatever its header claims.
"""

import io
import math
import tokenize
import zipfile
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

import numpy as np
import numpy.typing as npt

from .errors import ArrayError, SamePixelsError, SourceError
from .formats.signature import picture_format
from .limits import limits
from .pipeline import carry_out
from .recipe import parse_stage
from .source import read_source
from .zip_errors import DAMAGED_ZIP

RAW_DTYPES = ("uint8", "int8", "uint16", "int16", "int32", "float16", "float32", "float64")
"""What raw values may be, little-endian; a .npy file may hold other whole numbers too, and big-endian ones."""

_RAW_ENDINGS = (".raw", ".bin", ".dat")
_LOSSLESS = ("PNG", "TIFF", "BMP")
_PICTURE_STAGES = ("opencv.imdecode(IMREAD_UNCHANGED)", "pillow.open")
_ZIP = b"PK\x03\x04"
_DAMAGED_HEADER = (ValueError, TypeError, SyntaxError, RecursionError, tokenize.TokenError)
"""What numpy raises for a damaged header of .npy, which is a Python literal."""


def is_raw(name: str) -> bool:
    """Whether a file's name says that it holds values without a header, whose shape and dtype have to be told."""
    return PurePath(name).suffix.lower() in _RAW_ENDINGS


def read_array(
    name: str,
    data: bytes,
    *,
    shape: tuple[int, ...] | None = None,
    dtype: str | None = None,
    key: str = "",
) -> npt.NDArray[Any]:
    """The array in a file's bytes, in the machine's byte order.

    `shape` and `dtype` (of `RAW_DTYPES`) are for raw values alone, and then needed; `key` chooses one of a .npz. Raises
    `ArrayError` naming the file, what is wrong, and what to do.
    """
    if not data:
        raise ArrayError(f"{name} is empty.", "Save it again from where it came.")
    if shape is not None or dtype is not None:
        return _read_raw(name, data, shape, dtype)
    if data.startswith(np.lib.format.MAGIC_PREFIX):
        return _read_npy(name, data)
    if data.startswith(_ZIP):
        return _read_npz(name, data, key)
    if (found := picture_format(data)) is not None:
        return _read_picture(name, data, found)
    raise ArrayError(
        f"{name} cannot be read: it is neither .npy, .npz, PNG nor TIFF.",
        "Raw values need their shape and dtype, such as 224x224x3 and float32.",
    )


def parse_shape(text: str) -> tuple[int, ...]:
    """The shape that "224x224x3" or "1,3,224,224" stands for; raises `ArrayError` for anything else."""
    parts = text.lower().replace("x", ",").split(",")
    try:
        shape = tuple(int(part) for part in parts)
    except ValueError:
        shape = ()
    if not shape or min(shape) < 1:
        raise ArrayError(f"{text!r} is not a shape.", "Write the lengths of the axes, such as 224x224x3.")
    return shape


def _read_raw(name: str, data: bytes, shape: tuple[int, ...] | None, dtype: str | None) -> npt.NDArray[Any]:
    if shape is None or dtype is None:
        missing = "shape" if shape is None else "dtype"
        raise ArrayError(f"{name} has no {missing}.", "Raw values need both, such as 224x224x3 and float32.")
    if dtype not in RAW_DTYPES:
        raise ArrayError(f"{name}: {dtype!r} is no dtype of raw values.", f"Choose one of {', '.join(RAW_DTYPES)}.")
    kind = np.dtype(dtype).newbyteorder("<")
    _check_size(name, shape)
    needed = math.prod(shape) * kind.itemsize
    if needed != len(data):
        raise ArrayError(
            f"{name} has {len(data):,} bytes, and {'x'.join(map(str, shape))} values of {dtype} are {needed:,}.",
            "Correct the shape or the dtype; a file with a header of its own is not raw.",
        )
    return _native(np.frombuffer(data, kind).reshape(shape))


def _check_size(name: str, shape: tuple[int, ...]) -> None:
    count, most = math.prod(shape), limits().array_values
    if count > most:
        raise ArrayError(
            f"{name} has {count:,} values, and at most {most:,} are read.",
            "Save the one picture that is to be identified.",
        )


def _native(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return values.astype(values.dtype.newbyteorder("="), copy=False)


def _read_npy(name: str, data: bytes) -> npt.NDArray[Any]:
    stream = io.BytesIO(data)
    try:
        shape, kind = _npy_header(stream)
    except _DAMAGED_HEADER as error:
        raise ArrayError(f"{name} begins like .npy, but its header is damaged: {error}.", "Save it again.") from error
    if kind.kind not in "uif":
        raise ArrayError(
            f"{name} holds {kind}, which is no number of a picture.",
            "Save it as uint8 or as floats; arrays of objects are not read, since reading them may run code.",
        )
    _check_size(name, shape)
    expected = stream.tell() + math.prod(shape) * kind.itemsize
    if len(data) < expected:
        raise ArrayError(f"{name} is cut short: {len(data)} of {expected} bytes.", "Copy or save it again.")
    stream.seek(0)
    return _native(np.lib.format.read_array(stream, allow_pickle=False))


def _npy_header(stream: io.BytesIO) -> tuple[tuple[int, ...], np.dtype[Any]]:
    version = np.lib.format.read_magic(stream)
    readers: dict[tuple[int, int], Callable[..., tuple[tuple[int, ...], bool, np.dtype[Any]]]] = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }
    if version not in readers:
        raise ValueError(f"version {version[0]}.{version[1]} is unknown")
    shape, _, kind = readers[version](stream)
    if min(shape, default=1) < 0:
        raise ValueError(f"an axis has the length {min(shape)}")
    return shape, kind


def _read_npz(name: str, data: bytes, key: str) -> npt.NDArray[Any]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {entry.filename.removesuffix(".npy"): entry for entry in archive.infolist()}
            chosen = _chosen(name, list(members), key)
            if members[chosen].file_size > 8 * limits().array_values + 65_536:
                raise ArrayError(f"{name}: {chosen} is too large.", "Save the one picture that is to be identified.")
            inner = archive.read(members[chosen])
    except DAMAGED_ZIP as error:
        raise ArrayError(f"{name} begins like .npz, but cannot be read: {error}.", "Save it again.") from error
    if not inner.startswith(np.lib.format.MAGIC_PREFIX):
        raise ArrayError(f"{name}: {chosen} is no array.", "Save it with numpy.savez.")
    return _read_npy(f"{name}: {chosen}", inner)


def _chosen(name: str, keys: list[str], key: str) -> str:
    if key in keys:
        return key
    listed = ", ".join(keys) or "none"
    if key:
        raise ArrayError(f"{name} has no array {key!r}.", f"It has {listed}.")
    if len(keys) != 1:
        raise ArrayError(f"{name} has {len(keys)} arrays: {listed}.", "Name the one with --key.")
    return keys[0]


def _read_picture(name: str, data: bytes, found: str) -> npt.NDArray[Any]:
    if found not in _LOSSLESS:
        raise ArrayError(
            f"{name} is {found}, which may have changed the pixels.", "Give the array itself: .npy, .npz, PNG or TIFF."
        )
    try:
        read_source(name, data)
    except SourceError as error:
        raise ArrayError(error.message, error.remedy) from error
    errors = []
    for text in _PICTURE_STAGES:
        try:
            return carry_out(parse_stage(text), data).image
        except SamePixelsError as error:
            errors.append(error)
    raise ArrayError(f"{name} cannot be read: {errors[-1].message}", errors[-1].remedy)
