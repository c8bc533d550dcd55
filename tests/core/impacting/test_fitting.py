"""What a recipe gives beside what a model takes."""

import numpy as np
import pytest

from core.errors import ModelError
from core.impacting.fitting import check_image, check_recipes, contradictions, final_size_wh, fitted, value_range
from core.models.embedded import NORMALISATION, VALUE_RANGE
from core.models.model import Model, ModelInput, Quantisation
from core.presets import parse_recipe

TRAINED_WITH = parse_recipe("efficientnet-lite")
SERVED_WITH = parse_recipe("efficientnet-lite-opencv")
UNNORMALISED = parse_recipe("opencv")


def model(**changes: object) -> Model:
    wanted = {"layout": "NHWC", "size_wh": (224, 224), "channels": 3, "value_range": VALUE_RANGE, **changes}
    return Model("Lite0", "", ModelInput(**wanted), lambda batch: batch, normalisation=NORMALISATION)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("recipe", "size"),
    [
        ("opencv", (224, 224)),
        ("clip", (224, 224)),
        ("yolo-letterbox", (640, 640)),
        ("opencv.imdecode", None),
        ("opencv.imdecode | opencv.resize(INTER_LINEAR, shorter=224)", None),
    ],
)
def test_the_size_that_any_picture_gets(recipe: str, size: tuple[int, int] | None) -> None:
    assert final_size_wh(parse_recipe(recipe)) == size


@pytest.mark.parametrize(
    ("recipe", "values"),
    [("opencv", (0, 255)), ("efficientnet-lite", VALUE_RANGE), ("mlperf-resnet50", (-123.68, 151.06))],
)
def test_what_black_and_white_become(recipe: str, values: tuple[float, float]) -> None:
    np.testing.assert_allclose(value_range(parse_recipe(recipe)), values, rtol=1e-5)  # type: ignore[arg-type]


def test_recipes_that_fit_are_let_through() -> None:
    assert check_recipes(model(), TRAINED_WITH, SERVED_WITH) == ()


def test_another_size_is_refused_with_both_sizes() -> None:
    with pytest.raises(ModelError) as refusal:
        check_recipes(model(size_wh=(299, 299)), TRAINED_WITH, SERVED_WITH)
    assert refusal.value.message == "A gives 224x224, and Lite0 takes 299x299."
    assert "299x299" in refusal.value.remedy


def test_values_that_are_wrong_on_both_sides_are_refused() -> None:
    with pytest.raises(ModelError) as refusal:
        check_recipes(model(), UNNORMALISED, parse_recipe("tensorflow"))
    assert refusal.value.message == "A gives values from 0 to 255, and Lite0 was made for -0.9922 to 1."
    assert refusal.value.remedy == f"End it with {NORMALISATION}."


def test_values_that_are_wrong_on_one_side_are_what_is_compared() -> None:
    (warning,) = check_recipes(model(), TRAINED_WITH, UNNORMALISED)
    assert warning.startswith("B gives values from 0 to 255")


def test_a_range_that_is_too_narrow_is_wrong_as_well() -> None:
    narrow = parse_recipe("opencv.imdecode | opencv.resize(INTER_LINEAR, 224x224) | normalize.affine(scale=255)")
    assert [each.about for each in contradictions(model(), narrow, "A")] == ["values"]


def test_bytes_may_go_in_as_they_are_or_within_the_quantised_range() -> None:
    quantised = model(dtype="uint8", quantisation=Quantisation(2 / 255, 128), value_range=(-1.004, 0.996))
    wide = parse_recipe("opencv.imdecode | opencv.resize(INTER_LINEAR, 224x224) | normalize.affine(scale=64)")
    assert contradictions(quantised, UNNORMALISED, "A") == ()
    assert contradictions(quantised, TRAINED_WITH, "A") == ()
    (found,) = contradictions(quantised, wide, "A")
    assert "Lite0 was quantised for -1.004 to 0.996" in found.message


def test_a_recipe_is_fitted_to_the_model() -> None:
    assert str(fitted(model(size_wh=(299, 299)), UNNORMALISED)) == (
        f"opencv.imdecode | opencv.resize(INTER_LINEAR, 299x299) | {NORMALISATION}"
    )
    assert fitted(model(), TRAINED_WITH) == TRAINED_WITH


def test_an_image_is_looked_at_too() -> None:
    check_image(model(), np.zeros((224, 224, 3), np.float32), "A")
    with pytest.raises(ModelError, match="B gives 100x50, and Lite0 takes 224x224"):
        check_image(model(), np.zeros((50, 100, 3), np.float32), "B")
    with pytest.raises(ModelError, match=r"A gives 1 channel\(s\), and Lite0 takes 3"):
        check_image(model(), np.zeros((224, 224, 1), np.float32), "A")
