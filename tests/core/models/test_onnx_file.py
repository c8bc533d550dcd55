"""ONNX files: what their input says, and what is refused."""

from typing import Any

import numpy as np
import pytest
from onnx import TensorProto, helper

from core.errors import ModelError
from core.models.model import BATCH
from core.models.opening import open_model_file
from tests.core.models.making import channel_means, not_a_number, onnx_bytes


def means(given: tuple[int | str, ...] = ("n", 3, 6, 6), **changes: Any) -> bytes:
    axes = [1, 2] if given[-1] == 3 else [2, 3]
    return onnx_bytes(
        [helper.make_node("ReduceMean", ["image"], ["answer"], axes=axes, keepdims=0)], given=given, **changes
    )


def flattened(given: tuple[int | str, ...], dtype: int = TensorProto.FLOAT, **changes: Any) -> bytes:
    nodes = [
        helper.make_node("Cast", ["image"], ["floats"], to=TensorProto.FLOAT),
        helper.make_node("Flatten", ["floats"], ["answer"]),
    ]
    return onnx_bytes(nodes, given=given, dtype=dtype, answer=("n", "k"), **changes)


OWN_OPERATOR = onnx_bytes([helper.make_node("Own", ["image"], ["answer"], domain="mine")], domain="mine")


def test_the_layout_and_size_are_read_from_the_file() -> None:
    first = open_model_file("m.onnx", means()).input
    last = open_model_file("m.onnx", means(given=(1, 6, 5, 3), answer=(1, 3))).input
    assert (first.layout, first.size_wh, first.channels, first.batch) == ("NCHW", (6, 6), 3, None)
    assert (last.layout, last.size_wh, last.channels, last.batch) == ("NHWC", (5, 6), 3, 1)
    assert last.words == "5x6x3 float32, NHWC"


def test_both_layouts_see_the_same_picture() -> None:
    image = np.arange(6 * 6 * 3, dtype=np.float32).reshape(6, 6, 3)
    expected = [image.mean(axis=(0, 1))]
    for given in (("n", 3, 6, 6), ("n", 6, 6, 3)):
        np.testing.assert_allclose(open_model_file("m.onnx", means(given=given)).answers([image]), expected, atol=1e-5)


def test_a_batch_of_a_fixed_size_is_filled_up() -> None:
    model = open_model_file("m.onnx", means(given=(4, 3, 6, 6), answer=(4, 3)))
    images = [np.full((6, 6, 3), value, np.float32) for value in range(6)]
    np.testing.assert_array_equal(model.answers(images)[:, 0], range(6))


def test_many_pictures_go_in_batches() -> None:
    images = [np.full((6, 6, 3), value, np.float32) for value in range(2 * BATCH + 3)]
    answers = open_model_file("m.onnx", channel_means()).answers(images)
    np.testing.assert_array_equal(answers[:, 1], range(2 * BATCH + 3))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (flattened(("n", 3, 6, 6), further_inputs=("b", "c", "d", "e")), "has 5 inputs (image, b, c, d, e)"),
        (flattened(("n", 3, 8, 6, 6)), "takes 3-D video or volumes"),
        (flattened(("n", 3)), "takes arrays of 2 axes"),
        (flattened(("n", 7, 6, 6)), "has 7 channels"),
        (flattened(("n", 3, 6, 6), TensorProto.INT64), "takes tensor(int64)"),
        (OWN_OPERATOR, "cannot be opened as ONNX"),
        (b"\x08\x09" + b"\xff" * 40, "cannot be opened as ONNX"),
    ],
)
def test_what_cannot_be_asked_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(ModelError) as refusal:
        open_model_file("model.onnx", data)
    assert said in refusal.value.message
    assert refusal.value.remedy


def test_a_custom_operator_is_called_one() -> None:
    with pytest.raises(ModelError) as refusal:
        open_model_file("model.onnx", OWN_OPERATOR)
    assert "operators of its own" in refusal.value.remedy


def test_answers_that_are_no_numbers_are_refused() -> None:
    model = open_model_file("model.onnx", not_a_number())
    with pytest.raises(ModelError, match="not numbers"):
        model.answers([np.ones((6, 6, 3), np.float32)])


def test_a_picture_of_another_size_is_refused_in_words() -> None:
    with pytest.raises(ModelError, match=r"failed on a batch of shape \(1, 3, 5, 5\)"):
        open_model_file("model.onnx", channel_means()).answers([np.ones((5, 5, 3), np.float32)])
