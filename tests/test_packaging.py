"""The wheel `samepixels` asks for what the application's requirements.txt asks for, less the application's own."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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


def requirements(name: str) -> list[Requirement]:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]


def test_the_lock_has_what_the_application_asks_for_with_hashes() -> None:
    """`make lock` mends it."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    pins = re.findall(
        r"^([a-z0-9.-]+)==([^ ;]+)[^\n]*\n((?: +--hash=sha256:[0-9a-f]{64}[^\n]*\n)*)", text, re.MULTILINE
    )
    assert all(hashes for _, _, hashes in pins)
    assert len(pins) == text.count("==") - text.count(" == ")
    versions = [(name, version) for name, version, _ in pins]
    for asked in requirements("requirements.txt"):
        locked = [version for name, version in versions if name == canonicalize_name(asked.name)]
        assert locked, asked
        assert all(asked.specifier.contains(version) for version in locked), asked
