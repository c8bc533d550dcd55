"""Shares of the way of a model's numbers, with a model whose numbers are the means of the channels."""

import pytest

from core.errors import ModelError
from core.explaining.shares import stage_shares
from core.impacting.answer_shares import answer_shares
from core.models.model import Model
from core.models.opening import open_model_file
from core.pipeline import Trace, run
from core.presets import parse_recipe
from tests.core.models.making import channel_means
from tests.core.test_impact import PLAIN, SWAPPED, flat


@pytest.fixture
def model() -> Model:
    return open_model_file("means.onnx", channel_means())


def made(recipe: str) -> Trace:
    return run(flat(200, 0, 100), parse_recipe(recipe))


def test_a_stage_that_alone_differs_has_all(model: Model) -> None:
    shares = answer_shares(model, made(str(PLAIN)), made(str(SWAPPED)))
    assert [(each.stage, each.share) for each in shares] == [("decode", 0), ("resize", 0), ("channels", 1)]


def test_a_difference_that_the_model_does_not_see_has_no_share(model: Model) -> None:
    """On a picture of one colour every resize gives the same; to the eye and to the model the normalisation does it."""
    a = made("opencv.imdecode | opencv.resize(INTER_AREA, 6x6) | normalize.affine(offset=0)")
    b = made("opencv.imdecode | opencv.resize(INTER_LINEAR, 6x6) | normalize.affine(offset=10)")
    found = {each.stage: each.share for each in answer_shares(model, a, b)}
    assert found == pytest.approx({"decode": 0, "resize": 0, "normalize": 1})


def test_for_numbers_that_are_means_of_flat_pictures_both_kinds_of_shares_agree(model: Model) -> None:
    a = made("opencv.imdecode | opencv.resize(INTER_AREA, 6x6) | normalize.affine(offset=3)")
    b = made("opencv.imdecode | opencv.resize(INTER_AREA, 6x6) | channels.swap | normalize.affine(offset=10)")
    pixels, answers = stage_shares(a, b), answer_shares(model, a, b)
    assert [each.stage for each in pixels] == [each.stage for each in answers]
    assert [each.share for each in answers] == pytest.approx([each.share for each in pixels], abs=1e-6)
    assert sum(each.share for each in answers) == pytest.approx(1)


def test_equal_answers_have_nothing_to_share(model: Model) -> None:
    assert answer_shares(model, made(str(PLAIN)), made(str(PLAIN))) == ()


def test_a_tensor_that_the_model_does_not_take_is_named(model: Model) -> None:
    with pytest.raises(ModelError, match="gives 12x12"):
        answer_shares(model, made("opencv.imdecode"), made("opencv.imdecode | channels.swap"))
