import pytest

from core.measuring.wording import arithmetic_words, operator_words, properties
from core.operator import Operator, measure_stage
from core.recipe import parse_stage


def measured(text: str) -> Operator:
    return measure_stage(parse_stage(text), (90, 71))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("opencv.resize(INTER_LINEAR, 41x32)", "half-pixel positions, triangle, no antialias"),
        ("opencv.resize(INTER_NEAREST, 41x32)", "asymmetric positions, nearest, floor"),
        (
            "opencv.resize(INTER_CUBIC, 41x32)",
            "half-pixel positions, Keys cubic, a = −0.75, no antialias, replicated border",
        ),
        (
            "pillow.resize(LANCZOS, 41x32)",
            "half-pixel positions, Lanczos, 3 lobes, antialiased, renormalised border",
        ),
        ("opencv.resize(INTER_AREA, 41x32)", "half-pixel positions, box over the exact source interval, antialiased"),
    ],
)
def test_operators_in_words(text: str, words: str) -> None:
    assert operator_words(measured(text)) == words


def test_what_differs_between_two_cubics() -> None:
    found = properties(measured("opencv.resize(INTER_CUBIC, 41x32)"), measured("pillow.resize(BICUBIC, 41x32)"))
    told = {each.name: (each.a, each.b) for each in found if each.differs}
    assert told["kernel"] == ("Keys cubic, a = −0.75", "Keys cubic, a = −0.50")
    assert told["antialiasing"] == ("no antialias", "antialiased")
    assert told["border"] == ("replicated", "renormalised")
    assert "sampling positions" not in told


def test_a_border_that_shows_on_one_side_alone_is_no_difference() -> None:
    found = properties(measured("opencv.resize(INTER_LINEAR, 41x32)"), measured("opencv.resize(INTER_CUBIC, 41x32)"))
    border = next(each for each in found if each.name == "border")
    assert not border.differs
    assert border.a == "shows in B alone: replicated"


def test_arithmetic() -> None:
    linear = measured("opencv.resize(INTER_LINEAR, 64x31)")
    assert arithmetic_words(linear.arithmetic) == "rounded half up, weights of 11 bits"
