"""Recipes, a small model and pictures together: what `impact` and the grid make of them."""

import math
import threading
from functools import partial

import cv2
import numpy as np
import pytest

from core.errors import ModelError, SourceError
from core.image import as_image
from core.impact import Picture, impact, impact_grid, occlusion, open_model_file, sensitivity
from core.impacting.grid import GridChange, grid_changes
from core.models.model import BATCH, Model
from core.pictures import read_picture
from core.presets import parse_recipe
from core.source import Source, read_source
from tests.core.models.making import channel_means, channel_shares

PLAIN = parse_recipe("opencv.imdecode | opencv.resize(INTER_AREA, 6x6)")
SWAPPED = parse_recipe("opencv.imdecode | opencv.resize(INTER_AREA, 6x6) | channels.swap")
NAMES = ("red", "green", "blue")


def flat(red: int, green: int, blue: int) -> Source:
    """A PNG of one colour."""
    done, encoded = cv2.imencode(".png", np.full((12, 12, 3), (blue, green, red), np.uint8))
    assert done
    return read_source(f"{red}-{green}-{blue}.png", encoded.tobytes())


def picture(red: int, green: int, blue: int, label: int | None = None) -> Picture:
    source = flat(red, green, blue)
    return Picture(source.name, lambda: source, label)


@pytest.fixture
def model() -> Model:
    return open_model_file("means.onnx", channel_means())


def test_a_swap_flips_what_is_red_and_not_what_is_green(model: Model) -> None:
    found = impact(model.named(NAMES), [picture(200, 0, 100, 0), picture(0, 200, 100, 1)], PLAIN, SWAPPED)
    red, green = found.pictures
    assert (red.flipped, green.flipped) == (True, False)
    assert (red.broken, green.broken) == (True, False)
    assert red.answers is not None
    assert [guess.name for guess in (red.answers.top_a[0], red.answers.top_b[0])] == ["red", "blue"]
    assert red.answers.logit_shift == 100
    assert red.tensors is not None
    assert red.tensors.max_abs_levels == 100
    assert found.kind == "logits"
    assert "1 broken, 0 mended: too few" in found.sentence


def test_the_same_tensors_have_the_same_answers_and_are_asked_once(model: Model) -> None:
    asked: list[int] = []

    def run(batch: np.ndarray) -> np.ndarray:
        asked.append(len(batch))
        return model.run(batch)

    counting = Model(model.name, model.digest, model.input, run)
    found = impact(counting, [picture(200, 0, 0)], PLAIN, parse_recipe(f"{PLAIN} | cast.uint8(round)"))
    assert asked == [1]
    assert found.sentence == "A and B give the model the same tensors, so that it answers the same."


def test_a_picture_that_fails_costs_its_own_line_alone(model: Model) -> None:
    gone = Picture("gone.jpg", partial(read_picture, "gone.jpg"))
    found = impact(model, [picture(1, 2, 3), gone, picture(3, 2, 1)], PLAIN, SWAPPED)
    assert [each.problem is None for each in found.pictures] == [True, False, True]
    assert isinstance(found.pictures[1].problem, SourceError)
    assert found.summary.unanswered == 1


def test_an_image_of_the_wrong_size_is_said_in_its_place(model: Model) -> None:
    unsized = parse_recipe("opencv.imdecode")
    found = impact(model, [picture(1, 2, 3)], unsized, PLAIN)
    assert "A gives 12x12, and means.onnx takes 6x6" in str(found.pictures[0].problem)


def test_a_contradiction_is_named_before_anything_runs(model: Model) -> None:
    def never() -> Source:
        raise AssertionError("a picture was read")

    with pytest.raises(ModelError, match=r"B gives 8x8, and means\.onnx takes 6x6"):
        impact(model, [Picture("one", never)], PLAIN, parse_recipe("opencv.imdecode | opencv.resize(INTER_AREA, 8x8)"))


