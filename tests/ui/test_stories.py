import pytest

from core.compare import Comparison, Incomparable, compare
from core.pipeline import run
from core.presets import parse_recipe
from core.samples import load_sample, samples
from ui.stories import STORIES


def told(number: int) -> Comparison:
    source = load_sample(samples()[0].key)
    story = STORIES[number]
    return compare(run(source, parse_recipe(story.a)), run(source, parse_recipe(story.b)))


@pytest.mark.parametrize(
    ("number", "verdict", "bias_levels", "mean_abs_levels"),
    [
        pytest.param(0, "different", (-0.9, -0.5), (0.8, 1.6), id="the fast DCT is darker by 0.6 to 0.8 levels"),
        pytest.param(1, "different", (-1.0, 1.0), (2.0, 25.0), id="TF1's resize is displaced"),
        pytest.param(2, "rounding", (0.0, 0.2), (0.1, 0.3), id="rounding alone"),
    ],
)
def test_a_story_shows_what_it_says(
    number: int, verdict: str, bias_levels: tuple[float, float], mean_abs_levels: tuple[float, float]
) -> None:
    final = told(number).final
    assert not isinstance(final, Incomparable)
    assert final.verdict == verdict
    assert bias_levels[0] < final.statistics.bias < bias_levels[1]
    assert mean_abs_levels[0] < final.statistics.mean_abs < mean_abs_levels[1]


def test_in_the_second_story_only_the_resize_differs() -> None:
    assert [checkpoint.outcome.verdict for checkpoint in told(1).checkpoints] == ["identical", "different"]
