import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from core import cli


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, list(arguments))


def document(result: Result) -> dict[str, Any]:
    (line,) = result.stdout.splitlines()
    found = json.loads(line)
    assert isinstance(found, dict)
    return found


def test_people_get_the_sentence_first_then_shares_findings_and_code() -> None:
    result = invoke("explain", "sample:cat", "--a", "opencv", "--b", "tensorflow-v1")
    assert result.exit_code == 0
    assert result.stdout.startswith("Resize makes ")
    for words in ("Shares of the squared error", "sampling positions", "displaced", "Advice: ", "def pipeline("):
        assert words in result.stdout
    assert "rounding (mean" in result.stdout


def test_json_is_one_object() -> None:
    found = document(invoke("explain", "sample:cat", "--b", "tensorflow", "--json"))
    assert found["image"] == "sample:cat"
    assert found["shares"][0]["stage"] == "decode"
    assert found["advice"]["verdict"] == "rounding"
    assert found["environment"]["libraries"]


def test_identical_pipelines_need_no_advice() -> None:
    found = document(invoke("explain", "sample:cat", "--a", "opencv", "--b", "opencv", "--json"))
    assert (found["verdict"], found["shares"], found["advice"], found["alternatives"]) == ("identical", [], None, [])
    assert [finding["kind"] for finding in found["findings"]] == ["identical"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("explain", "none.jpg"), 3, "none.jpg does not exist"),
        (("explain", "sample:cat", "--a", "opencvv"), 2, "There is no preset"),
        (("explain", "sample:cat", "--a", "opencv.imdecode", "--b", "opencv"), 3, "A is 451x300"),
    ],
)
def test_what_cannot_be_explained(arguments: tuple[str, ...], code: int, words: str) -> None:
    result = invoke(*arguments)
    assert result.exit_code == code
    assert words in result.output
    assert "Traceback" not in result.output
