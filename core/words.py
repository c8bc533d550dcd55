"""The verdict as sentences that a colleague could read aloud."""

from .compare import Checkpoint, Comparison, Different, Incomparable, Outcome, Same

NEGLIGIBLE_BIAS_LEVELS = 0.05


def sentence(comparison: Comparison) -> str:
    """What came of A against B, and at which stage the difference begins."""
    final = comparison.final
    if isinstance(final, Incomparable):
        return final.reason
    return f"{_result(final)} {_origin(comparison)}".strip()


def _result(final: Same | Different) -> str:
    figures = final.statistics
    if isinstance(final, Same):
        return f"A and B see the same pixels: all {figures.values:,} values are identical."
    share = percent(figures.differing_values_pct)
    if final.verdict == "rounding":
        return f"Rounding alone: {share} of the values differ, none by more than 1 level."
    largest, mean = (levels(value / final.level) for value in (figures.max_abs, figures.mean_abs))
    return f"{_brightness(figures.bias / final.level)} values differ by {mean} on average, at most by {largest}."


def _brightness(bias_levels: float) -> str:
    if abs(bias_levels) < NEGLIGIBLE_BIAS_LEVELS:
        return "B is as bright as A, but"
    return f"B is {'brighter' if bias_levels > 0 else 'darker'} by {levels(abs(bias_levels))};"


def _origin(comparison: Comparison) -> str:
    """Where the first difference appears among the stages that both sides have, and what was equal before it."""
    outcomes = [(_stage_kind(checkpoint), checkpoint.outcome) for checkpoint in comparison.checkpoints]
    first = next((index for index, (_, outcome) in enumerate(outcomes) if not isinstance(outcome, Same)), None)
    if isinstance(comparison.final, Same):
        return "" if first is None else f"They differ after the {outcomes[first][0]}, and agree again at the end."
    if first is None or len(outcomes) < 2:
        return ""
    if first > 0:
        return f"Up to the {outcomes[first - 1][0]} both are identical; the {outcomes[first][0]} makes the difference."
    return f"It begins in the {outcomes[0][0]}{_amount(outcomes[0][1])}."


def _stage_kind(checkpoint: Checkpoint) -> str:
    return checkpoint.a.stage.operation.kind


def _amount(outcome: Outcome) -> str:
    if not isinstance(outcome, Different):
        return ""
    return f", which alone makes {levels(outcome.statistics.mean_abs / outcome.level)} on average"


def levels(value: float) -> str:
    """`value` in levels with its unit, to a precision that fits its size: "0.66 levels", "14 levels", "1 level"."""
    if value == int(value) or value >= 100:
        text = f"{value:,.0f}"
    else:
        text = f"{value:.2f}" if value >= 0.01 else f"{value:.1g}"
    return f"{text} level" if text == "1" else f"{text} levels"


def percent(value: float) -> str:
    """`value` per cent, never rounded to 0 or 100 when it is not."""
    if 0 < value < 0.01:
        return "under 0.01 %"
    if 99.9 < value < 100:
        return "over 99.9 %"
    return f"{value:.1f} %" if value >= 1 else f"{value:.2g} %"
