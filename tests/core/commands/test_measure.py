import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from core import cli


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["measure", *arguments])


def document(*arguments: str) -> dict[str, Any]:
    (line,) = invoke(*arguments, "--json").stdout.splitlines()
    found = json.loads(line)
    assert isinstance(found, dict)
    return found


LEGACY = "tensorflow_v1.resize(bilinear, 224x224)"


def test_json_has_the_published_figures() -> None:
    found = document(LEGACY, "--from", "500x375")
    x = found["x"]
    assert (x["scale"], x["offset"], x["positions"]) == (pytest.approx(2.2321, abs=5e-5), 0, "asymmetric")
    assert x["displacement_px"] == pytest.approx(-0.6161, abs=5e-5)
    assert x["displacement_output_px"] == pytest.approx(0.276, abs=5e-4)
    assert (x["kernel"]["name"], x["taps"], x["min_weight"], x["antialias"]) == ("triangle", [1, 2], 0, False)
    assert x["reproduction_max_abs"] < 0.02
    assert (found["linear"], found["separable"], found["arithmetic"]["dtype"]) == (True, True, "float32")
    cubic = document("opencv.resize(INTER_CUBIC, 224x224)")["y"]["kernel"]
    assert (cubic["name"], cubic["a"]) == ("keys-cubic", pytest.approx(-0.75, abs=0.005))


def test_a_whole_recipe_measures_its_resize() -> None:
    assert document("tensorflow-v1")["stage"] == LEGACY
    assert document(f"opencv.imdecode | {LEGACY}")["stage"] == LEGACY


def test_people_get_words_and_both_axes() -> None:
    text = invoke(LEGACY).stdout
    assert text.startswith(f"{LEGACY}  from 500x375 to 224x224\nasymmetric positions, triangle, no antialias.\n")
    for words in ("2.2321 j + 0.0000", "-0.616 source px", "0.276 output px", "as aliasing", "linear and separable"):
        assert words in text


def test_of_two_what_differs_comes_largest_first() -> None:
    found = document("opencv.resize(INTER_CUBIC, 224x224)", "pillow")["differences"]
    assert [each["property"] for each in found][:2] == ["antialiasing", "kernel"]
    assert (found[0]["a"], found[0]["b"]) == ("no antialias", "antialiased")
    assert sum(each["share"] for each in found) == pytest.approx(1, rel=1e-9)
    assert "what differs" in invoke("opencv.resize(INTER_CUBIC, 224x224)", "pillow").stdout
    assert document("opencv", "opencv")["differences"] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("crop.center(9x9)",), "A recipe starts with a decode"),
        (("opencv.imdecode",), "has 0 resize stages"),
        ((LEGACY, LEGACY, LEGACY), "There are 3 stages"),
        ((LEGACY, "--from", "shorter=9"), "is no size of a picture"),
        ((LEGACY, "--from", "big"), "is not a size"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], words: str) -> None:
    result = invoke(*arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.output.split())
