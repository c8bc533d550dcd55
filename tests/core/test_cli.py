"""The command line inside this process; tests/core/test_command.py starts it as users do."""

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from typer.testing import CliRunner, Result

from core import __version__, cli, pipeline
from core.codegen import generate
from core.errors import LibraryMissingError
from core.operations.catalogue import operation, operations
from core.operations.libraries import Library
from core.presets import parse_recipe, presets
from core.samples import samples
from tests.core import encoded

SAME = ["--a", "opencv.imdecode", "--b", "pillow.open"]
"""Both decode a PNG exactly."""
OTHER_KERNEL = ["--a", "opencv", "--b", "pillow"]
WITHIN_ROUNDING = ["--a", "opencv.imdecode", "--b", "pillow.open | normalize.affine(offset=0.5)"]


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.app, list(map(str, arguments)))


def documents(result: Result) -> list[dict[str, Any]]:
    """What stdout holds: JSON lines and nothing else, as a strict parser reads them."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON")

    return [json.loads(line, parse_constant=refuse) for line in result.stdout.splitlines()]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "picture.png"
    path.write_bytes(encoded.by_opencv(".png", encoded.rgb()))
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.jpg"
    path.write_text("This is no picture.")
    return path


@pytest.mark.parametrize(
    ("recipes", "tolerance", "code"),
    [
        (SAME, [], 0),
        (OTHER_KERNEL, [], 1),
        (OTHER_KERNEL, ["--fail-on", "max_abs>255"], 0),
        (OTHER_KERNEL, ["--fail-on", "max_abs > 255", "--fail-on", "mean_abs>=0.01"], 1),
        (OTHER_KERNEL, ["--fail-on", "max_abs>255, ssim<0.1"], 0),
        (OTHER_KERNEL, ["--fail-on", "verdict==rounding"], 0),
        (WITHIN_ROUNDING, [], 0),
        (WITHIN_ROUNDING, ["--fail-on", "verdict!=identical"], 1),
        (SAME, ["--fail-on", "verdict!=identical"], 0),
        (SAME, ["--fail-on", "psnr_db<60"], 0),
    ],
)
def test_exit_codes_of_compared_pictures(picture: Path, recipes: list[str], tolerance: list[str], code: int) -> None:
    assert invoke("compare", picture, *recipes, *tolerance).exit_code == code


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--a", "opencv.imdecod"], "There is no operation 'opencv.imdecod'. Did you mean opencv.imdecode"),
        (["--b", "openvc"], "There is no preset 'openvc'. Did you mean opencv"),
        (["--a", "opencv.resize(INTER_LINEAR, 9x9)"], "A recipe starts with a decode"),
        (["--fail-on", "max_diff>1"], "There is no figure 'max_diff'"),
        (["--fail-on", ""], "is not a condition"),
        (["--presets", "missing.toml"], "missing.toml cannot be read"),
        (["--unknown"], "No such option: --unknown"),
    ],
)
def test_wrong_usage_is_2_and_says_what_is_allowed(picture: Path, arguments: list[str], words: str) -> None:
    result = invoke("compare", picture, "--json", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr


def test_a_command_without_its_picture_is_wrong_usage() -> None:
    assert invoke("compare").exit_code == 2


def test_what_cannot_be_read_is_3_and_the_other_pictures_are_compared(
    picture: Path, broken: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.png"
    empty.touch()
    addresses = [str(each) for each in (broken, picture, tmp_path, tmp_path / "none.jpg", empty, picture)]
    result = invoke("compare", *addresses, *SAME, "--json")
    assert result.exit_code == 3
    found = documents(result)
    assert [document["image"] for document in found] == addresses
    reasons = [document["reason"] for document in found]
    assert reasons == [
        f"{broken} is not a picture: it is text.",
        None,
        f"{tmp_path} is a folder, not a picture.",
        f"{tmp_path / 'none.jpg'} does not exist.",
        f"{empty} is not a picture: it is empty.",
        None,
    ]
    assert all(document["remedy"] for document in found if document["reason"])


def test_a_broken_picture_among_good_ones_is_told_to_people_too(picture: Path, broken: Path) -> None:
    result = invoke("compare", picture, broken, picture, *SAME)
    assert result.exit_code == 3
    assert f"{broken} is not a picture" in result.stdout
    assert "3 pictures: 2 identical, 1 incomparable." in result.stdout


def test_pictures_of_different_shapes_are_3(picture: Path) -> None:
    result = invoke("compare", picture, "--a", "opencv.imdecode", "--b", "opencv.imdecode | crop.center(5x5)")
    assert result.exit_code == 3
    assert "A is 67x45 red, green, blue and B is 5x5" in result.stdout
    assert "Resize both to one size" in result.stdout


def test_a_stage_that_cannot_be_compared_says_why() -> None:
    text = invoke("compare", "sample:coffee-on-its-side", *OTHER_KERNEL).stdout
    assert "after decode: A is 600x400 red, green, blue and B is 400x600 red, green, blue. One side is turned" in text


def test_a_missing_library_is_3_with_the_line_that_installs_it(picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(library: Library) -> None:
        raise LibraryMissingError(f"{library.title} is not installed.", library.install_hint)

    monkeypatch.setattr(pipeline, "load", missing)
    result = invoke("compare", picture, *SAME)
    assert result.exit_code == 3
    assert "A stopped at opencv.imdecode: OpenCV is not installed." in result.stdout
    assert "pip install pillow" in result.stdout


def test_a_condition_on_an_unknown_figure_is_3_and_says_so(tmp_path: Path) -> None:
    tiny = tmp_path / "tiny.png"
    tiny.write_bytes(encoded.by_opencv(".png", np.zeros((3, 3, 3), np.uint8)))
    result = invoke("compare", tiny, *SAME, "--fail-on", "ssim<0.9")
    assert result.exit_code == 3
    assert result.stderr == f"{tiny}: cannot be judged, since the figure is unknown: ssim<0.9\n"


def test_the_conditions_that_hold_are_told_on_stderr(picture: Path) -> None:
    result = invoke("compare", picture, *OTHER_KERNEL, "--json", "--fail-on", "max_abs>0,mean_abs>99")
    assert result.stderr == f"{picture}: beyond the tolerance: max_abs>0\n"
    assert len(documents(result)) == 1


def test_json_has_its_published_form(picture: Path, broken: Path) -> None:
    schema = json.loads((Path(cli.__file__).parent / "schema" / "compare.json").read_text("utf-8"))
    for document in documents(invoke("compare", picture, broken, *OTHER_KERNEL, "--json")):
        jsonschema.validate(document, schema)


def test_json_holds_ssim_and_the_libraries_versions(picture: Path) -> None:
    (document,) = documents(invoke("compare", picture, *SAME, "--json"))
    assert document["difference"]["ssim"] == 1
    libraries = {library["module"]: library["version"] for library in document["environment"]["libraries"]}
    assert libraries["PIL"] == version("pillow")


def test_people_get_the_verdict_first_then_the_figures_with_their_units(picture: Path) -> None:
    lines = invoke("compare", picture, *OTHER_KERNEL).stdout.splitlines()
    assert lines[0] == f"{picture}: different   PNG 67x45"
    assert "levels on average" in lines[1]
    text = "\n".join(lines)
    assert "opencv.imdecode | opencv.resize(INTER_LINEAR, 224x224)\n     224x224x3 uint8 in " in text
    for words in ("after decode", "after resize", "final", "in levels", "PSNR", "dB", "SSIM", "largest at x "):
        assert words in text


def test_nothing_is_coloured_where_stdout_is_no_terminal(picture: Path) -> None:
    assert "\x1b" not in invoke("compare", picture, *OTHER_KERNEL).output


@pytest.mark.parametrize("name", ["[red]bold[red].png", "übergröße 写真.png", ":smile:.png"])
def test_names_are_shown_as_they_are(tmp_path: Path, picture: Path, name: str) -> None:
    path = picture.rename(tmp_path / name)
    assert invoke("compare", path, *SAME).stdout.startswith(f"{path}: identical")
    assert documents(invoke("compare", path, *SAME, "--json"))[0]["image"] == str(path)


def test_built_in_samples_have_addresses() -> None:
    result = invoke("compare", "sample:ramps", *SAME)
    assert result.exit_code == 0
    listed = invoke("samples").stdout
    assert all(f"sample:{sample.key}" in listed for sample in samples())


def test_own_presets_go_before_the_built_in_ones(picture: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        "[opencv]\nrecipe = 'opencv.imdecode'\nused_by = 'us'\n[mine]\nrecipe = 'pillow.open'\nused_by = 'me'\n"
    )
    (document,) = documents(invoke("compare", picture, "--b", "mine", "--presets", own, "--json"))
    assert document["a"]["recipe"] == "opencv.imdecode"
    assert document["b"]["recipe"] == "pillow.open"
    assert "mine  me" in invoke("recipes", "--presets", own).stdout
    assert invoke("code", "mine", "--presets", own).stdout == generate(parse_recipe("pillow.open"))


def test_code_is_the_generated_script_alone() -> None:
    result = invoke("code", "clip")
    assert (result.exit_code, result.stdout) == (0, generate(parse_recipe("clip")))
    assert invoke("code", "nonsense").exit_code == 2


def test_recipes_lists_every_preset() -> None:
    text = invoke("recipes").stdout
    assert all(f"{preset.name}  {preset.used_by}\n    {preset.recipe}\n" in text for preset in presets().values())


def test_operations_are_listed_and_shown_from_their_declarations() -> None:
    assert all(each.name in invoke("operations").stdout for each in operations())
    shown = invoke("operations", "opencv.resize").stdout
    assert all(option.help in shown and option.allowed in shown for option in operation("opencv.resize").options)
    assert "Default: INTER_LINEAR." in shown
    assert "opencv.imread" in invoke("operations", "opencv").stdout
    assert invoke("operations", "torch").exit_code == 2


def test_environment_names_libraries_versions_and_operations() -> None:
    text = invoke("environment").stdout
    assert "opencv" in text
    assert version("tensorflow") in text
    (document,) = documents(invoke("environment", "--json"))
    assert document["schema"] == "samepixels/environment/1"


def test_the_version_is_the_packages() -> None:
    assert invoke("--version").stdout == f"samepixels {__version__}\n"


def test_an_interruption_is_130(picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "run", interrupt)
    assert invoke("compare", picture).exit_code == 130
