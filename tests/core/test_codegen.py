import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from core import codegen
from core.codegen import generate, merged_imports
from core.pipeline import run
from core.presets import parse_recipe, presets
from core.recipe import Recipe, Stage
from core.source import read_source
from tests.core import encoded, run_generated
from tests.core.catalogue_cover import cover, recipes_to

ROOT = Path(__file__).parents[2]
COVER = cover()

Result = tuple[npt.NDArray[Any], Path]
"""What the core made, and where a generated script should have saved the same."""


def pictures() -> dict[str, bytes]:
    """Files for which decoders' options matter: chroma upsampling, orientation, depth, alpha, damage, frames, size."""
    photo = encoded.by_pillow(encoded.picture(), "JPEG", quality=90, subsampling="4:2:0", exif=encoded.exif(6))
    return {
        "photo.jpg": photo,
        "grey.jpg": encoded.by_pillow(encoded.picture("L"), "JPEG", quality=90),
        "cut.jpg": photo[: len(photo) * 3 // 4],
        "tiny.png": encoded.by_opencv(".png", encoded.rgb(20, 16)),
        "alpha.png": encoded.by_pillow(encoded.picture("RGBA"), "PNG"),
        "deep.png": encoded.by_opencv(".png", encoded.rgb().astype(np.uint16) * 257 + 3),
        "moving.gif": encoded.animation("GIF"),
    }


def python(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """A new Python that finds nothing of this checkout."""
    return subprocess.run([sys.executable, "-I", *arguments], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("generated")
    for name, data in pictures().items():
        (made / name).write_bytes(data)
    return made


@pytest.fixture(scope="module")
def results(folder: Path) -> Mapping[Recipe, list[Result]]:
    """Every recipe of the cover and every preset on every picture that it can read, through the core and as code."""
    sources = [read_source(name, data) for name, data in pictures().items()]
    recipes = [*(recipe for stage in COVER for recipe in recipes_to(stage)), *(p.recipe for p in presets().values())]
    made: dict[Recipe, list[Result]] = {recipe: [] for recipe in recipes}
    jobs = []
    for number, recipe in enumerate(made):
        script = folder / f"pipeline_{number}.py"
        script.write_text(generate(recipe), "utf-8")
        for source in sources:
            if (image := run(source, recipe).image) is not None:
                output = folder / f"{number}_{source.name}.npy"
                made[recipe].append((image, output))
                jobs.append((str(script), str(folder / source.name), str(output)))
    (folder / "jobs.json").write_text(json.dumps(jobs), "utf-8")
    ended = python(run_generated.__file__, folder / "jobs.json", folder=folder)
    assert ended.returncode == 0, ended.stderr
    return made


def assert_same_bits(found: list[Result]) -> None:
    for image, output in found:
        error = output.with_suffix(".error")
        assert not error.exists(), error.read_text("utf-8")
        loaded = np.load(output)
        assert loaded.dtype == image.dtype
        np.testing.assert_array_equal(loaded, image)


@pytest.mark.parametrize("stage", COVER, ids=str)
def test_generated_code_gives_the_same_bits(stage: Stage, results: Mapping[Recipe, list[Result]]) -> None:
    found = [result for recipe in recipes_to(stage) for result in results[recipe]]
    assert found, "no picture of this test can be read or processed by this stage"
    assert_same_bits(found)


@pytest.mark.parametrize("name", presets())
def test_presets_as_code_give_the_same_bits(name: str, results: Mapping[Recipe, list[Result]]) -> None:
    found = results[presets()[name].recipe]
    assert found
    assert_same_bits(found)


@pytest.mark.usefixtures("results")
def test_generated_code_is_formatted_and_has_no_idle_import(folder: Path) -> None:
    scripts = [str(path) for path in sorted(folder.glob("pipeline_*.py"))]
    for command in (["format", "--check"], ["check", "--select=E4,E7,E9,F,I,W"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--isolated", "--no-cache", "--line-length=120", *scripts]
        ended = subprocess.run(ruff, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stdout


BLOCK_IMPORTS = """
import runpy, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in sys.argv[1].split(","):
            raise ModuleNotFoundError(f"{name} is blocked", name=name)

sys.meta_path.insert(0, Blocked())
sys.argv = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.mark.parametrize(
    ("preset", "blocked"),
    [
        ("opencv", "PIL,tensorflow,keras,core,samepixels"),
        ("pillow", "cv2,tensorflow,keras,core,samepixels"),
        ("tensorflow-v1", "cv2,PIL,core,samepixels"),
    ],
)
def test_code_imports_only_the_libraries_of_its_recipe(preset: str, blocked: str, folder: Path) -> None:
    recipe = parse_recipe(preset)
    script, output = folder / f"alone_{preset}.py", folder / f"alone_{preset}.npy"
    script.write_text(generate(recipe), "utf-8")
    ended = python("-c", BLOCK_IMPORTS, blocked, script, "photo.jpg", output, folder=folder)
    assert ended.returncode == 0, ended.stderr
    image = run(read_source("photo.jpg", pictures()["photo.jpg"]), recipe).image
    assert image is not None
    np.testing.assert_array_equal(np.load(output), image)


def test_the_script_says_how_it_is_used(folder: Path) -> None:
    script = folder / "usage.py"
    script.write_text(generate(parse_recipe("opencv")), "utf-8")
    ended = python(script, folder=folder)
    assert (ended.returncode, ended.stderr) == (1, f"Usage: python {script} picture.jpg out.npy\n")


def test_code_states_its_recipe_and_pins_what_it_was_tested_with() -> None:
    lines = generate(parse_recipe("opencv")).splitlines()
    assert lines[0] == "# opencv.imdecode | opencv.resize(INTER_LINEAR, 224x224)"
    assert lines[1].startswith("# Tested with: opencv-python")
    assert f"numpy=={np.__version__}" in lines[1]
    assert "tensorflow" not in lines[1]


def test_a_library_that_is_no_package_here_is_named_without_a_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codegen, "installed", lambda _: None)
    assert "\n# Tested with: pillow (version unknown) numpy==" in generate(parse_recipe("pillow"))


def test_the_file_is_read_only_where_its_bytes_are_wanted() -> None:
    assert "data = Path(path).read_bytes()" in generate(parse_recipe("opencv.imdecode"))
    assert "Path" not in generate(parse_recipe("opencv.imread"))


def test_imports_are_merged_and_sorted() -> None:
    lines = ["import numpy as np", "from PIL import ImageOps", "import sys", "import math", "from PIL import Image"]
    merged = "import math\nimport sys\n\nimport numpy as np\nfrom PIL import Image, ImageOps"
    assert merged_imports([*lines, *lines]) == merged
