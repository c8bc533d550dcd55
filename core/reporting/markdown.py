"""A summary in Markdown, short enough for a pull request's comment."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..palette import VERDICT_MARKS
from ..tolerance import Condition

WORST = 5


def markdown(summary: dict[str, Any], judged: Mapping[str, int], conditions: Sequence[Condition]) -> str:
    """The answer first, then a line for each B, and the worst pictures."""
    lines = [f"### SamePixels: {_answer(judged)}", "", f"Beyond is {_code(', '.join(map(str, conditions)))}.", ""]
    lines += [f"A is {_code(summary['a'])}.", ""]
    lines += ["| B | pictures | identical | rounding | different | not compared | mean | max |"]
    lines += ["|---|--:|--:|--:|--:|--:|--:|--:|", *(_pair_line(pair) for pair in summary["pairs"]), ""]
    for pair in summary["pairs"]:
        if pair["worst"]:
            lines += [f"Worst against {_code(pair['b'])}:", "", "| picture | mean | max | bias |", "|---|--:|--:|--:|"]
            lines += [_worst_line(each) for each in pair["worst"][:WORST]]
            lines += [""]
    return "\n".join(lines)


def _answer(judged: Mapping[str, int]) -> str:
    total = sum(judged.values())
    if judged["beyond"]:
        return f"{judged['beyond']:,} of {total:,} comparisons are beyond the tolerance"
    if judged["unknown"]:
        return f"{judged['unknown']:,} of {total:,} comparisons could not be made"
    return f"all {total:,} comparisons are within the tolerance"


def _pair_line(pair: dict[str, Any]) -> str:
    counts = [f"{pair['verdicts'].get(verdict, 0):,}" for verdict in VERDICT_MARKS]
    finals = [group["difference"] for group in pair["totals"] if group["stage"] == "final"]
    most = max((each["max_abs_levels"] for each in finals), default=None)
    values = sum(each["values"] for each in finals)
    mean = sum(each["mean_abs_levels"] * each["values"] for each in finals) / values if values else None
    cells = [_code(pair["b"]), f"{sum(pair['verdicts'].values()):,}", *counts, _number(mean), _number(most)]
    return f"| {' | '.join(cells)} |"


def _worst_line(each: dict[str, Any]) -> str:
    figures = (_number(each[name]) for name in ("mean_abs_levels", "max_abs_levels", "bias_levels"))
    return f"| {_code(each['picture'])} | {' | '.join(figures)} |"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3g}"


def _code(text: str) -> str:
    """Text as it is; a bar would end a table's cell, and a backtick the code."""
    return f"`{text.replace('`', chr(39)).replace('|', chr(92) + '|')}`"
