"""The wheel `samepixels` asks for what the application's requirements.txt asks for, less the application's own."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
APPLICATION_ONLY = ("streamlit", "cachetools")
COMPARED_AND_RUN = ("opencv", "tensorflow", "onnx", "litert", "corpus")


def test_the_wheel_and_the_application_agree_on_the_libraries() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    wheel = {*project["dependencies"], *(line for name in COMPARED_AND_RUN for line in extras[name])}
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    application = {line for line in lines if line and not line.startswith("#")}
    assert wheel == {line for line in application if not line.startswith(APPLICATION_ONLY)}


def test_opencv_and_its_headless_twin_are_in_the_same_range() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert extras["opencv-headless"] == [extras["opencv"][0].replace("opencv-python", "opencv-python-headless")]


def test_the_core_works_under_the_name_that_it_is_installed_by(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "core", tmp_path / "samepixels")
    script = """
import importlib, pkgutil, samepixels
for module in pkgutil.walk_packages(samepixels.__path__, "samepixels."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True)
