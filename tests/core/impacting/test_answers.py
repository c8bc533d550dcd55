"""Two answers side by side, with numbers that can be worked out by hand."""

import math

import numpy as np
import pytest

from core.impacting.answers import compare_answers, logits_and_probabilities, output_kind, rows_of
from tests.core.making import floats_of

NAMES = ("cat", "dog", "fox")


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([[0.25, 0.75], [0.5, 0.5]], "probabilities"),
        ([[0.6, 0.8], [-1, 0]], "embedding"),
        ([[0.2, 4], [-1, 3]], "logits"),
        ([[1.0], [2.0]], "array"),
        ([[[1, 2], [3, 4]]], "array"),
    ],
)
def test_the_numbers_say_what_they_are(rows: object, kind: str) -> None:
    assert output_kind(floats_of(rows)) == kind  # type: ignore[arg-type]


def test_axes_of_one_are_left_out() -> None:
    assert rows_of(np.zeros((5, 1, 1, 7), np.float32)).shape == (5, 7)
    assert rows_of(np.zeros((5, 1), np.float32)).shape == (5, 1)
    assert rows_of(np.zeros((1, 6, 4, 2), np.float32)).shape == (1, 6, 4, 2)


def test_logits_become_probabilities_and_back() -> None:
    logits, shares = logits_and_probabilities(floats_of([0, math.log(3)]), "logits")
    np.testing.assert_allclose(shares, [0.25, 0.75])
    np.testing.assert_allclose(logits, [0, math.log(3)], rtol=1e-7)
    logits, shares = logits_and_probabilities(floats_of([0.25, 0.75]), "probabilities")
    np.testing.assert_allclose(logits, np.log([0.25, 0.75]))
    np.testing.assert_allclose(shares, [0.25, 0.75])


def test_a_large_logit_does_not_overflow() -> None:
    np.testing.assert_array_equal(logits_and_probabilities(floats_of([1000, 0]), "logits")[1], [1, 0])


def test_a_flip_and_its_figures() -> None:
    pair = compare_answers(floats_of([0, 0, math.log(2)]), floats_of([math.log(2), 0, 0]), "logits", NAMES)
    assert pair.flipped
    assert [guess.name for guess in pair.top_a] == ["fox", "cat", "dog"]
    assert [guess.name for guess in pair.top_b] == ["cat", "dog", "fox"]
    assert pair.top_a[0].probability == pytest.approx(0.5)
    assert pair.logit_shift == pytest.approx(math.log(2))
    assert pair.probability_shift == pytest.approx(0.25)
    # Each of the two that change places has 1/2 on one side and 1/4 on the other.
    assert pair.kl == pytest.approx((0.5 - 0.25) * math.log(2))
    assert pair.cosine == pytest.approx(0)
    assert (pair.rank_of("a", 0), pair.rank_of("b", 0), pair.rank_of("b", 9)) == (2, 1, None)


def test_equal_answers_differ_in_nothing() -> None:
    row = floats_of([1, 2, 3])
    pair = compare_answers(row, row, "logits", NAMES)
    assert (pair.flipped, pair.logit_shift, pair.kl) == (False, 0, 0)
    assert pair.cosine == pytest.approx(1)


def test_a_probability_that_is_rounded_to_nothing_has_a_logarithm() -> None:
    pair = compare_answers(floats_of([0.5, 0.5]), floats_of([1, 0]), "probabilities")
    assert pair.kl == pytest.approx(0.5 * math.log(0.5) + 0.5 * math.log(0.5e7))
    assert pair.top_b[1].name == "class 1"


def test_embeddings_have_a_cosine_and_no_classes() -> None:
    pair = compare_answers(floats_of([1, 0]), floats_of([0.6, 0.8]), "embedding")
    assert (pair.flipped, pair.top_a, pair.logit_shift) == (None, (), None)
    assert pair.cosine == pytest.approx(0.6)
    assert (pair.max_abs, pair.mean_abs) == pytest.approx((0.8, 0.6))


def test_a_row_of_zeros_has_no_direction() -> None:
    assert compare_answers(floats_of([0, 0]), floats_of([0, 1]), "array").cosine is None
