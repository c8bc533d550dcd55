"""What a library's build says about the JPEG library inside it.

The same call decodes a JPEG with libjpeg-turbo in one build and with libjpeg 6b or 9 in another, and only libraries of
one family are bit-exact with each other. Nothing is guessed: None means that the build does not state it.
"""

import importlib
import re
from importlib.util import find_spec
from pathlib import Path

from .libraries import OPENCV, PILLOW, TENSORFLOW, Library, load


def jpeg_library(library: Library) -> str | None:
    """The JPEG library inside `library` such as "libjpeg-turbo 3.1.2", or None where the build does not state it.

    Imports the library, except TensorFlow. Raises `LibraryMissingError` where that fails.
    """
    if library is OPENCV:
        return _opencv_jpeg(load(OPENCV).getBuildInformation())
    if library is PILLOW:
        return _pillow_jpeg()
    if library is TENSORFLOW:
        return tensorflow_jpeg()
    return None


def _opencv_jpeg(build_information: str) -> str | None:
    line = re.search(r"^\s*JPEG:\s+(.+?)\s*$", build_information, re.MULTILINE)
    if line is None:
        return None
    turbo = re.search(r"libjpeg-turbo \(ver ([\d.]+)", line[1])
    return f"libjpeg-turbo {turbo[1]}" if turbo else line[1]


def _pillow_jpeg() -> str | None:
    load(PILLOW)
    features = importlib.import_module("PIL.features")
    if turbo := features.version_feature("libjpeg_turbo"):
        return f"libjpeg-turbo {turbo}"
    version = features.version_codec("jpg")
    return f"libjpeg {version}" if version else None


def tensorflow_jpeg() -> str | None:
    """TensorFlow's JPEG library, from the C header in the wheel that its decoder was compiled with; imports nothing.

    TensorFlow has no call that tells: `tf.sysconfig.get_build_info()` knows CUDA and compilers alone. The version is
    also a string in libtensorflow_cc.so, but a search through that gigabyte takes seconds.
    """
    spec = find_spec("tensorflow")
    if spec is None or not spec.submodule_search_locations:
        return None
    header = Path(spec.submodule_search_locations[0], "include", "external", "libjpeg_turbo", "jconfig.h")
    if not header.is_file():
        return None
    version = re.search(r"#define\s+LIBJPEG_TURBO_VERSION\s+([\d.]+)", header.read_text("utf-8", "replace"))
    return f"libjpeg-turbo {version[1]}" if version else None
