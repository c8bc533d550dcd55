"""The gate: limits that hold and that do not, and an upgrade that changes pixels."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from core import cli
from tests.core.gate.projects import SETTINGS, write_project

ROOT = Path(__file__).parents[3]
WITHOUT_BASELINE = SETTINGS.replace('baseline = "baseline.json"', "")


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(cli.app, list(map(str, arguments)))


def checked(path: Path) -> tuple[int, dict[str, Any]]:
    result = invoke("check", "--config", path, "--json")
    found: dict[str, Any] = json.loads(result.stdout)
    jsonschema.validate(found, json.loads((ROOT / "core/schema/check.json").read_text()))
    return result.exit_code, found


@pytest.mark.parametrize(
    ("limits", "code", "judgements"),
    [
        ('"max_abs <= 200", "ssim > -1"', 0, ["within", "within"]),
        ('"max_abs <= 0"', 1, ["beyond", "beyond"]),
        ('"verdict == different", "mean_abs < 200"', 0, ["within", "within"]),
    ],
)
def test_limits(tmp_path: Path, limits: str, code: int, judgements: list[str]) -> None:
    settings = WITHOUT_BASELINE.replace('"max_abs <= 200"', limits)
    found_code, found = checked(write_project(tmp_path, settings))
    assert found_code == code
    assert [result["judgement"] for result in found["results"]] == judgements
    if code:
        largest = found["results"][0]["difference"]["max_abs"]
        assert found["results"][0]["broken"] == [f"max_abs <= 0, but it is {largest:.5g}"]


def test_what_cannot_be_read_is_3_and_the_others_are_checked(tmp_path: Path) -> None:
    path = write_project(tmp_path, WITHOUT_BASELINE)
    (tmp_path / "pictures/zzz.jpg").write_text("no picture")
    code, found = checked(path)
    assert (code, found["judgement"]) == (3, "unknown")
    assert [result["judgement"] for result in found["results"]] == ["within", "within", "unknown"]
    words = " ".join(invoke("check", "--config", path).stdout.split())
    assert "pictures/zzz.jpg: incomparable" in words
    assert "2 of 3 comparisons are within the limits." in words


def test_a_baseline_holds_until_pixels_change(tmp_path: Path) -> None:
    path = write_project(tmp_path)
    result = invoke("baseline", "--config", path)
    assert result.exit_code == 0, result.output
    code, found = checked(path)
    assert (code, found["changes"]) == (0, [])

    baseline = tmp_path / "baseline.json"
    kept = json.loads(baseline.read_text())
    assert [len(output["stages"]) for output in kept["outputs"]] == [2] * 4
    # As if an older OpenCV had resized to something else, a level brighter.
    kept["versions"]["OpenCV"] = "opencv-python==4.0.0"
    resized = kept["outputs"][0]["stages"][1]
    resized["sha256"] = "0" * 64
    resized["grid"] = [[[value + 1 for value in cell] for cell in row] for row in resized["grid"]]
    resized["mean"] = [value + 1 for value in resized["mean"]]
    baseline.write_text(json.dumps(kept))
    code, found = checked(path)
    assert code == 1
    (change,) = found["changes"]
    assert (change["image"], change["stage"]) == ("pictures/000.jpg", "opencv.resize(INTER_LINEAR, 32x24)")
    assert (change["library"], change["was"]) == ("OpenCV", "opencv-python==4.0.0")
    assert change["now"].startswith("opencv-python")
    assert change["words"].startswith("by at least 1 levels on average")
    assert change["words"].endswith("darker by 1")
    words = " ".join(invoke("check", "--config", path).stdout.split())
    assert "of OpenCV (was opencv-python==4.0.0, now opencv-python" in words


def test_a_baseline_knows_what_it_does_not_know(tmp_path: Path) -> None:
    path = write_project(tmp_path)
    invoke("baseline", "--config", path)
    (tmp_path / "pictures/000.jpg").write_bytes((tmp_path / "pictures/001.jpg").read_bytes())
    (tmp_path / "pictures/001.jpg").rename(tmp_path / "pictures/002.jpg")
    code, found = checked(path)
    assert code == 3
    words = {(change["image"], change["words"].partition(";")[0]) for change in found["changes"]}
    assert words == {
        ("pictures/000.jpg", "is another file than in the baseline"),
        ("pictures/001.jpg", "is in the baseline, but no longer checked"),
        ("pictures/002.jpg", "is not in the baseline"),
    }


def test_reports_for_continuous_integration(tmp_path: Path) -> None:
    path = write_project(tmp_path, WITHOUT_BASELINE.replace("<= 200", "<= 0"))
    invoke("check", "--config", path, "--junit", tmp_path / "junit.xml", "--markdown", tmp_path / "summary.md")
    suite = ET.parse(tmp_path / "junit.xml").getroot()  # noqa: S314 - a file of our own
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("2", "2", "0")
    assert suite[0][0].get("message", "").startswith("max_abs <= 0, but it is")
    assert (tmp_path / "summary.md").read_text().startswith("### SamePixels: 2 of 2 are not within the limits\n")


@pytest.mark.parametrize(
    ("settings", "command", "words"),
    [
        ("limit = 3", "check", "has limit"),
        (SETTINGS, "check", "The baseline"),
        (WITHOUT_BASELINE, "baseline", "names no baseline"),
        ('baseline = "b.json"', "check", "has no check"),
        (SETTINGS.replace("max_abs", "max_diff"), "check", "There is no figure 'max_diff'"),
    ],
)
def test_wrong_settings_are_2(tmp_path: Path, settings: str, command: str, words: str) -> None:
    result = invoke(command, "--config", write_project(tmp_path, settings))
    assert result.exit_code == 2
    assert words in " ".join(result.output.split())


def test_a_folder_without_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = invoke("check")
    assert result.exit_code == 2
    assert "neither a samepixels.toml nor a [tool.samepixels]" in " ".join(result.output.split())