def test_no_more_pictures_are_under_way_than_two_batches(model: Model) -> None:
    source, lock = flat(1, 2, 3), threading.Lock()
    read = done = most = 0

    def counted() -> Source:
        nonlocal read, most
        with lock:
            read += 1
            most = max(most, read - done)
        return source

    def on_progress(*_: object) -> None:
        nonlocal done
        done += 1

    pictures = [Picture(str(number), counted) for number in range(5 * BATCH)]
    found = impact(model, pictures, PLAIN, SWAPPED, on_progress=on_progress)
    assert [each.name for each in found.pictures] == [each.name for each in pictures]
    assert most <= 3 * BATCH  # two batches in the queue and the one that the model has


def test_files_called_as_imagenets_training_pictures_are_said_to_be_optimistic(model: Model) -> None:
    trained = Model(model.name, model.digest, model.input, model.run, trained_on="ImageNet's training set")
    named = Picture("n02123045_10026.JPEG", picture(1, 2, 3).read)
    (warning,) = impact(trained, [named], PLAIN, SWAPPED).warnings
    assert "its accuracy here is better than elsewhere" in warning
    assert impact(trained, [picture(1, 2, 3)], PLAIN, SWAPPED).warnings == ()


def test_the_grid_has_a_row_for_each_change(model: Model) -> None:
    changes = [GridChange("channels", "swapped", SWAPPED), GridChange("cast", "rounded", PLAIN)]
    rows = impact_grid(model, [picture(200, 0, 100), picture(0, 200, 100)], PLAIN, changes)
    flips = [row.summary.flips.count for row in rows if row.summary.flips]
    assert flips == [1, 0]
    assert [row.summary.mean_tensor_levels for row in rows] == [pytest.approx((2 / 3 * 100 + 2 / 3 * 100) / 2), 0]


def test_changes_keep_all_other_stages_and_leave_out_the_reference_itself() -> None:
    reference = parse_recipe("efficientnet-lite")
    found = grid_changes(reference)
    assert {each.stage for each in found} == {"decode", "resize", "cast", "channels", "normalize"}
    assert reference not in [each.recipe for each in found]
    nearest = next(each for each in found if each.words == "OpenCV INTER_NEAREST")
    assert str(nearest.recipe) == str(reference).replace("tensorflow_v1.resize(bicubic", "opencv.resize(INTER_NEAREST")


def test_a_recipe_without_resize_and_normalisation_has_fewer_changes() -> None:
    assert {each.stage for each in grid_changes(parse_recipe("opencv.imdecode"))} == {"decode", "channels"}


def test_the_answers_along_the_way_turn_where_the_mix_is_even() -> None:
    model = open_model_file("shares.onnx", channel_shares())
    a, b = (as_image(np.full((6, 6, 3), colour, np.float32)) for colour in ((1, 0, 0), (0, 1, 0)))
    found = sensitivity(model, a, b, mixes=5)
    np.testing.assert_allclose(found.parts, [0, 0.25, 0.5, 0.75, 1])
    assert found.shown[:2] == (0, 1)
    assert found.turning_part == 0.75
    half_way = math.exp(0.5)
    np.testing.assert_allclose(found.probabilities[2, :2], [half_way / (2 * half_way + 1)] * 2, rtol=1e-5)
    assert found.top(0.74)[0].index == 1


def test_each_block_that_differs_has_its_part_in_the_change(model: Model) -> None:
    a = as_image(np.zeros((6, 6, 3), np.float32))
    changed = np.zeros((6, 6, 3), np.float32)
    changed[:3, :3], changed[3:, 3:] = 3, 1
    found = occlusion(model, a, as_image(changed), blocks=2)
    # The logits are means, so that blocks add up: 3 and 1 of 4 parts.
    np.testing.assert_allclose(found.shares, [[0.75, 0], [0, 0.25]], atol=1e-6)
    assert found.logit_shift == pytest.approx(np.sqrt(3) * 1)


def test_equal_tensors_have_no_place_that_matters(model: Model) -> None:
    a = as_image(np.zeros((6, 6, 3), np.float32))
    np.testing.assert_array_equal(occlusion(model, a, a, blocks=2).shares, np.zeros((2, 2)))


def test_tensors_of_two_sizes_cannot_be_mixed(model: Model) -> None:
    a, b = (as_image(np.zeros((side, 6, 3), np.float32)) for side in (6, 5))
    for ask in (sensitivity, occlusion):
        with pytest.raises(ModelError, match="cannot be mixed"):
            ask(model, a, b)
