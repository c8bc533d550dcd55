"""`samepixels identify`: which array it hands on, and what it says of the answer. The search has tests of its own."""

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from typer.testing import CliRunner, Result

from core import cli
from core.commands import identify as command
from core.presets import parse_recipe
from core.search import Candidate, Identification, Progress
from core.source import Source

RECIPE = "opencv.imdecode | opencv.resize(INTER_LINEAR, 4x3) | normalize.tf"


def candidate(verdict: Any, mean_abs: float = 0.0, respect: str = "") -> Candidate:
    return Candidate(
        recipe=parse_recipe(RECIPE),
        verdict=verdict,
        max_abs=3 * mean_abs,
        mean_abs=mean_abs,
        layout="NCHW",
        channel_order="RGB",
        normalisation="normalize.tf",
        scale=(1 / 127.5,) * 3,
        offset=(-1.0,) * 3,
        respect=respect,
    )


IDENTICAL = Identification("identical", (candidate("identical"),) * 9, 1234)
NEAREST = Identification("none", (candidate("different", 2.5, "It is softer."),), 1234)
NOTHING = Identification("none", (), 1234)


class Answering:
    """Stands for the search: keeps the arrays that it is asked about, and always gives one answer."""

    def __init__(self, answer: Identification) -> None:
        self.answer = answer
        self.asked: list[npt.NDArray[Any]] = []

    def __call__(
        self,
        source: Source,
        values: npt.NDArray[Any],
        on_progress: Callable[[Progress], None],
        should_stop: Callable[[], bool],
    ) -> Identification:
        assert source.name
        assert not should_stop()
        on_progress(Progress("Trying.", 0.5))
        self.asked.append(values)
        return self.answer


@pytest.fixture
def search(monkeypatch: pytest.MonkeyPatch) -> Answering:
    answering = Answering(IDENTICAL)
    monkeypatch.setattr(command, "identify_array", answering)
    return answering


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(cli.app, ["identify", "sample:hopper", *map(str, arguments)])


VALUES = np.arange(36, dtype=np.float32).reshape(1, 3, 3, 4)


def test_of_several_arrays_in_a_npz_the_key_chooses(search: Answering, tmp_path: Path) -> None:
    file = tmp_path / "inputs.npz"
    np.savez(file, image=VALUES, mask=np.zeros((2, 2), np.uint8))
    assert invoke(file, "--key", "image").exit_code == 0
    np.testing.assert_array_equal(search.asked[0], VALUES)
    refused = invoke(file)
    assert refused.exit_code == 3
    assert "image, mask" in refused.output
    assert len(search.asked) == 1


def test_raw_values_need_their_shape_and_dtype(search: Answering, tmp_path: Path) -> None:
    file = tmp_path / "input.raw"
    file.write_bytes(VALUES.tobytes())
    assert invoke(file, "--shape", "1x3x3x4", "--dtype", "float32").exit_code == 0
    np.testing.assert_array_equal(search.asked[0], VALUES)
    refused = invoke(file, "--shape", "1x3x4x4", "--dtype", "float32")
    assert refused.exit_code == 3
    assert "has 144 bytes, and 1x3x4x4 values of float32 are 192" in " ".join(refused.output.split())


@pytest.fixture
def array(tmp_path: Path) -> Path:
    file = tmp_path / "input.npy"
    np.save(file, VALUES)
    return file


def test_people_get_the_verdict_the_best_and_how_many_more(search: Answering, array: Path) -> None:
    text = invoke(array).stdout
    assert text.startswith("Made bit for bit by 9 recipes; 1,234 pictures were compared.\n  NCHW, RGB, normalize.tf\n")
    assert text.count(RECIPE) == 8
    assert text.endswith("1 more: --json lists them all.\n")
    search.answer = NEAREST
    found = invoke(array)
    assert found.exit_code == 1
    assert found.stdout.startswith("No recipe makes it; the nearest is 2.5 levels away on average. 1,234 pictures")
    assert "  It is softer.\n" in found.stdout
    search.answer = NOTHING
    assert invoke(array).stdout == "No recipe makes it, and none comes near. 1,234 pictures were compared.\n"


@pytest.mark.usefixtures("search")
def test_json_has_every_candidate(array: Path) -> None:
    (line,) = invoke(array, "--json").stdout.splitlines()
    document = json.loads(line)
    assert {key: document[key] for key in ("verdict", "array", "searched", "complete")} == {
        "verdict": "identical",
        "array": str(array),
        "searched": 1234,
        "complete": True,
    }
    assert len(document["candidates"]) == 9
    assert document["candidates"][0] == {
        "recipe": RECIPE,
        "verdict": "identical",
        "max_abs": 0,
        "mean_abs": 0,
        "layout": "NCHW",
        "channel_order": "RGB",
        "normalisation": "normalize.tf",
        "scale": [1 / 127.5] * 3,
        "offset": [-1] * 3,
        "respect": None,
    }


def test_ctrl_c_ends_the_search_and_shows_what_it_has(monkeypatch: pytest.MonkeyPatch, array: Path) -> None:
    def identify(
        _source: Source, _values: object, _tell: Callable[[Progress], None], should_stop: Callable[[], bool]
    ) -> Identification:
        os.kill(os.getpid(), signal.SIGINT)
        assert should_stop()
        return Identification("none", (), 17, complete=False)

    monkeypatch.setattr(command, "identify_array", identify)
    before = signal.getsignal(signal.SIGINT)
    found = invoke(array)
    assert (
        found.stdout
        == "No recipe makes it so far, and none comes near. 17 pictures were compared until it was stopped.\n"
    )
    assert signal.getsignal(signal.SIGINT) is before
