"""The wheel `samepixels` asks for what the application's requirements.txt asks for, less the application's own."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
APPLICATION_ONLY = ("streamlit", "cachetools")


def test_the_wheel_and_the_application_agree_on_the_libraries() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    wheel = {*project["dependencies"], *extras["opencv"], *extras["tensorflow"]}
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    application = {line for line in lines if line and not line.startswith("#")}
    assert wheel == {line for line in application if not line.startswith(APPLICATION_ONLY)}


def test_opencv_and_its_headless_twin_are_in_the_same_range() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert extras["opencv-headless"] == [extras["opencv"][0].replace("opencv-python", "opencv-python-headless")]
