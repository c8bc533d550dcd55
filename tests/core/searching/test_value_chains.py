import numpy as np
import pytest

from core.image import as_image
from core.recipe import parse_stage
from core.searching.bridges import Stages
from core.searching.value_chains import Chain, chain_of, free_chains, known_chains, rest_levels, written_chains
from core.searching.value_fit import ValueFit

TORCH_STD = np.array([0.229, 0.224, 0.225])
TORCH_MEAN = np.array([0.485, 0.456, 0.406])


def stages(text: str) -> Stages:
    return tuple(parse_stage(part) for part in text.split(" | ") if part)


def chain(text: str, channels: int = 3) -> Chain:
    found = chain_of(stages(text), channels)
    assert found is not None
    return found


def test_the_numbers_of_a_chain_are_measured() -> None:
    torch = chain("normalize.torch")
    np.testing.assert_allclose(torch.scale, 1 / (255 * TORCH_STD), rtol=1e-6)
    np.testing.assert_allclose(torch.offset, -TORCH_MEAN / TORCH_STD, rtol=1e-6)
    assert not torch.swapped
    caffe = chain("normalize.caffe")
    assert caffe.swapped
    np.testing.assert_allclose(caffe.offset, (-103.939, -116.779, -123.68), rtol=1e-6)
    assert not chain("channels.swap | normalize.caffe").swapped
    assert chain_of(stages("normalize.torch"), 1) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "channels.swap",
        "normalize.tf",
        "normalize.torch",
        "normalize.caffe",
        "normalize.clip",
        "channels.swap | normalize.clip",
        "normalize.affine(scale=255)",
        "normalize.affine(scale=128, offset=-0.9921875)",
    ],
)
def test_known_normalisations_are_recognised_from_a_rough_fit(text: str) -> None:
    wanted = chain(text)
    rough = ValueFit(np.array(wanted.scale) * 1.001, np.array(wanted.offset) + 0.2 * np.array(wanted.scale), 0.3)
    assert wanted.stages in [each.stages for each in known_chains(rough, swapped=wanted.swapped)]
    assert wanted.stages not in [each.stages for each in known_chains(rough, swapped=not wanted.swapped)]


def test_free_numbers_are_found_with_as_few_digits_as_do() -> None:
    wanted = chain("normalize.affine(scale=[58.4, 57.12, 57.38], offset=[-2.1179, -2.0357, -1.8044])")
    fit = ValueFit(np.array(wanted.scale), np.array(wanted.offset), 0.0)
    assert wanted.stages in [each.stages for each in free_chains(fit, swapped=False)]
    single = ValueFit(np.array([0.01]), np.array([0.5]), 0.0)
    assert str(next(free_chains(single, swapped=False)).stages[0]) == "normalize.affine(scale=100, offset=0.5)"


def test_nothing_is_made_of_a_channel_without_a_line() -> None:
    assert list(free_chains(ValueFit(np.array([np.nan]), np.array([np.nan]), 0.0), swapped=False)) == []


def test_the_rest_is_in_levels() -> None:
    image = as_image(np.full((2, 2, 3), 100, np.uint8))
    made = chain("normalize.torch").carry(image)
    rest = rest_levels(made + np.float32(1 / 255) / TORCH_STD.astype(np.float32), made, chain("normalize.torch"))
    np.testing.assert_allclose(rest, 1, atol=1e-4)


def test_digits_of_the_scale_and_of_the_offset_are_tried_apart() -> None:
    divisor = np.array([58.4, 57.12, 57.38]) * (1 + 2e-6)  # as far off as float16 leaves them
    fit = ValueFit(1 / divisor, np.array([-2.1179, -2.0357, -1.8044]), 0.0)
    written = "normalize.affine(scale=[58.4, 57.12, 57.38], offset=[-2.1179, -2.0357, -1.8044])"
    assert written in [str(each.stages[-1]) for each in written_chains(fit, swapped=False)]
    assert written not in [str(each.stages[-1]) for each in free_chains(fit, swapped=False)]
