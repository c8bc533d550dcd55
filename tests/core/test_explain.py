import json

import numpy as np
import pytest

from core.explain import Explanation, explain
from core.explaining.document import explanation_document
from core.explaining.step_memory import StepMemory
from core.explaining.words import part
from core.pipeline import Step
from core.presets import parse_recipe
from core.samples import load_sample


def explained(key: str, a: str, b: str) -> Explanation:
    return explain(load_sample(key), parse_recipe(a), parse_recipe(b))


def test_all_of_it_together() -> None:
    explanation = explained("cat", "opencv", "tensorflow-v1")
    assert [share.stage for share in explanation.shares] == ["decode", "resize"]
    assert explanation.resize[0].stage == "sampling positions"
    assert [finding.kind for finding in explanation.findings] == ["displaced", "bias"]
    assert explanation.advice is not None
    assert "half_pixel_centers=true" in explanation.advice.code.replace("True", "true")
    assert explanation.sentence.startswith("Resize makes 9")
    assert "Inside the resize: sampling positions" in explanation.sentence


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ("opencv", "opencv", "There is nothing to explain: A and B are identical."),
        ("opencv.imdecode", "opencv.imdecode | crop.center(9000x9)", "B stopped at crop.center"),
        ("opencv.imdecode", "opencv", "A is 451x300"),
    ],
)
def test_what_cannot_be_shared_is_said(a: str, b: str, words: str) -> None:
    explanation = explained("cat", a, b)
    assert words in explanation.sentence
    assert explanation.shares == ()
    json.dumps(explanation_document("cat", explanation), allow_nan=False)


def test_stages_that_go_together_make_it() -> None:
    """`shorter=256` fits only its own crop, so that neither can be exchanged without the other."""
    cropped = "opencv.imdecode | opencv.resize(shorter=256) | crop.center(224x224)"
    assert explained("cat", "opencv", cropped).sentence == "Resize and crop make 100 % of the squared error."


def test_a_size_is_found_where_shapes_differ() -> None:
    explanation = explained("cat", "opencv.imdecode", "opencv")
    assert [finding.kind for finding in explanation.findings] == ["resized"]


def test_the_document_has_its_fixed_names() -> None:
    document = explanation_document("sample:cat", explained("cat", "opencv", "tensorflow"))
    json.dumps(document, allow_nan=False)
    assert document["schema"] == "samepixels/explain/1"
    assert all(set(share) == {"stage", "share", "low", "high"} for share in document["shares"])
    assert sum(share["share"] for share in document["shares"]) == pytest.approx(1, rel=1e-9)
    (bias,) = document["findings"]
    assert set(bias) == {"kind", "evidence", "confidence", "levels"}
    assert {"recipe", "verdict", "difference", "code"} <= set(document["advice"])
    assert document["advice"]["difference"]["max_abs"] <= 1
    assert document["advice"]["before"]["difference"]["bias"] == pytest.approx(bias["levels"], abs=0.1)


def test_each_decode_is_carried_out_once() -> None:
    class Counting(StepMemory):
        puts: list[str]

        def __init__(self) -> None:
            super().__init__()
            self.puts = []

        def put(self, key: tuple[str, str], step: Step) -> None:
            self.puts.append(key[1])
            super().put(key, step)

    cache = Counting()
    explain(load_sample("cat"), parse_recipe("opencv"), parse_recipe("tensorflow"), step_cache=cache)
    assert len(cache.puts) == len(set(cache.puts))


def test_shares_in_per_cent() -> None:
    shares = (1.0, 0.9996, 0.998, 0.97, 0.005, 0.0001, 0.0, -0.025)
    np.testing.assert_array_equal(
        [part(share) for share in shares],
        ["100 %", "over 99.9 %", "99.8 %", "97 %", "0.5 %", "0 %", "0 %", "-2 %"],
    )
