"""What fuzzing has found, each as the smallest file or text that shows it, and the answer that it gets now."""

import io
import struct
import zipfile
from pathlib import Path

import numpy as np
import onnx
import pytest

from core.errors import ModelError, RecipeError, SettingsError, SourceError, StageError
from core.gate.settings import read_settings
from core.models.opening import open_model_file
from core.presets import load_presets, read_presets
from core.source import read_source
from tests.core.encoded import animation, by_pillow, picture
from tests.core.making import make
from tests.core.models.making import channel_means

PNG = by_pillow(picture(), "PNG")


def with_bytes(data: bytes, after: bytes, skip: int, new: bytes) -> bytes:
    """`data` with `new` written so many bytes after the first `after`."""
    at = data.index(after) + len(after) + skip
    return data[:at] + new + data[at + len(new) :]


DEEP_TOML = ("x = " + "[" * 5000, "x = " + "{a = " * 5000)


def test_a_png_chunk_that_claims_two_gigabytes() -> None:
    """OpenCV took them, and nine seconds, for a file of 2,500 bytes."""
    at = PNG.index(b"IDAT") - 4
    with pytest.raises(SourceError, match=r"a chunk of the PNG claims 2,147,483,647 bytes, which"):
        read_source("a.png", PNG[:at] + struct.pack(">I", 2**31 - 1) + PNG[at + 4 :])
    assert read_source("a.png", PNG[: at + 50]).header.truncated


@pytest.mark.parametrize("text", DEEP_TOML)
def test_toml_nested_without_end(text: str, tmp_path: Path) -> None:
    """A RecursionError of tomllib."""
    with pytest.raises(RecipeError, match=r"Not TOML: its values are nested too deeply\."):
        read_presets(text)
    path = tmp_path / "samepixels.toml"
    path.write_text(text)
    with pytest.raises(SettingsError, match="nested too deeply"):
        read_settings(path)


def test_toml_with_a_number_of_five_thousand_digits() -> None:
    """A ValueError of int, which limits such conversions."""
    with pytest.raises(RecipeError, match="Not TOML: Exceeds the limit"):
        read_presets("x = " + "9" * 5000)


@pytest.mark.parametrize("text", ["tool = 1", "[tool]\nsamepixels = 1", "[tool.samepixels]\nchecks = 1"])
def test_settings_whose_tables_are_none(text: str, tmp_path: Path) -> None:
    """An AttributeError."""
    path = tmp_path / "pyproject.toml"
    path.write_text(text)
    with pytest.raises(SettingsError, match=r"where a table should be|has no \[tool.samepixels\]"):
        read_settings(path)


def test_presets_whose_name_is_no_name_of_a_file() -> None:
    """A ValueError of the operating system's interface."""
    with pytest.raises(RecipeError, match="cannot be read: embedded null byte"):
        load_presets(Path("a\0b"))


def zip_file(name: str = "config.json", text: str = "{}") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, text)
    return stream.getvalue()


def with_number(data: bytes, signature: bytes, offset: int, number: int) -> bytes:
    """`data` with another two-byte number after the last `signature`."""
    at = data.rindex(signature) + offset
    return data[:at] + struct.pack("<H", number) + data[at + 2 :]


@pytest.mark.parametrize(
    "data",
    [
        with_number(zip_file(), b"PK\1\2", 0, 0),  # BadZipFile: no central directory
        with_number(zip_file(), b"PK\1\2", 6, 99),  # NotImplementedError: version 9.9
        with_number(zip_file(), b"PK\1\2", 10, 42),  # NotImplementedError: compression 42
        with_number(zip_file(), b"PK\1\2", 8, 1),  # RuntimeError: encrypted
        zip_file(text="[" * 100_000),  # RecursionError
    ],
)
def test_models_in_damaged_zip_files(data: bytes) -> None:
    with pytest.raises(ModelError) as caught:
        open_model_file("model.keras", data)
    assert caught.value.remedy


def test_a_damaged_model_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    """ONNX Runtime told stdout that it tried once more, where --json has a document."""
    data = channel_means().replace(b"answer", b"\xff\xffswer")
    with pytest.raises(ModelError, match="a name in it that is not UTF-8"):
        open_model_file("means.onnx", data)
    assert capfd.readouterr().out == ""


def test_a_model_without_an_output() -> None:
    """An IndexError."""
    model = onnx.ModelProto.FromString(channel_means())
    del model.graph.output[:]
    with pytest.raises(ModelError, match=r"has no output|cannot be opened"):
        open_model_file("means.onnx", bytes(model.SerializeToString()))


STILL_APART = animation("PNG", default_image=True)


@pytest.mark.parametrize(
    "data",
    [
        with_bytes(STILL_APART, b"fdAT", 60, b"\xff\xff\xff\xff"),  # the deflated rows of the first frame
        with_bytes(animation("PNG"), b"fcTL", -4, b"vcTL")[:13_000].replace(b"fdAT", b"fdAT\0", 1),
        with_bytes(STILL_APART, b"fdAT", -4, b"fdA\x14"),  # no data at all before the next frame
    ],
)
def test_an_animated_png_at_which_opencv_crashes(data: bytes) -> None:
    """A segmentation fault, where the still picture is none of the frames and the first frame is damaged."""
    for stage in ("opencv.imdecode", "opencv.imread"):
        with pytest.raises(StageError, match="at which OpenCV crashes"):
            make(stage, data)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "1"])
def test_an_animated_png_with_a_still_picture_apart_is_decoded(mode: str) -> None:
    np.testing.assert_array_equal(
        make("opencv.imdecode", animation("PNG", mode=mode, default_image=True)).shape[:2], (45, 67)
    )
