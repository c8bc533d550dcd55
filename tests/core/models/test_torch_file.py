"""The reader of torch.save's old form: what it reads, and what it never does."""

import io
import os
import pickle
import struct
from collections import OrderedDict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.errors import ModelError
from core.models.torch_file import read_torch_file

MAGIC, PROTOCOL = 0x1950A86A20F9469CFC6C, 1001


def torch_file(described: bytes, values: list[float], count: int | None = None) -> bytes:
    parts = [pickle.dumps(each, 2) for each in (MAGIC, PROTOCOL, {"little_endian": True})]
    content = np.array(values, "<f4").tobytes()
    return b"".join([*parts, described, pickle.dumps(["7"], 2), struct.pack("<q", count or len(values)), content])


def described(shape: tuple[int, ...], strides: tuple[int, ...], offset: int = 0, count: int = 6) -> bytes:
    """The pickle of {"weight": tensor}, spelled out in opcodes as PyTorch's pickler writes them."""
    numbers = [b"(" + b"".join(b"K" + bytes([number]) for number in each) + b"t" for each in (shape, strides)]
    storage = (
        b"(X\x07\x00\x00\x00storagectorch\nFloatStorage\nX\x01\x00\x00\x007X\x03\x00\x00\x00cpuK"
        + bytes([count])
        + b"NtQ"
    )
    arguments = (
        b"(" + storage + b"K" + bytes([offset]) + numbers[0] + numbers[1] + b"\x89ccollections\nOrderedDict\n)Rt"
    )
    return (
        b"\x80\x02ccollections\nOrderedDict\n)R(X\x06\x00\x00\x00weightctorch._utils\n_rebuild_tensor_v2\n"
        + arguments
        + b"Ru."
    )


def test_a_tensor_is_read_by_its_strides() -> None:
    found = read_torch_file(torch_file(described((2, 3), (3, 1)), [1, 2, 3, 4, 5, 6]))
    np.testing.assert_array_equal(found["weight"], [[1, 2, 3], [4, 5, 6]])
    transposed = read_torch_file(torch_file(described((3, 2), (1, 3)), [1, 2, 3, 4, 5, 6]))
    np.testing.assert_array_equal(transposed["weight"], [[1, 4], [2, 5], [3, 6]])


@pytest.mark.parametrize(("shape", "strides", "offset"), [((2, 3), (3, 1), 1), ((7,), (1,), 0), ((2,), (200,), 0)])
def test_no_value_beside_the_storage_is_read(shape: tuple[int, ...], strides: tuple[int, ...], offset: int) -> None:
    with pytest.raises(ModelError, match="that ends at"):
        read_torch_file(torch_file(described(shape, strides, offset), [1, 2, 3, 4, 5, 6]))


def test_a_pickle_that_calls_something_is_not_carried_out(tmp_path: Path) -> None:
    class Call:
        def __reduce__(self) -> tuple[Any, ...]:
            return (os.mkdir, (str(tmp_path / "made"),))

    with pytest.raises(ModelError, match=r"asks for posix\.mkdir"):
        read_torch_file(torch_file(pickle.dumps({"weight": Call()}, 2), [1]))
    assert list(tmp_path.iterdir()) == []


def test_something_that_is_no_tensor_is_refused() -> None:
    with pytest.raises(ModelError, match="no tensor"):
        read_torch_file(torch_file(pickle.dumps(OrderedDict(weight="text"), 2), [1]))


@pytest.mark.parametrize("data", [b"", b"nothing", pickle.dumps(MAGIC, 2), io.BytesIO(b"\x80\x02K\x01.").getvalue()])
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(ModelError, match="weights' file"):
        read_torch_file(data)


def test_a_file_that_is_cut_short_is_refused() -> None:
    whole = torch_file(described((2, 3), (3, 1)), [1, 2, 3, 4, 5, 6])
    with pytest.raises(ModelError, match="5 of the 6 values"):
        read_torch_file(whole[:-4])
