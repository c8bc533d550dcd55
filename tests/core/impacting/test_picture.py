"""How far two tensors are apart, against the full statistics of `core.compare`."""

import numpy as np
import pytest

from core.compare import Different, compare_images
from core.image import as_image
from core.impacting.picture import tensor_difference
from tests.core.making import floats_of


def test_the_figures_are_those_of_the_full_statistics() -> None:
    generator = np.random.default_rng(3)
    a, b = (as_image(generator.normal(size=(9, 7, 3)).astype(np.float32)) for _ in range(2))
    outcome = compare_images(a, b, 1 / 128)
    assert isinstance(outcome, Different)
    found, expected = tensor_difference(a, b, 1 / 128), outcome.statistics
    assert found.verdict == outcome.verdict
    figures = (found.max_abs_levels, found.mean_abs_levels, found.bias_levels)
    assert figures == pytest.approx((expected.max_abs * 128, expected.mean_abs * 128, expected.bias * 128), rel=1e-6)


@pytest.mark.parametrize(
    ("b", "verdict"),
    [([[[5.0]]], "identical"), ([[[6.0]]], "rounding"), ([[[6.1]]], "different"), ([[[np.nan]]], "different")],
)
def test_the_verdict_is_that_of_a_comparison(b: object, verdict: str) -> None:
    a, other = floats_of([[[5.0]]]), floats_of(b)  # type: ignore[arg-type]
    assert tensor_difference(a, other, 1.0).verdict == verdict == compare_images(a, other).verdict


def test_two_shapes_have_no_difference() -> None:
    assert tensor_difference(floats_of([[[5.0]]]), floats_of([[[5.0], [4.0]]]), 1.0).verdict == "incomparable"
