"""A set in figures and words."""

import pytest

from core.errors import SourceError
from core.impacting.picture import PictureImpact
from core.impacting.summary import flipped_first, summarise
from core.impacting.words import impact_sentence, share_cell, share_words
from tests.core.impacting.sets import answered

BROKEN, MENDED = answered("broken", 1, 2, label=1), answered("mended", 1, 2, label=2)
BOTH_WRONG, RIGHT = answered("both wrong", 1, 2, label=3), answered("right", 1, 1, label=1, shift=0.5)
UNREADABLE = PictureImpact("none", problem=SourceError("none does not exist."))


def test_flips_and_accuracy() -> None:
    summary = summarise([BROKEN, MENDED, BOTH_WRONG, RIGHT, UNREADABLE])
    assert (summary.pictures, summary.unanswered) == (5, 1)
    assert summary.flips is not None
    assert (summary.flips.count, summary.flips.of) == (3, 4)
    accuracy = summary.accuracy
    assert accuracy is not None
    assert (accuracy.top1_a.count, accuracy.top1_b.count, accuracy.labelled) == (2, 2, 4)
    assert (accuracy.broken.count, accuracy.mended.count, accuracy.p) == (1, 1, 1.0)
    assert accuracy.top5_a.count == 4
    assert summary.max_logit_shift == pytest.approx(6)
    assert summary.mean_logit_shift == pytest.approx((6 + 6 + 6 + 0.5) / 4)


def test_without_labels_nothing_is_said_of_accuracy() -> None:
    summary = summarise([answered("one", 1, 2), answered("two", 1, 1)])
    assert summary.accuracy is None
    assert "accuracy" not in impact_sentence(summary, "logits")


def test_what_one_wants_to_see_comes_first() -> None:
    order = flipped_first([RIGHT, UNREADABLE, MENDED, BROKEN])
    assert [each.name for each in order] == ["broken", "mended", "right", "none"]


def test_a_small_set_makes_no_claim() -> None:
    words = impact_sentence(summarise([BROKEN, MENDED]), "logits")
    assert "100.0 % (2 of 2; 95 % interval 34.2 to 100.0 %)" in words
    assert "too few to speak of accuracy" in words


def test_a_change_that_chance_makes_is_not_significant() -> None:
    words = impact_sentence(summarise([*[RIGHT] * 98, BROKEN, BROKEN, MENDED]), "logits")
    assert "not significant (McNemar's exact test, p = 1)" in words
    assert "2 broken, 1 mended" in words


def test_a_change_that_chance_hardly_makes_is_significant() -> None:
    words = impact_sentence(summarise([*[RIGHT] * 98, *[BROKEN] * 10]), "logits")
    assert "10 broken, 0 mended: significant (McNemar's exact test, p = 0.002)" in words


def test_one_picture_has_no_shares() -> None:
    assert impact_sentence(summarise([BROKEN]), "logits").startswith("The first choice is another one; logits move")
    assert "stays" in impact_sentence(summarise([RIGHT]), "logits")


def test_no_picture_at_all() -> None:
    assert impact_sentence(summarise([UNREADABLE]), None) == "The model was asked about no picture."


def test_no_flip_says_how_many_there_may_be() -> None:
    summary = summarise([RIGHT] * 20)
    assert "No first choice changes among 20 pictures (95 % interval to 16.1 %)" in impact_sentence(summary, "logits")
    assert summary.flips is not None
    assert share_words(summary.flips) == "0 % (0 of 20; 95 % interval 0.0 to 16.1 %)"
    assert share_cell(summary.flips) == "0 of 20 (0.0 to 16.1 %)"
    assert share_cell(None) == "–"
