from collections.abc import Mapping
from typing import Any

import pytest

from core.document import FIGURES
from core.errors import ToleranceError
from core.tolerance import DEFAULT_CONDITIONS, VERDICTS, Condition, judge, parse_conditions


def document(verdict: str = "different", /, **figures: float | None) -> Mapping[str, Any]:
    return {"verdict": verdict, "difference": {**dict.fromkeys(FIGURES), **figures}}


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("max_abs>1", Condition("max_abs", ">", 1)),
        (" mean_abs >= 0.5 ", Condition("mean_abs", ">=", 0.5)),
        ("ssim<0.99", Condition("ssim", "<", 0.99)),
        ("bias<=-1e-3", Condition("bias", "<=", -0.001)),
        ("differing_values_pct != 0", Condition("differing_values_pct", "!=", 0)),
        ("verdict!=identical", Condition("verdict", "!=", "identical")),
        ("verdict == different", Condition("verdict", "==", "different")),
    ],
)
def test_grammar(text: str, condition: Condition) -> None:
    assert parse_conditions(text) == (condition,)
    assert parse_conditions(str(condition)) == (condition,)


def test_several_conditions_are_separated_by_commas() -> None:
    assert [str(each) for each in parse_conditions("max_abs>1, ssim<0.99")] == ["max_abs>1", "ssim<0.99"]


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_of_the_document_may_be_limited(figure: str) -> None:
    (condition,) = parse_conditions(f"{figure}>=2")
    assert condition.judge(document(**{figure: 2.0})) == "beyond"
    assert condition.judge(document(**{figure: 1.0})) == "within"
    assert condition.judge(document(**{figure: None})) == "unknown"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("max_abs", "is not a condition"),
        ("", "is not a condition"),
        ("max_abs>1,", "is not a condition"),
        ("max_abs=1", "is not a condition"),
        ("max_abs>1 2", "is not a condition"),
        ("max_abs>one", "'one' is not a number"),
        ("max_abs>nan", "no limit in 'nan'"),
        ("max_abs<inf", "no limit in 'inf'"),
        ("max_diff>1", "no figure 'max_diff'"),
        ("verdict>rounding", "'verdict>rounding' is not a condition"),
        ("verdict==same", "'verdict==same' is not a condition"),
        ("__class__>1", "no figure '__class__'"),
    ],
)
def test_wrong_conditions_are_refused_with_what_is_allowed(text: str, words: str) -> None:
    with pytest.raises(ToleranceError) as caught:
        parse_conditions(text)
    assert words in caught.value.message
    assert caught.value.remedy


def test_a_refusal_names_every_figure_and_every_verdict() -> None:
    with pytest.raises(ToleranceError) as caught:
        parse_conditions("max_absolute>1")
    assert "Did you mean max_abs?" in caught.value.remedy
    assert all(figure in caught.value.remedy for figure in FIGURES)
    with pytest.raises(ToleranceError) as caught:
        parse_conditions("verdict==bad")
    assert all(verdict in caught.value.remedy for verdict in VERDICTS)


def test_the_limit_itself_is_decided_by_the_operator() -> None:
    at_the_limit = document(max_abs=1.0)
    judged = {text: judge(parse_conditions(text), at_the_limit) for text in ("max_abs>1", "max_abs>=1", "max_abs==1")}
    assert judged == {"max_abs>1": "within", "max_abs>=1": "beyond", "max_abs==1": "beyond"}


def test_one_condition_that_holds_is_enough_whatever_is_unknown() -> None:
    conditions = parse_conditions("ssim<0.9, max_abs>1")
    assert judge(conditions, document(max_abs=2.0)) == "beyond"
    assert judge(conditions, document(max_abs=0.0)) == "unknown"
    assert judge(conditions, document(max_abs=0.0, ssim=0.95)) == "within"


def test_the_psnr_of_identical_images_is_above_every_limit() -> None:
    assert judge(parse_conditions("psnr_db<40"), document("identical", psnr_db=None)) == "within"


@pytest.mark.parametrize(
    ("verdict", "judged"), [("identical", "within"), ("rounding", "within"), ("different", "beyond")]
)
def test_by_default_rounding_is_within_the_tolerance(verdict: str, judged: str) -> None:
    assert judge(DEFAULT_CONDITIONS, document(verdict)) == judged
