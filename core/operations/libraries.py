"""Importing a library on first use, and saying what to do when that fails."""

import importlib
import os
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from ..errors import LibraryMissingError


@dataclass(frozen=True)
class Library:
    """A library behind operations: the module to import and the PyPI distributions that provide it, the usual first.

    `environment` holds variables and the values they get before the import, unless they are set already.
    """

    title: str
    module: str
    distributions: tuple[str, ...]
    environment: tuple[tuple[str, str], ...] = ()

    @property
    def install_hint(self) -> str:
        """The line that installs it."""
        return f"Install it with: pip install {self.distributions[0]}"


OPENCV = Library(
    "OpenCV",
    "cv2",
    ("opencv-python", "opencv-python-headless", "opencv-contrib-python", "opencv-contrib-python-headless"),
    # Its own lines on damaged files say less than the error that is raised.
    environment=(("OPENCV_LOG_LEVEL", "SILENT"),),
)
TENSORFLOW = Library(
    "TensorFlow",
    "tensorflow",
    ("tensorflow", "tensorflow-cpu"),
    # At level 2 it calls the absence of a GPU an error, and logs each damaged file, which is raised anyway.
    environment=(("TF_CPP_MIN_LOG_LEVEL", "3"),),
)
PILLOW = Library("Pillow", "PIL.Image", ("pillow",))

_DISPLAY_LIBRARIES_HINT = (
    "On Debian or Ubuntu install its system libraries with: apt-get install libgl1 libglib2.0-0 libxcb1 - "
    "or replace opencv-python by opencv-python-headless, which needs none (never install both)."
)


@cache
def load(library: Library) -> ModuleType:
    """The imported module; raises `LibraryMissingError` with the line that mends it.

    Threads may ask for one library at once: Python's import lock lets the first import it and the others wait.
    Modules are kept, since each stage asks for its own several times; what failed is tried again.
    """
    for name, value in library.environment:
        os.environ.setdefault(name, value)
    try:
        return importlib.import_module(library.module)
    except ModuleNotFoundError as error:
        if error.name != library.module.partition(".")[0]:
            raise LibraryMissingError(f"{library.title} cannot be imported: {error}.", library.install_hint) from error
        raise LibraryMissingError(f"{library.title} is not installed.", library.install_hint) from error
    except ImportError as error:
        hint = _DISPLAY_LIBRARIES_HINT if library is OPENCV else library.install_hint
        raise LibraryMissingError(f"{library.title} cannot be imported: {error}.", hint) from error
