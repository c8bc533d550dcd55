import numpy as np
import pytest

from core.operator import Operator, measure_stage
from core.recipe import parse_stage
from core.surveying.weights import largest_weight_differences, worst_cases


def measured(method: str) -> Operator:
    return measure_stage(parse_stage(f"opencv.resize({method}, 2x2)"), (4, 4))


@pytest.fixture(scope="module")
def operators() -> list[Operator]:
    """Halving: linear and area are the mean of two pixels, nearest is the first of them."""
    return [measured(method) for method in ("INTER_LINEAR", "INTER_AREA", "INTER_NEAREST")]


def test_weights_of_a_half_and_of_one(operators: list[Operator]) -> None:
    expected = [[0, 0, 0.5], [0, 0, 0.5], [0.5, 0.5, 0]]
    np.testing.assert_allclose(largest_weight_differences(operators), expected, atol=1e-6)


def test_the_worst_picture_for_a_mean_of_four_against_one_of_them(operators: list[Operator]) -> None:
    """White but for one black pixel of four: 191.25 against 0. The bound is no lower, and no higher than white."""
    worst = worst_cases(operators)
    assert worst[0, 1] == pytest.approx(0, abs=1e-3)
    assert 0.75 * 255 <= worst[0, 2] <= 255 + 1e-3


def test_no_picture_goes_beyond_the_bound(operators: list[Operator]) -> None:
    generator = np.random.default_rng(0)
    worst = worst_cases(operators)
    for _ in range(200):
        picture = generator.choice([0.0, 255.0], (4, 4, 3)).astype(np.float32)
        results = [operator.apply(picture) for operator in operators]
        for i, j in ((0, 1), (0, 2), (1, 2)):
            assert np.abs(results[i] - results[j]).max() <= worst[i, j] + 1e-3
