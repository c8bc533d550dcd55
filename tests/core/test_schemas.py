"""What the commands print with --json has its published form, and every name of it is in the documents."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import jsonschema
import numpy as np
import pytest
from typer.testing import CliRunner

from core import cli
from core.explain import explain
from core.explaining.document import explanation_document
from core.explaining.findings.finding import Finding, Kind
from core.explaining.findings.table import findings
from core.image import Image, as_image
from core.pipeline import run
from core.presets import parse_recipe
from core.samples import load_sample
from tests.core.encoded import by_opencv
from tests.core.explaining.findings.changed import CASES, CONTROLS, shifted
from tests.core.published import NAMES, schema, validated

DOCS = Path(__file__).parents[2] / "docs"
PIXELS = np.random.default_rng(5).integers(0, 256, (18, 24, 3), np.uint8)
SMALL = "opencv.imdecode | opencv.resize(INTER_LINEAR, 9x7)"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("small.png").write_bytes(by_opencv(".png", PIXELS))
    np.save("made.npy", PIXELS[:, :, ::-1] / np.float32(255))


def printed(*arguments: str) -> dict[str, Any]:
    (line,) = CliRunner().invoke(cli.app, [*arguments, "--json"]).stdout.splitlines()
    return validated(json.loads(line), arguments[0])


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_schemas(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))
    assert schema(name)["properties"]["schema"]["const"] == f"samepixels/{name}/1"


def test_what_several_schemas_define_is_the_same_in_all() -> None:
    for name in ("explain", "translate", "identify"):
        shared = schema(name)["$defs"].keys() & schema("compare")["$defs"].keys()
        assert [each for each in shared if schema(name)["$defs"][each] != schema("compare")["$defs"][each]] == []
        assert "environment" in shared


@pytest.mark.usefixtures("folder")
def test_explain_prints_its_published_form() -> None:
    found = printed("explain", "small.png", "--a", SMALL, "--b", SMALL.replace("LINEAR", "AREA"))
    assert found["shares"]
    assert found["resize_shares"]
    assert found["advice"]["before"]["verdict"] == "different"
    failed = printed("explain", "small.png", "--a", "opencv.imdecode", "--b", "opencv.imdecode | crop.center(99x99)")
    assert (failed["shares"], failed["findings"], failed["advice"]["verdict"]) == ([], [], "identical")


@pytest.mark.parametrize(
    "stages",
    [
        ("opencv.resize(INTER_CUBIC, 20x30)", "pillow.resize(HAMMING, 20x30)"),
        ("opencv.resize(INTER_NEAREST, 60x60)",),
        ("opencv.resize(INTER_AREA, 20x60)",),
    ],
)
def test_measure_prints_its_published_form(stages: tuple[str, ...]) -> None:
    found = printed("measure", *stages, "--from", "40x30")
    assert ("other" in found, "differences" in found) == (len(stages) == 2,) * 2


@pytest.mark.usefixtures("folder")
def test_translate_prints_its_published_form() -> None:
    near = printed("translate", SMALL, "--into", "pillow", "--image", "small.png")
    far = printed("translate", SMALL.replace("LINEAR", "LANCZOS4"), "--into", "pillow", "--image", "small.png")
    assert [near["emulation"] is None, far["emulation"] is None] == [near["verdict"] != "different", False]


@pytest.mark.usefixtures("folder")
def test_identify_prints_its_published_form() -> None:
    found = printed("identify", "small.png", "made.npy")
    assert (found["verdict"], found["complete"]) == ("identical", True)
    assert found["candidates"][0]["channel_order"] == "BGR"


def findings_of_all_kinds() -> Iterator[Finding]:
    image = run(load_sample("cat"), parse_recipe("opencv.imdecode | pillow.resize(LANCZOS, 400x300)")).image
    assert image is not None
    missing = set(get_args(Kind))
    for case in (*CONTROLS, *CASES):
        if missing & case.kinds:
            yield from findings(image, as_image(np.ascontiguousarray(case.change(image))))
            missing -= case.kinds
    yield from findings(image, moved(image))
    assert missing <= {"displaced"}


def moved(image: Image) -> Image:
    return as_image(shifted(image, 0.5, 0.25).copy())


def test_findings_of_every_kind_have_their_published_form() -> None:
    recipe = parse_recipe("opencv.imdecode")
    explanation = replace(explain(load_sample("impulses"), recipe, recipe), findings=tuple(findings_of_all_kinds()))
    document = validated(explanation_document("impulses", explanation), "explain")
    assert {each["kind"] for each in document["findings"]} == set(get_args(Kind))


def names_of(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from part.get("properties", {})
        for value in part.values():
            yield from names_of(value)
    elif isinstance(part, list):
        for item in part:
            yield from names_of(item)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_documented(name: str) -> None:
    text = (DOCS / "json.md").read_text("utf-8")
    assert [each for each in dict.fromkeys(names_of(schema(name))) if f"`{each}`" not in text] == []
    assert f"(../core/schema/{name}.json)" in text
