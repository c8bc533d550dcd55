"""Figures as rows of bars: of each channel, and after each stage."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..compare import Comparison, Incomparable, Outcome, Verdict
from ..image import CHANNEL_NAMES
from ..palette import CHANNEL_ROLES, VERDICT_MARKS, Role
from ..statistics import Statistics
from ..words import percent
from .plot import Axis, Panel, Plot, Rows
from .wording import number, signed

TEXT_ROOM = 1.45
"""How far an axis reaches beyond the longest bar, which has its figure written behind it."""


@dataclass(frozen=True)
class _Measure:
    """A figure and how to show it; `of` takes the statistics and the size of a level."""

    title: str
    unit: str
    of: Callable[[Statistics, float], float]
    text: Callable[[float], str] = number


_BIAS = _Measure("mean B − A (bias)", "levels", lambda figures, level: figures.bias / level, signed)
_MEAN = _Measure("mean |B − A|", "levels", lambda figures, level: figures.mean_abs / level)
_MAX = _Measure("largest |B − A|", "levels", lambda figures, level: figures.max_abs / level)
_RMSE = _Measure("RMSE", "levels", lambda figures, level: figures.rmse / level)
_SHARE = _Measure("values that differ", "%", lambda figures, _: figures.differing_values_pct, percent)


@dataclass(frozen=True)
class _Row:
    """A name, and the figures where there are any."""

    name: str
    colour: Role
    figures: Statistics | None
    level: float = 1.0


def channels_plot(statistics: Statistics, where: str, *, level: float = 1.0) -> Plot:
    """Bias, mean, root mean square and maximum of each channel, in levels."""
    rows = [_Row("all", "neutral", statistics, level)]
    if len(statistics.channels) > 1:
        names = CHANNEL_NAMES[len(statistics.channels)]
        rows += [
            _Row(name, CHANNEL_ROLES[name], each, level) for name, each in zip(names, statistics.channels, strict=True)
        ]
    panels = _panels((_MEAN, _RMSE, _MAX, _BIAS), rows)
    counted = f"{statistics.values:,} values, of which {percent(statistics.differing_values_pct)} differ"
    return Plot("channels", f"B against A in each channel {where}", counted, panels, (1000, 130 + 34 * len(rows)))


def stages_plot(comparison: Comparison) -> Plot:
    """Mean, maximum, bias and share of values that differ after each pair of stages, and at the end."""
    named = [(checkpoint.name, checkpoint.outcome) for checkpoint in comparison.checkpoints]
    rows = [_stage_row(name, outcome) for name, outcome in [*named, ("at the end", comparison.final)]]
    panels = _panels((_MEAN, _MAX, _BIAS, _SHARE), rows)
    return Plot("stages", "B against A after each stage", _key(rows), panels, (1000, 130 + 34 * len(rows)))


def _stage_row(name: str, outcome: Outcome) -> _Row:
    text = f"{name} {VERDICT_MARKS[outcome.verdict].character}"
    if isinstance(outcome, Incomparable):
        return _Row(text, "incomparable", None)
    return _Row(text, outcome.verdict, outcome.statistics, outcome.level)


def _key(rows: Sequence[_Row]) -> str:
    """What the marks behind the stages' names mean."""
    meanings: dict[Verdict, str] = {
        "identical": "identical",
        "rounding": "1 level at most",
        "different": "different",
        "incomparable": "cannot be compared",
    }
    used = [verdict for verdict in meanings if verdict in {row.colour for row in rows}]
    return "   ".join(f"{VERDICT_MARKS[verdict].character} {meanings[verdict]}" for verdict in used)


def _panels(measures: Sequence[_Measure], rows: Sequence[_Row]) -> tuple[Panel, ...]:
    return tuple(_panel(measure, rows, is_first=index == 0) for index, measure in enumerate(measures))


def _panel(measure: _Measure, rows: Sequence[_Row], *, is_first: bool) -> Panel:
    values = [None if row.figures is None else measure.of(row.figures, row.level) for row in rows]
    known = [value for value in values if value is not None]
    texts = ["" if value is None else measure.text(value) for value in values]
    names = tuple(row.name if is_first else "" for row in rows)
    return Panel(
        Axis(measure.unit, row_limits(known)),
        Axis("", (len(rows) - 0.4, -0.6), categories=names),
        (Rows(tuple(values), tuple(texts), tuple(row.colour for row in rows)),),
        title=measure.title,
    )


def row_limits(values: Sequence[float]) -> tuple[float, float]:
    """From zero, or symmetric around it where a value is negative; 1 where there is nothing."""
    reach = TEXT_ROOM * max((abs(value) for value in values), default=0.0) or 1.0
    return (-reach if any(value < 0 for value in values) else 0.0, reach)
