"""What stages make of a file's bytes or of an array, in one call."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from core.image import Image, as_image
from core.pipeline import carry_out
from core.recipe import parse_stage

_PHOTOGRAPHS = {
    "china": ("sklearn", "datasets/images/china.jpg"),
    "flower": ("sklearn", "datasets/images/flower.jpg"),
    "rocket": ("skimage", "data/rocket.jpg"),
    "retina": ("skimage", "data/retina.jpg"),
}


def make(stages: str, given: bytes | npt.NDArray[Any]) -> Image:
    """The image after the last of `stages`, which are written as in a recipe; they need not begin with a decode."""
    made = given if isinstance(given, bytes) else as_image(given.copy())
    for text in stages.split("|"):
        made = carry_out(parse_stage(text), made).image
    assert not isinstance(made, bytes)
    return made


def bytes_of(values: npt.ArrayLike) -> npt.NDArray[np.uint8]:
    """`values` as uint8."""
    return np.asarray(values, np.uint8)


def floats_of(values: npt.ArrayLike) -> npt.NDArray[np.float32]:
    """`values` as float32."""
    return np.asarray(values, np.float32)


def notes(stage: str, given: bytes | npt.NDArray[Any]) -> tuple[str, ...]:
    """The remarks that one stage makes."""
    return carry_out(parse_stage(stage), given).notes


def signed(a: Image, b: Image) -> npt.NDArray[np.float64]:
    """b - a, in floats, so that nothing wraps around."""
    return b.astype(np.float64) - a.astype(np.float64)


def photograph(name: str) -> bytes:
    """A JPEG that scikit-learn or scikit-image is installed with; neither is imported."""
    package, path = _PHOTOGRAPHS[name]
    spec = find_spec(package)
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0], path).read_bytes()
