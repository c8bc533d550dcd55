"""The matrix of an atlas: every way against every other, classes as blocks."""

from collections.abc import Sequence

import numpy as np

from ..surveying.naming import short_name
from ..surveying.survey import Atlas, Distances
from .plot import Axis, Curve, Matrix, Numbers, Panel, Plot, Targets
from .wording import number

ROW_PX = 16
FRAME_PX = 170
LABELS_PX = 330


def atlas_plot(atlas: Atlas, distances: Distances, chosen: tuple[int, int] | None = None) -> Plot:
    """`distances` of all ways, rows against columns, numbered by class; the `chosen` row and column are marked."""
    count = len(atlas.ways)
    numbers = {member: index for index, members in enumerate(atlas.classes, start=1) for member in members}
    names = tuple(f"{short_name(atlas.ways[member][0])}  {numbers[member]}" for member in range(count))
    heads = tuple(str(numbers[member]) if numbers[member] != numbers.get(member - 1) else "" for member in range(count))
    panel = Panel(
        Axis("class", (-0.5, count - 0.5), categories=heads),
        Axis("", (count - 0.5, -0.5), categories=names),
        (
            Matrix(distances.values, atlas.within if distances is atlas.distances[0] else 0.0, distances.unit),
            _outlines(atlas.classes),
            *([_mark(*chosen)] if chosen else []),
            _targets(atlas, distances),
        ),
    )
    title = f"{distances.title.capitalize()}, all against all"
    size = (LABELS_PX + ROW_PX * count, FRAME_PX + ROW_PX * count)
    return Plot("atlas", title, atlas.subject, (panel,), (max(size[0], 700), size[1]))


def _outlines(classes: Sequence[range]) -> Curve:
    """A square around each class of two or more, one after the other with gaps between them."""
    x: list[float] = []
    y: list[float] = []
    for members in classes:
        if len(members) > 1:
            low, high = members[0] - 0.5, members[-1] + 0.5
            x += [low, high, high, low, low, np.nan]
            y += [low, low, high, high, low, np.nan]
    return Curve(np.array(x), np.array(y), "text")


def _mark(row: int, column: int) -> Curve:
    """A square around one cell."""
    x = column + np.array([-0.5, 0.5, 0.5, -0.5, -0.5])
    return Curve(x, row + np.array([-0.5, -0.5, 0.5, 0.5, -0.5]), "accent")


def _targets(atlas: Atlas, distances: Distances) -> Targets:
    count = len(atlas.ways)
    rows, columns = (each.ravel() for each in np.mgrid[:count, :count])
    names = [short_name(way[0]) for way in atlas.ways]
    texts = [
        f"{names[row]} against {names[column]}: {_figure(distances, row, column)}"
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
    ]
    return Targets(_numbers(columns), _numbers(rows), texts)


def _numbers(values: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> Numbers:
    return values.astype(np.float64)


def _figure(distances: Distances, row: int, column: int) -> str:
    value = float(distances.values[row, column])
    return "cannot be compared" if np.isnan(value) else f"{number(value)} {distances.unit}"
