"""The command `impact`, with a small model that needs no TensorFlow."""

import csv
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from core.cli import app
from tests.core.models.making import channel_means
from tests.core.test_impact import NAMES, flat

PLAIN = "opencv.imdecode | opencv.resize(INTER_AREA, 6x6)"
RECIPES = ("--a", PLAIN, "--b", f"{PLAIN} | channels.swap")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model, the names of its classes, and pictures in a folder for each class."""
    (tmp_path / "means.onnx").write_bytes(channel_means())
    (tmp_path / "classes.txt").write_text("\n".join(NAMES))
    for name, color in (("red", (200, 0, 100)), ("green", (0, 200, 100))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.png").write_bytes(flat(*color).data)
    return tmp_path


def command(folder: Path, *arguments: str) -> Result:
    images = [str(folder / name / "1.png") for name in ("red", "green")]
    classes = ("--classes", str(folder / "classes.txt"))
    return CliRunner().invoke(app, ["impact", str(folder / "means.onnx"), *images, *RECIPES, *classes, *arguments])


def json_of(result: Result) -> Any:
    return json.loads(result.stdout)


def test_the_sentence_the_figures_and_what_flipped(folder: Path) -> None:
    result = command(folder, "--labels", "folders")
    assert result.exit_code == 0
    assert "The first choice changes on 50.0 % (1 of 2; 95 % interval 9.5 to 90.5 %)" in result.stdout
    assert "1 broken, 0 mended: too few to speak of accuracy" in result.stdout
    assert "red 100.0 %" in result.stdout


def test_the_document_is_as_described(folder: Path) -> None:
    found = json_of(command(folder, "--labels", "folders", "--grid", "--json"))
    jsonschema.validate(found, json.loads(files("core").joinpath("schema/impact.json").read_text("utf-8")))
    assert found["schema"] == "samepixels/impact/1"
    assert found["summary"]["flips"]["share"] == 0.5
    assert found["summary"]["accuracy"]["broken"]["count"] == 1
    red, green = found["pictures"]
    assert (red["flipped"], red["label"], red["top_a"][0]["name"], red["top_b"][0]["name"]) == (True, 0, "red", "blue")
    assert (green["flipped"], green["tensors"]["verdict"]) == (False, "different")
    assert {row["stage"] for row in found["grid"]} >= {"decode", "resize", "channels"}


def test_a_picture_that_cannot_be_read_makes_the_document_no_other(folder: Path) -> None:
    result = CliRunner().invoke(app, ["impact", str(folder / "means.onnx"), "none.jpg", *RECIPES, "--json"])
    found = json_of(result)
    jsonschema.validate(found, json.loads(files("core").joinpath("schema/impact.json").read_text("utf-8")))
    assert result.exit_code == 3
    assert found["pictures"][0]["reason"] == "none.jpg does not exist."


def test_a_line_for_each_picture(folder: Path) -> None:
    file = folder / "impact.csv"
    assert command(folder, "--csv", str(file)).exit_code == 0
    rows = list(csv.DictReader(file.read_text("utf-8").splitlines()))
    assert [(row["name_a"], row["name_b"], row["flipped"]) for row in rows] == [
        ("red", "blue", "True"),
        ("green", "green", "False"),
    ]


def test_a_place_that_cannot_be_written_is_named(folder: Path) -> None:
    result = command(folder, "--csv", str(folder / "none" / "impact.csv"))
    assert "impact.csv cannot be written" in result.stderr
    assert result.exit_code == 3


@pytest.mark.parametrize(
    ("condition", "code"), [("flips > 1%", 1), ("flips > 60%", 0), ("top1_lost > 0", 3), ("flip > 1", 2)]
)
def test_the_exit_code_says_whether_it_is_within_the_tolerance(folder: Path, condition: str, code: int) -> None:
    result = command(folder, "--fail-on", condition)
    assert result.exit_code == code
    if code in (1, 3):
        assert condition.split(maxsplit=1)[0] in result.stderr


def test_one_picture_has_its_answers_side_by_side(folder: Path) -> None:
    result = CliRunner().invoke(app, ["impact", str(folder / "means.onnx"), str(folder / "red" / "1.png"), *RECIPES])
    assert "The first choice is another one" in result.stdout
    assert "class 2" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (("none.onnx", "sample:cat"), "none.onnx does not exist", 3),
        (("means.onnx", "sample:cat", "--b", "opencv"), "B gives 224x224, and", 3),
        (("means.onnx", "sample:cat", *RECIPES, "--labels", "none.csv"), "none.csv cannot be read", 2),
    ],
)
def test_what_is_wrong_is_said_in_words(folder: Path, arguments: tuple[str, ...], said: str, code: int) -> None:
    given = [str(folder / each) if each == "means.onnx" else each for each in arguments]
    result = CliRunner().invoke(app, ["impact", *given, "--a", PLAIN])
    assert said in result.stderr
    assert result.exit_code == code
