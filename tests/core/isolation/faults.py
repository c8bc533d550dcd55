"""Stages that do what a fault in a library's native code does: operations for tests, of a library of their own."""

import os
import time

import numpy as np

from core.errors import StageError
from core.image import Image, as_image
from core.operations import catalogue
from core.operations.declaration import Choice, Integer, Operation, Snippet
from core.operations.libraries import Library
from core.operations.notes import note

LIBRARY = Library("Faults", "json", ("faults",))
MISSING = Library("Missing", "no_such_module", ("no-such-package",))


def fault(image: Image, *, kind: str, value: int) -> Image:
    """Adds `value` to the image after it has done what `kind` says."""
    match kind:
        case "abort":
            os.abort()
        case "bad_alloc":
            os.write(2, b"terminate called after throwing an instance of 'std::bad_alloc'\n")
            os.abort()
        case "hang":
            time.sleep(600)
        case "sleep":
            time.sleep(0.2)
        case "allocate":
            np.ones(8 << 30, np.uint8)
        case "refuse":
            raise StageError("It refuses.", "Ask another.")
        case "fail":
            raise ValueError("17 is wrong")
        case "note":
            note(f"{value} was noted.")
        case "large":
            return as_image(np.full((512, 512, 3), value, np.float32))
    return as_image(image + np.uint8(value))


def missing(image: Image) -> Image:
    """Is never reached: its library cannot be imported."""
    return image


def _snippet(**_: object) -> Snippet:
    return Snippet(())


KINDS = ("none", "abort", "bad_alloc", "hang", "sleep", "allocate", "refuse", "fail", "note", "large")
OPERATIONS = (
    Operation(
        name="faults.do",
        kind="cast",
        summary="Does what a fault does.",
        reference="",
        options=(
            Choice(name="kind", choices=KINDS, positional=True, help="Which.", reference=""),
            Integer(name="value", default=0, maximum=255, help="Is added.", reference=""),
        ),
        run=fault,
        snippet=_snippet,
    ),
    Operation(
        name="missing.do",
        kind="cast",
        summary="Cannot be done.",
        reference="",
        options=(),
        run=missing,
        snippet=_snippet,
    ),
)

ROWS: tuple[catalogue.Row, ...] = (
    *catalogue.ROWS,
    catalogue.Row("faults", __name__, LIBRARY),
    catalogue.Row("missing", __name__, MISSING),
)
"""The catalogue's rows with these."""
