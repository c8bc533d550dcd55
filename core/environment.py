"""What this machine has: libraries, their versions, the JPEG library inside each, and the operations that follow."""

import os
import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from . import __version__
from .errors import LibraryMissingError
from .operations.builds import jpeg_library
from .operations.catalogue import libraries, library_of, operations
from .operations.libraries import OPENCV, TENSORFLOW, Library, load

NOT_STATED = "not stated by this build"


@dataclass(frozen=True)
class Distribution:
    """An installed package as `pip` knows it."""

    name: str
    version: str

    @property
    def requirement(self) -> str:
        """The line that installs just this version."""
        return f"{self.name}=={self.version}"


@dataclass(frozen=True)
class LibraryState:
    """A library as it is found here.

    `distribution` is None where it is not installed, or not as a package (a system's own build, whose version only a
    probe finds). `jpeg` is None where the build does not state it or was not asked. `problem` says in words why the
    operations cannot run, or is None.
    """

    title: str
    module: str
    distribution: Distribution | None
    version: str | None
    jpeg: str | None
    problem: str | None
    operations: tuple[str, ...]

    @property
    def available(self) -> bool:
        """Whether the operations can run, as far as it was looked into."""
        return self.problem is None


@dataclass(frozen=True)
class Environment:
    """Everything outside the recipes and the picture that a result may depend on."""

    samepixels: str
    python: str
    platform: str
    cpu: str
    cpu_count: int
    probed: bool
    libraries: tuple[LibraryState, ...]
    warnings: tuple[str, ...]

    def as_dict(self, *, operations: bool = True) -> dict[str, Any]:
        """The same as values that JSON knows, under the names in docs/json.md; without each library's `operations`."""
        states = [_state_dict(state) for state in self.libraries]
        if not operations:
            states = [{name: value for name, value in state.items() if name != "operations"} for state in states]
        return {
            "samepixels": self.samepixels,
            "python": self.python,
            "platform": self.platform,
            "cpu": self.cpu,
            "cpu_count": self.cpu_count,
            "libraries": states,
            "warnings": list(self.warnings),
        }


def _state_dict(state: LibraryState) -> dict[str, Any]:
    return {
        "title": state.title,
        "module": state.module,
        "distribution": state.distribution and state.distribution.name,
        "version": state.version,
        "jpeg": state.jpeg,
        "problem": state.problem,
        "operations": list(state.operations),
    }


def environment(*, probe: bool = False) -> Environment:
    """This machine's state.

    Without `probe` only packages' metadata are read (milliseconds): a library counts as available when it is installed.
    With it OpenCV and Pillow are imported (half a second), to ask for their JPEG library and to see that it works.
    TensorFlow, whose import takes ten seconds, is never imported.
    """
    return Environment(
        samepixels=__version__,
        python=platform.python_version(),
        platform=platform.platform(),
        cpu=_cpu(),
        cpu_count=os.cpu_count() or 1,
        probed=probe,
        libraries=(*(_state(library, probe=probe) for library in libraries()), _numpy_state()),
        warnings=tuple(_duplicate_opencv()),
    )


def installed(library: Library) -> Distribution | None:
    """The package that provides `library`, found without importing it; the usual one where there are several."""
    return next(iter(installed_distributions(library)), None)


def installed_distributions(library: Library) -> tuple[Distribution, ...]:
    """All installed packages that provide `library`'s module."""
    found = ((name, _version(name)) for name in library.distributions)
    return tuple(Distribution(name, number) for name, number in found if number is not None)


def installed_numpy() -> Distribution:
    """The numpy that does the arithmetic here."""
    return Distribution("numpy", version("numpy"))


def _version(distribution: str) -> str | None:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


def _state(library: Library, *, probe: bool) -> LibraryState:
    imported, problem = _imported(library) if probe and library is not TENSORFLOW else (None, _absence(library))
    distribution = installed(library)
    return LibraryState(
        title=library.title,
        module=_package(library),
        distribution=distribution,
        version=distribution.version if distribution else getattr(imported, "__version__", None),
        jpeg=jpeg_library(library) if imported or (library is TENSORFLOW and problem is None) else None,
        problem=problem,
        operations=tuple(each.name for each in operations() if library_of(each.name) is library),
    )


def _package(library: Library) -> str:
    return library.module.partition(".")[0]


def _absence(library: Library) -> str | None:
    """Why `library` cannot be used, as far as that shows without importing it."""
    if find_spec(_package(library)) is None:
        return f"{library.title} is not installed. {library.install_hint}"
    return None


def _imported(library: Library) -> tuple[ModuleType | None, str | None]:
    try:
        return load(library), None
    except LibraryMissingError as error:
        return None, str(error)


def _numpy_state() -> LibraryState:
    numpy = installed_numpy()
    return LibraryState(
        title="NumPy",
        module="numpy",
        distribution=numpy,
        version=numpy.version,
        jpeg=None,
        problem=None,
        operations=tuple(each.name for each in operations() if library_of(each.name) is None),
    )


def _duplicate_opencv() -> list[str]:
    names = [distribution.name for distribution in installed_distributions(OPENCV)]
    if len(names) < 2:
        return []
    both = " and ".join(names)
    remedy = f"Mend it with: pip uninstall {' '.join(names)}, then pip install {names[-1]}"
    return [f"{both} share one folder, cv2: removing either deletes files of the other. {remedy}"]


def _cpu() -> str:
    """The processor's name: Linux keeps it in /proc/cpuinfo, where `platform.processor` does not look."""
    facts = Path("/proc/cpuinfo")
    for line in facts.read_text("utf-8", "replace").splitlines() if facts.is_file() else ():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
