"""Conditions on a set."""

import pytest

from core.errors import ToleranceError
from core.impacting.conditions import parse_impact_conditions
from core.impacting.summary import summarise
from tests.core.impacting.sets import answered

HALF_FLIPPED = summarise([answered("one", 1, 2, label=1), answered("two", 1, 1, label=1)])


@pytest.mark.parametrize(
    ("text", "judgement"),
    [
        ("flips > 1%", "beyond"),
        ("flips>0.5", "within"),
        ("flips >= 50 %", "beyond"),
        ("broken > 0", "beyond"),
        ("mended > 0", "within"),
        ("top1_lost > 10%", "beyond"),
        ("mcnemar_p < 0.05", "within"),
        ("max_logit_shift > 5", "beyond"),
    ],
)
def test_a_condition_is_judged(text: str, judgement: str) -> None:
    (condition,) = parse_impact_conditions(text)
    assert condition.judge(HALF_FLIPPED) == judgement


def test_what_is_unknown_cannot_be_judged() -> None:
    (condition,) = parse_impact_conditions("top1_b < 50%")
    assert condition.judge(summarise([answered("one", 1, 2)])) == "unknown"


def test_several_conditions_and_their_text() -> None:
    assert [str(each) for each in parse_impact_conditions("flips > 1%, mean_kl>0.1")] == ["flips>0.01", "mean_kl>0.1"]


@pytest.mark.parametrize(
    ("text", "said"),
    [("flips", "is not a condition"), ("flip > 1%", "no figure 'flip'"), ("flips > x", "is not a number")],
)
def test_what_is_no_condition_says_what_is(text: str, said: str) -> None:
    with pytest.raises(ToleranceError, match=said):
        parse_impact_conditions(text)
