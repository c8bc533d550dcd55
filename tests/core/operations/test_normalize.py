import numpy as np
import pytest

from core.errors import StageError
from core.image import as_image
from core.pipeline import carry_out
from core.recipe import parse_stage

PIXEL = as_image(np.array([[[0, 127, 255]]], np.uint8))


@pytest.mark.parametrize(
    ("stage", "expected", "level"),
    [
        ("normalize.tf", [-1, 127 / 127.5 - 1, 1], 1 / 127.5),
        ("normalize.affine(scale=128, offset=-0.9921875)", [-127 / 128, 0, 1], 1 / 128),
        ("normalize.affine(scale=[1, 2, 5], offset=[10, 20, 30])", [10, 83.5, 81], 1 / 5),
        ("normalize.caffe", [255 - 103.939, 127 - 116.779, -123.68], 1),
        (
            "normalize.torch",
            [-0.485 / 0.229, (127 / 255 - 0.456) / 0.224, (1 - 0.406) / 0.225],
            1 / (255 * 0.229),
        ),
        (
            "normalize.clip",
            [-0.48145466 / 0.26862954, (127 / 255 - 0.4578275) / 0.26130258, (1 - 0.40821073) / 0.27577711],
            1 / (255 * 0.27577711),
        ),
    ],
)
def test_normalisations(stage: str, expected: list[float], level: float) -> None:
    step = carry_out(parse_stage(stage), PIXEL)
    assert step.image.dtype == np.float32
    np.testing.assert_allclose(step.image[0, 0], expected, rtol=1e-6, atol=1e-6)
    assert step.level == pytest.approx(level)


@pytest.mark.parametrize("stage", ["normalize.torch", "normalize.caffe", "normalize.affine(scale=[1, 2, 3])"])
def test_three_numbers_need_three_channels(stage: str) -> None:
    with pytest.raises(StageError, match="three channels and the picture 1"):
        carry_out(parse_stage(stage), as_image(np.zeros((2, 2, 1), np.uint8)))


def test_one_number_serves_any_number_of_channels() -> None:
    step = carry_out(parse_stage("normalize.affine(scale=2)"), as_image(np.full((1, 1, 4), 10, np.uint8)))
    np.testing.assert_array_equal(step.image, [[[5, 5, 5, 5]]])
