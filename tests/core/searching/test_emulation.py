"""Every resize of the catalogue as numpy code, carried out in a process that has numpy alone."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from core.errors import StageError
from core.image import Image, as_image
from core.operations.catalogue import operations
from core.operations.declaration import Value
from core.operations.target_size import TargetSize
from core.pipeline import carry_out
from core.recipe import Stage, parse_stage
from core.searching import emulation
from core.searching.emulation import emulate_stage, resize_of
from core.searching.variants import variants

WITHIN_LEVELS = 0.02
SIZES = [((250, 187), (112, 112)), ((46, 35), (101, 16)), ((16, 90), (48, 30))]
RUNNER = """
import builtins, json, runpy, sys
import numpy as np
for number, (script, size) in enumerate(json.load(open(sys.argv[1]))):
    resize = runpy.run_path(script)["resize"]
    np.save(f"{script}.npy", resize(np.load(sys.argv[2]), *size))
print(sorted(set(sys.modules) & {"cv2", "PIL", "tensorflow", "core"}))
"""


def every_resize(size_wh: tuple[int, int]) -> list[Stage]:
    given: dict[str, Value] = {"size": TargetSize.exact(*size_wh), "preserve_aspect_ratio": False, "reducing_gap": 0.0}
    found = [each for operation in operations("resize") for each in variants(operation, given)]
    return [each for each in found if not {"align_corners", "half_pixel_centers"} <= set(_set_flags(each))]


def _set_flags(each: Stage) -> list[str]:
    return [name for name, value in each.options.items() if value is True]


def noise(size_wh: tuple[int, int], dtype: type) -> Image:
    values = np.random.default_rng(5).integers(0, 256, (size_wh[1], size_wh[0], 3))
    return as_image(values.astype(dtype))


@cache
def code_of(text: str, size_wh: tuple[int, int]) -> str | None:
    return emulate_stage(parse_stage(text), size_wh).code


@pytest.mark.parametrize(("size_wh", "target_wh"), SIZES)
def test_every_resize_whose_kernel_has_a_name_is_reproduced(
    size_wh: tuple[int, int], target_wh: tuple[int, int], tmp_path: Path
) -> None:
    stages = every_resize(target_wh)
    scripts = {tmp_path / f"{number}.py": each for number, each in enumerate(stages)}
    unknown = [str(each) for each in stages if code_of(str(each), size_wh) is None]
    # Enlarging one axis and shrinking the other, INTER_AREA gives the shrunk one two taps by a rule without a name.
    assert all("INTER_AREA" in text for text in unknown)
    jobs = []
    for path, each in scripts.items():
        if code := code_of(str(each), size_wh):
            path.write_text(code, "utf-8")
            jobs.append((str(path), target_wh))
    (tmp_path / "jobs.json").write_text(json.dumps(jobs), "utf-8")
    picture = noise(size_wh, np.float32)
    np.save(tmp_path / "picture.npy", picture)
    command = [sys.executable, "-c", RUNNER, str(tmp_path / "jobs.json"), str(tmp_path / "picture.npy")]
    result = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert result.stdout.strip() == "[]"
    for script, _ in jobs:
        wanted = carry_out(scripts[Path(script)], picture).image
        made = np.load(f"{script}.npy")
        np.testing.assert_allclose(made, wanted, rtol=0, atol=WITHIN_LEVELS, err_msg=str(scripts[Path(script)]))


@pytest.mark.parametrize(
    ("text", "right_pct"),
    [
        ("opencv.resize(INTER_NEAREST, 60x47)", 100),
        ("opencv.resize(INTER_LINEAR_EXACT, 60x47)", 100),
        ("opencv.resize(INTER_AREA, 60x47)", 99.9),
        ("opencv.resize(INTER_CUBIC, 60x47)", 99.9),
        ("opencv.resize(INTER_LINEAR, 60x47)", 85),
        ("pillow.resize(BICUBIC, 60x47)", 99.9),
        ("pillow.resize(LANCZOS, 60x47)", 99.9),
    ],
)
def test_integer_arithmetic_is_reproduced_where_it_is_known(text: str, right_pct: float) -> None:
    code = code_of(text, (90, 71))
    assert code is not None
    picture = noise((90, 71), np.uint8)
    made, wanted = resize_of(code)(picture, 60, 47), carry_out(parse_stage(text), picture).image
    assert made.dtype == np.uint8
    np.testing.assert_allclose(made, wanted.astype(int), rtol=0, atol=1)
    assert 100 * np.mean(made == wanted) >= right_pct


def test_the_rule_is_written_out() -> None:
    code = code_of("pillow.resize(BICUBIC, 60x47)", (90, 71))
    assert code is not None
    for words in (
        "# pillow.resize(BICUBIC, 60x47), in numpy alone",
        '"""The weights of keys-cubic with a = -0.50, a row for each output pixel."""',
        "# half-pixel positions, pixel 0 centred at 0",
        "stretch = max(size_in / size_out, 1.0)  # widens when shrinking",
        "# nothing beyond the edge",
        "along_x = np.clip(np.floor(along_x + 0.5), 0, 255)",
    ):
        assert words in code


def test_the_code_runs_as_a_script(tmp_path: Path) -> None:
    code = code_of("opencv.resize(INTER_LINEAR_EXACT, 60x47)", (90, 71))
    assert code is not None
    (tmp_path / "resize.py").write_text(code, "utf-8")
    picture = noise((90, 71), np.uint8)
    np.save(tmp_path / "in.npy", picture)
    command = [sys.executable, "-I", "resize.py", "in.npy", "out.npy", "60", "47"]
    subprocess.run(command, cwd=tmp_path, check=True)
    np.testing.assert_array_equal(np.load(tmp_path / "out.npy"), resize_of(code)(picture, 60, 47))
    assert subprocess.run(command[:3], cwd=tmp_path, capture_output=True, check=False).returncode != 0


def test_an_unknown_kernel_is_said_so() -> None:
    found = emulate_stage(parse_stage("opencv.resize(INTER_AREA, 101x16)"), (46, 35))
    assert found.code is None
    assert found.reason == (
        "No rule can be written for opencv.resize(INTER_AREA, 101x16) at these sizes: its kernel is box and unknown."
    )


def test_what_cannot_be_measured_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(stage: Stage, size_wh: tuple[int, int]) -> None:
        raise StageError(f"{stage} gives no numbers for {size_wh}.")

    monkeypatch.setattr(emulation, "measure_stage", refuse)
    found = emulate_stage(parse_stage("opencv.resize(INTER_AREA, 10x16)"), (46, 35))
    assert found.code is None
    assert "cannot be measured: opencv.resize(INTER_AREA, 10x16) gives no numbers for (46, 35)." in found.reason
