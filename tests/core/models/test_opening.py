"""Files that are models and files that are not: told by their bytes, and never executed."""

import os
import pickle
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.errors import ModelError
from core.models import opening
from core.models.opening import open_model, open_model_file
from tests.core.limiting import limited
from tests.core.models.making import channel_means

CAT = Path(opening.__file__).parents[1] / "samples" / "cat-422-progressive.jpg"


def zipped(**members: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return file.getvalue()


def test_a_pickle_is_refused_and_not_executed(tmp_path: Path) -> None:
    class Call:
        def __reduce__(self) -> tuple[Any, ...]:
            return (os.mkdir, (str(tmp_path / "made"),))

    for protocol in (2, 3, 4, 5):
        with pytest.raises(ModelError, match="is a pickle") as refusal:
            open_model_file("model.pt", pickle.dumps(Call(), protocol))
    assert "torch.onnx.export" in refusal.value.remedy
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("model.pt", zipped(archive__data_dot_pkl="x"), "torch.save, which holds a pickle"),
        ("model.zip", zipped(readme="x"), "a ZIP file without a model"),
        ("model.h5", b"\x89HDF\r\n\x1a\n", "an HDF5 file"),
        ("model.onnx", b"", "it is empty"),
        ("model.onnx", b"<html>no</html>", "is not a model"),
        ("model.onnx", CAT.read_bytes(), "is not a model"),
    ],
)
def test_what_is_no_model_is_named(name: str, data: bytes, said: str) -> None:
    with pytest.raises(ModelError, match=said) as refusal:
        open_model_file(name, data)
    assert refusal.value.message.startswith(name)
    assert refusal.value.remedy


def test_a_path_that_is_wrong_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="does not exist"):
        open_model(str(tmp_path / "none.onnx"))
    with pytest.raises(ModelError, match="is a folder"):
        open_model(str(tmp_path))


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.onnx"
    path.write_bytes(channel_means())
    with limited(model_bytes=10), pytest.raises(ModelError, match="at most 0 MB"):
        open_model(str(path))


def test_a_model_is_opened_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "means.onnx"
    path.write_bytes(channel_means())
    model = open_model(str(path))
    image = np.full((6, 6, 3), (1, 2, 3), np.float32)
    np.testing.assert_array_equal(model.answers([image, 2 * image]), [[1, 2, 3], [2, 4, 6]])


def test_the_same_bytes_have_the_same_digest() -> None:
    assert open_model_file("a", channel_means()).digest == open_model_file("b", channel_means()).digest
