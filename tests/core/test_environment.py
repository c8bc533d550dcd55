import importlib.util
import json
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from core import environment as environment_module
from core.environment import Environment, LibraryState, environment, installed
from core.errors import LibraryMissingError
from core.operations import builds
from core.operations.builds import jpeg_library
from core.operations.libraries import OPENCV, PILLOW, TENSORFLOW, Library


def state(found: Environment, title: str) -> LibraryState:
    return next(each for each in found.libraries if each.title == title)


def test_each_library_has_its_version_and_its_operations() -> None:
    found = environment()
    assert [each.title for each in found.libraries] == ["OpenCV", "TensorFlow", "Pillow", "NumPy"]
    assert state(found, "Pillow").version == version("pillow")
    assert "tensorflow_v1.resize" in state(found, "TensorFlow").operations
    assert "crop.center" in state(found, "NumPy").operations
    assert all(each.available for each in found.libraries)


def test_nothing_is_imported_without_a_probe_and_tensorflow_never() -> None:
    script = (
        "import json, sys\nfrom core.environment import environment\n"
        "heavy = lambda: sorted(set(sys.modules) & {'cv2', 'PIL', 'tensorflow', 'numba'})\n"
        "environment(); quick = heavy()\nenvironment(probe=True); print(json.dumps([quick, heavy()]))"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(ended.stdout) == [[], ["PIL", "cv2"]]


@pytest.mark.parametrize("library", [OPENCV, TENSORFLOW, PILLOW], ids=lambda library: library.title)
def test_the_wheels_on_pypi_hold_libjpeg_turbo(library: Library) -> None:
    stated = jpeg_library(library)
    assert stated is not None
    assert stated.startswith("libjpeg-turbo ")


def test_tensorflow_contains_the_version_that_its_header_states() -> None:
    """The header is only trusted because the compiled library holds the same version's text."""
    stated = builds.tensorflow_jpeg()
    assert stated is not None
    spec = importlib.util.find_spec("tensorflow")
    assert spec is not None
    assert spec.submodule_search_locations
    name, number = stated.split()
    wanted = f"{name} version {number} ".encode()
    compiled = Path(spec.submodule_search_locations[0]).glob("libtensorflow_*.so*")
    assert any(holds(path, wanted) for path in compiled)


def holds(path: Path, wanted: bytes) -> bool:
    """Whether a file of a gigabyte holds `wanted`, read in blocks that overlap."""
    rest = b""
    with path.open("rb") as file:
        while block := file.read(1 << 24):
            if wanted in rest + block:
                return True
            rest = block[-len(wanted) :]
    return False


@pytest.mark.parametrize(
    ("line", "stated"),
    [
        ("    JPEG:                        build-libjpeg-turbo (ver 3.1.2-70)", "libjpeg-turbo 3.1.2"),
        ("    JPEG:      libjpeg-turbo (ver 2.1.3-62)", "libjpeg-turbo 2.1.3"),
        ("    JPEG:   /usr/lib/x86_64-linux-gnu/libjpeg.so (ver 62)", "/usr/lib/x86_64-linux-gnu/libjpeg.so (ver 62)"),
        ("    JPEG 2000:   build (ver 2.5.3)", None),
    ],
)
def test_opencv_is_quoted_where_it_names_no_libjpeg_turbo(line: str, stated: str | None) -> None:
    assert builds._opencv_jpeg(f"  Media I/O:\n{line}\n    WEBP:  build\n") == stated


def test_a_library_that_is_missing_is_named_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*_: object) -> None:
        return None

    def unknown(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(environment_module, "find_spec", absent)
    monkeypatch.setattr(environment_module, "version", lambda name: "2.4" if name == "numpy" else unknown(name))
    found = state(environment(), "TensorFlow")
    assert (found.distribution, found.version, found.jpeg, found.available) == (None, None, None, False)
    assert found.problem == "TensorFlow is not installed. Install it with: pip install tensorflow"


def test_a_library_that_cannot_be_imported_is_reported_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(library: Library) -> None:
        raise LibraryMissingError(
            f"{library.title} cannot be imported: libGL.so.1 is missing.", "apt-get install libgl1"
        )

    monkeypatch.setattr(environment_module, "load", broken)
    found = state(environment(probe=True), "OpenCV")
    assert found.problem == "OpenCV cannot be imported: libGL.so.1 is missing. apt-get install libgl1"
    assert found.jpeg is None


def test_both_builds_of_opencv_together_are_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment_module, "version", lambda _: "5.0.0.93")
    warning = environment().warnings[0]
    assert "opencv-python and opencv-python-headless" in warning
    assert "share one folder" in warning


def test_one_build_of_opencv_is_no_warning() -> None:
    assert environment().warnings == ()


def test_a_systems_own_build_is_found_without_a_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment_module, "installed", lambda _: None)
    found = state(environment(probe=True), "Pillow")
    assert (found.distribution, found.version, found.problem) == (None, version("pillow"), None)


def test_the_installed_package_is_the_one_that_provides_the_module() -> None:
    found = installed(PILLOW)
    assert found is not None
    assert found.requirement == f"pillow=={version('pillow')}"


def test_as_dict_is_json_with_or_without_the_operations() -> None:
    found = environment(probe=True)
    assert json.loads(json.dumps(found.as_dict(), allow_nan=False)) == found.as_dict()
    assert "operations" in found.as_dict()["libraries"][0]
    assert "operations" not in found.as_dict(operations=False)["libraries"][0]
