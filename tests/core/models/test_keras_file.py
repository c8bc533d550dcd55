"""Keras files: what is opened, and what is refused before Keras sees it."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.errors import ModelError
from core.models.opening import open_model_file

# Keras' own, when it saves batch norm with numpy 2.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation")


@pytest.fixture(scope="module")
def keras() -> Any:
    from core.models.runtimes import KERAS
    from core.operations.libraries import load

    return load(KERAS)


def saved(model: Any, folder: Path) -> bytes:
    path = folder / "model.keras"
    model.save(path)
    return path.read_bytes()


def with_config(data: bytes, edit: Callable[[str], str]) -> bytes:
    """The same file with its configuration edited."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, edit(content.decode()).encode() if name == "config.json" else content)
    return file.getvalue()


def means(keras: Any) -> Any:
    """Means of each channel, through a layer of most kinds that a real model has."""
    given = keras.Input((6, 6, 3))
    found = keras.layers.Activation("relu")(keras.layers.BatchNormalization(epsilon=1e-9)(given))
    return keras.Model(given, keras.layers.GlobalAveragePooling2D()(keras.layers.Rescaling(2.0)(found + given)))


def test_a_model_is_opened_and_answers(keras: Any, tmp_path: Path) -> None:
    model = open_model_file("own.keras", saved(means(keras), tmp_path))
    assert (model.input.layout, model.input.size_wh, model.input.channels) == ("NHWC", (6, 6), 3)
    image = np.full((6, 6, 3), (1, 2, 3), np.float32)
    np.testing.assert_allclose(model.answers([image]), [[4, 8, 12]], rtol=1e-5)


def test_a_lambda_is_refused(keras: Any, tmp_path: Path) -> None:
    model = keras.Sequential([keras.Input((6, 6, 3)), keras.layers.Lambda(lambda x: x)])
    with pytest.raises(ModelError, match="a Lambda layer, which runs code"):
        open_model_file("own.keras", saved(model, tmp_path))


def test_five_inputs_are_refused(keras: Any, tmp_path: Path) -> None:
    inputs = [keras.Input((6, 6, 3)) for _ in range(5)]
    with pytest.raises(ModelError, match="has 5 inputs"):
        open_model_file("own.keras", saved(keras.Model(inputs, keras.layers.Add()(inputs)), tmp_path))


def test_video_is_refused(keras: Any, tmp_path: Path) -> None:
    model = keras.Sequential([keras.Input((8, 6, 6, 3)), keras.layers.GlobalAveragePooling3D()])
    with pytest.raises(ModelError, match="3-D video"):
        open_model_file("own.keras", saved(model, tmp_path))


@pytest.mark.parametrize(
    ("module", "name", "said"),
    [
        ("keras.layers", "TFSMLayer", "loads another model"),
        ("keras.layers", "TorchModuleWrapper", "unpickles"),
        ("keras.utils", "get_file", "no layer of Keras"),
        ("keras.src.utils.file_utils", "get_file", "no layer of Keras"),
        ("os", "system", "no layer of Keras"),
        ("my_package.layers", "Own", "no layer of Keras"),
    ],
)
def test_whatever_is_no_plain_layer_is_refused(keras: Any, tmp_path: Path, module: str, name: str, said: str) -> None:
    def edit(text: str) -> str:
        config = json.loads(text)
        config["config"]["layers"][1] |= {"module": module, "class_name": name}
        return json.dumps(config)

    with pytest.raises(ModelError, match=said):
        open_model_file("own.keras", with_config(saved(means(keras), tmp_path), edit))


def test_a_function_by_its_name_is_refused(keras: Any, tmp_path: Path) -> None:
    named = {"module": "keras.ops", "class_name": "function", "config": "save", "registered_name": "function"}

    def edit(text: str) -> str:
        return text.replace('"activation": "relu"', f'"activation": {json.dumps(named)}')

    with pytest.raises(ModelError, match=r"asks for keras\.ops\.save"):
        open_model_file("own.keras", with_config(saved(means(keras), tmp_path), edit))


def test_a_file_that_is_no_model_is_refused() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("config.json", "{")
    with pytest.raises(ModelError, match=r"own\.keras is no \.keras file"):
        open_model_file("own.keras", file.getvalue())
