"""The true classes of a set of pictures: from their folders, from a CSV file, or from the names of ILSVRC2012's."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePath
from typing import TypeAlias

from ..errors import LabelError
from ..models.imagenet import CLASSES, synsets, validation_label

LabelOf: TypeAlias = Callable[[str], int | None]

FOLDERS, ILSVRC2012 = "folders", "ilsvrc2012"
MAX_CSV_BYTES = 50_000_000


def no_labels(_name: str) -> int | None:
    """The labels of a set of which nothing is known."""
    return None


def labels(where: str, names: Sequence[str], class_names: Sequence[str]) -> LabelOf:
    """The labels that `where` says: "folders", "ilsvrc2012", or the path of a CSV file.

    Raises `LabelError` where a file cannot be read, or names classes that `class_names` has not.
    """
    if where == ILSVRC2012:
        return validation_label
    if where == FOLDERS:
        return folder_labels(names, class_names).get
    try:
        data = Path(where).read_bytes()
    except OSError as error:
        raise LabelError(
            f"The labels {where} cannot be read: {error.strerror}.",
            f"Give a CSV file of names and classes, or {FOLDERS} or {ILSVRC2012}.",
        ) from error
    return csv_labels(where, data, class_names)


def folder_labels(names: Sequence[str], class_names: Sequence[str]) -> dict[str, int]:
    """The class of each picture by the folder that it lies in.

    A folder is called by its class' number, synset or name. Where none of the folders is, and the model has no names of
    its own, they count from 0 in the order of their names, as Keras' and torchvision's loaders have it.
    """
    folders = {name: PurePath(name).parent.name for name in names}
    if not all(folders.values()):
        without = next(name for name, folder in folders.items() if not folder)
        raise LabelError(
            f"{without} lies in no folder that could name its class.", "Give pictures as CLASS/picture.jpg."
        )
    distinct = sorted(set(folders.values()))
    if not class_names and not any(_number(folder, ()) is not None for folder in distinct):
        return {name: distinct.index(folder) for name, folder in folders.items()}
    numbers = {folder: class_number(folder, class_names) for folder in distinct}
    return {name: numbers[folder] for name, folder in folders.items()}


def csv_labels(name: str, data: bytes, class_names: Sequence[str]) -> LabelOf:
    """Labels from lines of `file,class`, with or without a heading; a file is found by its path or by its name alone.

    Raises `LabelError` naming the line that is wrong.
    """
    if len(data) > MAX_CSV_BYTES:
        raise LabelError(f"{name} has {len(data):,} bytes.", f"At most {MAX_CSV_BYTES:,} are read as labels.")
    try:
        rows = [row for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) if row]
    except (UnicodeDecodeError, csv.Error) as error:
        raise LabelError(f"{name} is no CSV file in UTF-8: {error}.", "Give lines of file,class.") from error
    found: dict[str, int] = {}
    for line, row in enumerate(rows, start=1):
        if len(row) < 2:
            raise LabelError(f"Line {line} of {name} has one column.", "Give lines of file,class.")
        number = _number(row[1].strip(), class_names)
        if number is None:
            if line == 1:  # a heading
                continue
            raise _unknown(row[1], f"line {line} of {name}")
        found[row[0].strip()] = number
    return _by_path_or_name(found)


def _by_path_or_name(found: Mapping[str, int]) -> LabelOf:
    by_name = {PurePath(path).name: number for path, number in found.items()}

    def label_of(name: str) -> int | None:
        return found.get(name, by_name.get(PurePath(name).name))

    return label_of


def class_number(text: str, class_names: Sequence[str]) -> int:
    """The number of the class that is called `text`: by number, ImageNet synset, or name; raises `LabelError`."""
    number = _number(text, class_names)
    if number is None:
        raise _unknown(text, "the set")
    return number


def _number(text: str, class_names: Sequence[str]) -> int | None:
    if text.isdecimal():
        number = int(text)
        return number if not class_names or number < len(class_names) else None
    if text in class_names:
        return class_names.index(text)
    if len(class_names) in (0, CLASSES) and text[:1] == "n" and text[1:].isdecimal():
        return synsets().get(text)
    lowered = [name.lower() for name in class_names]
    plain = text.lower().replace("_", " ")
    return lowered.index(plain) if plain in lowered else None


def _unknown(text: str, where: str) -> LabelError:
    return LabelError(
        f"{text!r} in {where} is no class of the model.",
        "Give its number from 0, its ImageNet synset such as n02123045, or its name.",
    )
