"""Small pictures for the table: the whole, and A, B and their difference around the pixel that differs most."""

import base64
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pyarrow.parquet as pq

from core.auditing.crops import draw_crops
from core.auditing.picture import to_the_end
from core.errors import ProcessLostError, SourceError
from core.operations.libraries import TENSORFLOW
from ui.cached import DRAWINGS
from ui.corpus.audit import Audit, Record
from ui.warming import WARMING

NAMES = ("thumbnail", "crop_a", "crop_b", "crop_difference")
_ALTERNATIVES = ("the picture, small", "A around the worst pixel", "B around the worst pixel", "B − A there")

Drawn = Mapping[tuple[int, int], Record]


def drawn_crops(audit: Audit) -> Drawn:
    """What the audit has drawn of its worst pictures, by number of B and index."""
    if not audit.folder.crops_file.exists():
        return {}
    rows = pq.read_table(BytesIO(audit.folder.crops_file.read_bytes())).to_pylist()
    return {(row["recipe_b"], row["index"]): row for row in rows}


def can_draw(audit: Audit) -> bool:
    """Whether the recipes can be run now: not while TensorFlow, which they need, is still being imported."""
    return WARMING.is_done or TENSORFLOW not in audit.job.libraries


def crops_html(audit: Audit, row: Record, drawn: Drawn, *, may_draw: bool) -> str:
    """Four small pictures, or what they will be once they are drawn; empty where there is nothing to draw."""
    crops: Mapping[str, Any] | None = drawn.get((row["recipe_b"], row["index"])) or _kept(audit, row)
    if crops is None and may_draw and row["verdict"] != "incomparable":
        crops = _made(audit, row)
    if not crops:
        return '<span class="sp-crop"></span>' * len(NAMES)
    return "".join(_image_html(crops[name], words) for name, words in zip(NAMES, _ALTERNATIVES, strict=True))


def is_drawn(audit: Audit, row: Record, drawn: Drawn) -> bool:
    """Whether nothing is left to do for a row's pictures."""
    is_here = (row["recipe_b"], row["index"]) in drawn or _kept(audit, row) is not None
    return is_here or row["verdict"] == "incomparable"


def _image_html(data: bytes, words: str) -> str:
    if not data:
        return '<span class="sp-crop"></span>'
    return f'<img class="sp-crop" alt="{words}" src="data:image/png;base64,{base64.b64encode(data).decode()}">'


def _key(audit: Audit, row: Record, name: str) -> tuple[str, ...]:
    return (str(row["sha256"]), str(audit.job.a), str(audit.job.bs[row["recipe_b"]]), name)


def _kept(audit: Audit, row: Record) -> dict[str, bytes] | None:
    found = {name: DRAWINGS.get(_key(audit, row, name)) for name in NAMES}
    return (
        {name: data for name, data in found.items() if data is not None}
        if all(data is not None for data in found.values())
        else None
    )


def _made(audit: Audit, row: Record) -> dict[str, bytes] | None:
    """Draws the pictures, and keeps them; empty ones where the picture is gone, or may not be read.

    None where a process was lost at it.
    """
    try:
        crops = to_the_end(draw_crops(audit.job, row["index"], audit.entry(row["index"]))).rows
    except SourceError:
        crops = []
    except ProcessLostError:  # which another try may not meet
        return None
    made = next((each for each in crops if each["recipe_b"] == row["recipe_b"]), dict.fromkeys(NAMES, b""))
    for name in NAMES:
        DRAWINGS.put(_key(audit, row, name), made[name])
    return {name: made[name] for name in NAMES}
