"""The pictures that the report shows: A, B and their difference around the worst pixel, and the whole in small."""

from typing import Any

import pyarrow as pa

from ..compare import Comparison
from ..errors import SamePixelsError
from ..exporting.plots import last_compared
from ..image import Image
from ..png import png_bytes
from ..preview import preview, shown_range
from ..render import HeatmapSettings, heatmap
from .entries import Entry
from .job import Job
from .picture import Audited, Steps, comparisons
from .reading import read_entry

CROPS_SCHEMA = "samepixels/corpus-crops/1"
CROP_SIDE = 48
"""Pixels around the worst one: so few that each of them can be seen."""

THUMBNAIL_SIDE = 160

CROPS = pa.schema(
    [
        ("index", pa.int64()),
        ("recipe_b", pa.int32()),
        ("where", pa.string()),
        ("crop_xywh", pa.list_(pa.int32())),
        ("levels_at_full_colour", pa.float64()),
        ("thumbnail", pa.binary()),
        ("crop_a", pa.binary()),
        ("crop_b", pa.binary()),
        ("crop_difference", pa.binary()),
    ]
)


def draw_crops(job: Job, index: int, entry: Entry) -> Steps:
    """A row for each B that can be compared; none for a picture that can no longer be read.

    Raises `ProcessLostError` where stages are carried out in other processes and one is lost.
    """
    drawn = Audited([], [])
    try:
        source = read_entry(entry, job.limits)
    except SamePixelsError:
        return drawn

    def take(number: int, comparison: Comparison) -> None:
        if row := _row(comparison):
            drawn.rows.append({"index": index, "recipe_b": number, **row})

    yield from comparisons(job, source, take)
    return drawn


def _row(comparison: Comparison) -> dict[str, Any]:
    for trace in (comparison.a, comparison.b):
        trace.raise_lost()
    pair = last_compared(comparison)
    if pair is None:
        return {}
    x, y, _ = pair.outcome.statistics.max_at
    rows, columns = _around(y, pair.a.shape[0]), _around(x, pair.a.shape[1])
    shown = shown_range(pair.a, pair.b, pair.outcome.level)
    drawn = heatmap(pair.a, pair.b, HeatmapSettings(), level=pair.outcome.level, difference=pair.outcome.difference)
    crop = type(drawn)(drawn.indices[rows, columns], drawn.colormap, drawn.settings, drawn.gain)

    def cut(image: Image) -> bytes:
        return png_bytes(preview(image[rows, columns], shown))

    return {
        "where": pair.where,
        "crop_xywh": [columns.start, rows.start, columns.stop - columns.start, rows.stop - rows.start],
        "levels_at_full_colour": drawn.levels_at_full_colour,
        "thumbnail": png_bytes(preview(pair.a, shown, THUMBNAIL_SIDE)),
        "crop_a": cut(pair.a),
        "crop_b": cut(pair.b),
        "crop_difference": crop.png(),
    }


def _around(place: int, length: int) -> slice:
    """The part of a side around a place, moved inwards at the picture's borders."""
    side = min(CROP_SIDE, length)
    start = min(max(0, place - side // 2), length - side)
    return slice(start, start + side)
