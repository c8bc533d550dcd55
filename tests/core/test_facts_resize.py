"""What each resize does to the same pixels: measured on opencv-python 5.0, tensorflow 2.21 and Pillow 13.0.

The row of values 0, 10, … 70 shows where an operation samples: at position x it has the value 10 x.
"""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image as PillowImage

from core.image import Image
from tests.core.making import bytes_of, floats_of, make, photograph, signed

ROW = np.arange(0, 80, 10, dtype=np.float32).reshape(1, 8, 1)
DOUBLED = [0, 2.5, 7.5, 12.5, 17.5, 22.5, 27.5, 32.5, 37.5, 42.5, 47.5, 52.5, 57.5, 62.5, 67.5, 70]
REPEATED = [0, 0, 10, 10, 20, 20, 30, 30, 40, 40, 50, 50, 60, 60, 70, 70]
TF1_DOUBLED = [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 70]
CUBIC_DOUBLED = [-1.0547, 1.9141, 6.6797, 12.9688, 17.0312, 22.9688, 27.0312, 32.9688]
CUBIC_DOUBLED += [70 - value for value in reversed(CUBIC_DOUBLED)]
KEYS_DOUBLED = [-0.8824, 1.6788, 7.0992, *DOUBLED[3:13], 62.9008, 68.3212, 70.8824]

# By width: the value of each pixel, to the four decimals that are printed.
VECTORS: dict[str, dict[int, Sequence[float]]] = {
    "opencv.resize(INTER_LINEAR, {})": {4: [5, 25, 45, 65], 3: [8.3333, 35, 61.6667], 16: DOUBLED},
    "tensorflow.resize(bilinear, {})": {4: [5, 25, 45, 65], 3: [8.3333, 35, 61.6667], 16: DOUBLED},
    "tensorflow_v1.resize(bilinear, {})": {4: [0, 20, 40, 60], 3: [0, 26.6667, 53.3333], 16: TF1_DOUBLED},
    "tensorflow_v1.resize(bilinear, {}, half_pixel_centers=true)": {3: [8.3333, 35, 61.6667], 16: DOUBLED},
    "tensorflow_v1.resize(bilinear, {}, align_corners=true)": {
        4: [0, 23.3333, 46.6667, 70],
        3: [0, 35, 70],
        16: [14 / 3 * step for step in range(16)],
    },
    "tensorflow.resize(bilinear, {}, antialias=true)": {
        4: [7.1429, 25, 45, 62.8571],
        3: [11.0526, 35, 58.9474],
        16: DOUBLED,
    },
    "pillow.resize(BILINEAR, {})": {4: [7.1429, 25, 45, 62.8571], 3: [11.0526, 35, 58.9474], 16: DOUBLED},
    "opencv.resize(INTER_AREA, {})": {4: [5, 25, 45, 65], 3: [8.75, 35, 61.25], 16: REPEATED},
    "tensorflow.resize(area, {})": {4: [5, 25, 45, 65], 3: [8.75, 35, 61.25], 16: REPEATED},
    "tensorflow_v1.resize(area, {})": {4: [5, 25, 45, 65], 3: [8.75, 35, 61.25], 16: REPEATED},
    "pillow.resize(BOX, {})": {4: [5, 25, 45, 65], 3: [10, 35, 60], 16: REPEATED},
    "opencv.resize(INTER_CUBIC, {})": {
        4: [4.0625, 25, 45, 65.9375],
        3: [7.6968, 35, 62.3032],
        16: CUBIC_DOUBLED,
    },
    "tensorflow.resize(bicubic, {})": {4: [4.1176, 25, 45, 65.8824], 3: [8.1196, 35, 61.8804], 16: KEYS_DOUBLED},
    "tensorflow_v1.resize(bicubic, {})": {
        4: [0, 20, 40, 60],
        3: [0, 26.299, 53.701],
        16: [0, 4.0625, *TF1_DOUBLED[2:13], 65.9375, 70, 70.9375],
    },
    "tensorflow_v1.resize(bicubic, {}, half_pixel_centers=true)": {4: [4.1176, 25, 45, 65.8824], 16: KEYS_DOUBLED},
    "pillow.resize(BICUBIC, {})": {
        4: [5.4393, 24.5946, 45.4054, 64.5607],
        3: [8.9647, 35, 61.0354],
        16: KEYS_DOUBLED,
    },
    "opencv.resize(INTER_NEAREST, {})": {4: [0, 20, 40, 60], 3: [0, 20, 50], 16: REPEATED},
    "tensorflow_v1.resize(nearest, {})": {4: [0, 20, 40, 60], 3: [0, 20, 50], 16: REPEATED},
    "opencv.resize(INTER_NEAREST_EXACT, {})": {4: [10, 30, 50, 70], 3: [10, 40, 60], 16: REPEATED},
    "tensorflow.resize(nearest, {})": {4: [10, 30, 50, 70], 3: [10, 40, 60], 16: REPEATED},
    "pillow.resize(NEAREST, {})": {4: [10, 30, 50, 70], 3: [10, 40, 60], 16: REPEATED},
}
CASES = [(stage, width, values) for stage, by_width in VECTORS.items() for width, values in by_width.items()]


@pytest.mark.parametrize(("stage", "width", "values"), CASES, ids=[f"{case[0]} to {case[1]}" for case in CASES])
def test_one_dimensional_vectors(stage: str, width: int, values: Sequence[float]) -> None:
    resized = make(stage.format(f"{width}x1"), ROW)
    np.testing.assert_allclose(resized[0, :, 0], values, atol=1e-4)
    column = make(stage.format(f"1x{width}"), ROW.transpose(1, 0, 2))
    np.testing.assert_allclose(column[:, 0, 0], values, atol=1e-4)


@pytest.mark.parametrize(
    "stage", ["opencv.resize(INTER_LINEAR, {})", "opencv.resize(INTER_LINEAR_EXACT, {})", "pillow.resize(BOX, {})"]
)
def test_a_half_is_rounded_up_in_uint8(stage: str) -> None:
    halves = np.array([[[0], [1], [2], [3]]], np.uint8)
    np.testing.assert_array_equal(make(stage.format("2x1"), halves), [[[1], [3]]])
    np.testing.assert_array_equal(make("tensorflow.resize(bilinear, 2x1)", halves), [[[0.5], [2.5]]])


def test_inter_area_rounds_a_half_up_in_blocks_of_four_and_to_even_elsewhere() -> None:
    halves = np.array([[[0], [1], [2], [3]]], np.uint8)
    np.testing.assert_array_equal(make("opencv.resize(INTER_AREA, 2x1)", halves), [[[0], [2]]])
    np.testing.assert_array_equal(make("opencv.resize(INTER_AREA, 2x1)", np.tile(halves, (2, 1, 1))), [[[1], [3]]])


# Pairs on photographs of 640x427, resized to 224x224

PHOTOS = ("china", "flower", "rocket")


@pytest.fixture(scope="module")
def photos() -> dict[str, Image]:
    return {name: make("opencv.imdecode", photograph(name)) for name in PHOTOS}


def pair(a: str, b: str, given: Image) -> npt.NDArray[np.float64]:
    return signed(*(make(stages.replace("SIZE", "224x224"), given) for stages in (a, b)))


@pytest.mark.parametrize("name", PHOTOS)
@pytest.mark.parametrize(
    ("a", "b", "at_most"),
    [
        ("opencv.resize(INTER_LINEAR, SIZE)", "tensorflow.resize(bilinear, SIZE)", 0.008),
        ("pillow.resize(BILINEAR, SIZE)", "tensorflow.resize(bilinear, SIZE, antialias=true)", 0.0035),
        ("pillow.resize(BICUBIC, SIZE)", "tensorflow.resize(bicubic, SIZE, antialias=true)", 0.0035),
        ("pillow.resize(LANCZOS, SIZE)", "tensorflow.resize(lanczos3, SIZE, antialias=true)", 0.0035),
        ("opencv.resize(INTER_AREA, SIZE)", "tensorflow.resize(area, SIZE)", 0.004),
        ("tensorflow_v1.resize(area, SIZE)", "tensorflow.resize(area, SIZE)", 0),
        ("tensorflow_v1.resize(bilinear, SIZE, half_pixel_centers=true)", "tensorflow.resize(bilinear, SIZE)", 0),
        ("tensorflow_v1.resize(bicubic, SIZE, half_pixel_centers=true)", "tensorflow.resize(bicubic, SIZE)", 0),
        ("tensorflow_v1.resize(nearest, SIZE, half_pixel_centers=true)", "tensorflow.resize(nearest, SIZE)", 0),
        ("opencv.resize(INTER_NEAREST, SIZE)", "tensorflow_v1.resize(nearest, SIZE)", 0),
        ("opencv.resize(INTER_NEAREST_EXACT, SIZE)", "pillow.resize(NEAREST, SIZE)", 0),
    ],
)
def test_equivalent_resizes(a: str, b: str, at_most: float, name: str, photos: dict[str, Image]) -> None:
    difference = pair(a, b, make("cast.float32", photos[name]))
    assert np.abs(difference).max() <= at_most


@pytest.mark.parametrize(
    ("a", "b", "highest", "mean"),
    [
        ("pillow.resize(BOX, SIZE)", "opencv.resize(INTER_AREA, SIZE)", 68, 2.5),
        ("opencv.resize(INTER_NEAREST_EXACT, SIZE)", "tensorflow.resize(nearest, SIZE)", 181, 1.17),
        ("opencv.resize(INTER_LINEAR, SIZE)", "tensorflow_v1.resize(bilinear, SIZE)", 166, 10.5),
        ("opencv.resize(INTER_LINEAR, SIZE)", "tensorflow_v1.resize(bilinear, SIZE, align_corners=true)", 152, 5.9),
        ("cast.float32 | opencv.resize(INTER_CUBIC, SIZE)", "tensorflow.resize(bicubic, SIZE)", 14, 0.86),
        ("cast.float32 | opencv.resize(INTER_LANCZOS4, SIZE)", "tensorflow.resize(lanczos3, SIZE)", 11, 0.62),
        ("tensorflow.resize(bilinear, SIZE)", "tensorflow.resize(bilinear, SIZE, antialias=true)", 102, 6.4),
    ],
)
def test_resizes_that_differ(a: str, b: str, highest: float, mean: float, photos: dict[str, Image]) -> None:
    difference = np.abs(pair(a, b, photos["china"]))
    assert difference.max() == pytest.approx(highest, abs=0.5)
    assert difference.mean() == pytest.approx(mean, rel=0.02)


@pytest.mark.parametrize(("interpolation", "share"), [("INTER_LINEAR", 0.11), ("INTER_LINEAR_EXACT", 0.016)])
def test_opencvs_fixed_point_is_one_level_off(interpolation: str, share: float, photos: dict[str, Image]) -> None:
    rounded = "tensorflow.resize(bilinear, SIZE) | cast.uint8(round)"
    difference = pair(f"opencv.resize({interpolation}, SIZE)", rounded, photos["china"])
    assert np.abs(difference).max() == 1
    assert np.mean(difference != 0) == pytest.approx(share, rel=0.05)
    if interpolation == "INTER_LINEAR":
        assert np.mean(difference < 0) < 1e-4, "where they differ, OpenCV is the lower one"


@pytest.mark.parametrize(("resample", "highest"), [("BILINEAR", 1), ("BICUBIC", 3)])
@pytest.mark.parametrize("name", PHOTOS)
def test_pillows_uint8_is_close_to_its_float(resample: str, highest: int, name: str, photos: dict[str, Image]) -> None:
    """BICUBIC is clipped to 0 and 255 between its two passes, so that it strays further at hard edges."""
    resize = f"pillow.resize({resample}, SIZE)"
    difference = pair(resize, f"cast.float32 | {resize} | cast.uint8(round)", photos[name])
    assert np.abs(difference).max() <= highest
    assert 0.11 < np.mean(difference != 0) < 0.19


def test_a_reducing_gap_costs_a_little(photos: dict[str, Image]) -> None:
    plain, with_gap = (make(f"pillow.resize(BICUBIC, 64x64{gap})", photos["china"]) for gap in ("", ", reducing_gap=2"))
    difference = np.abs(signed(plain, with_gap))
    assert 0 < difference.mean() < 1
    assert difference.max() <= 16
    np.testing.assert_array_equal(make("pillow.resize(BICUBIC, 64x64, reducing_gap=0.5)", photos["china"]), plain)


@pytest.mark.parametrize("name", PHOTOS)
def test_the_whole_story(name: str, photos: dict[str, Image]) -> None:
    """TensorFlow 1's resize costs most, the fast DCT one level, and with both put right rounding alone is left."""
    reference = make("opencv.resize(INTER_LINEAR, 224x224)", photos[name])
    fast = make("tensorflow.decode_jpeg", photograph(name))
    means = {
        (decoded, resize): np.abs(signed(reference, make(f"{resize}, 224x224)", image))).mean()
        for decoded, image in (("fast", fast), ("accurate", photos[name]))
        for resize in ("opencv.resize(INTER_LINEAR", "tensorflow_v1.resize(bilinear", "tensorflow.resize(bilinear")
    }
    expected = {
        "china": (1.22, 10.52, 10.77, 0.24),
        "flower": (0.98, 2.80, 3.05, 0.24),
        "rocket": (1.00, 3.77, 4.12, 0.21),
    }
    found = (
        means["fast", "opencv.resize(INTER_LINEAR"],
        means["accurate", "tensorflow_v1.resize(bilinear"],
        means["fast", "tensorflow_v1.resize(bilinear"],
        means["accurate", "tensorflow.resize(bilinear"],
    )
    np.testing.assert_allclose(found, expected[name], atol=0.006)
    assert np.abs(signed(reference, make("tensorflow.resize(bilinear, 224x224)", photos[name]))).max() < 1


# Casts and overshoot


def test_bicubic_overshoots_the_scale_and_tf_cast_wraps_it(photos: dict[str, Image]) -> None:
    bicubic = make("tensorflow.resize(bicubic, 224x224)", photos["china"])
    assert (bicubic.min(), bicubic.max()) == pytest.approx((-14.8, 264.6), abs=0.1)
    values = floats_of([[[260.7], [-3.2], [99.6]]])
    np.testing.assert_array_equal(make("cast.uint8(truncate)", values), [[[4], [253], [99]]])
    np.testing.assert_array_equal(make("cast.uint8(round)", values), [[[255], [0], [100]]])


def test_tf_cast_and_saturate_cast_are_what_is_said_of_them() -> None:
    import tensorflow as tf

    values = floats_of([[[260.7], [-3.2], [99.6]]])
    np.testing.assert_array_equal(make("cast.uint8(truncate)", values), tf.cast(values, tf.uint8).numpy())
    np.testing.assert_array_equal(make("cast.uint8(saturate)", values), tf.saturate_cast(values, tf.uint8).numpy())
    right = tf.saturate_cast(tf.round(values), tf.uint8).numpy()
    np.testing.assert_array_equal(make("cast.uint8(round)", values), right)


def test_cutting_decimals_darkens(photos: dict[str, Image]) -> None:
    resized = make("tensorflow.resize(bilinear, 224x224)", photos["china"])
    assert signed(resized, make("cast.uint8(truncate)", resized)).mean() == pytest.approx(-0.45, abs=0.01)


def test_subtracting_bytes_wraps() -> None:
    assert (bytes_of([10]) - bytes_of([12])).tolist() == [254]


def test_resizing_with_alpha_is_premultiplied_by_pillow_alone() -> None:
    """Left: opaque black. Right: white that nobody sees. Pillow leaves it out, the others mix it in."""
    pixels = bytes_of([[[0, 0, 0, 255], [255, 255, 255, 0]]])
    np.testing.assert_array_equal(make("pillow.resize(BOX, 1x1)", pixels), [[[0, 0, 0, 128]]])
    np.testing.assert_array_equal(make("opencv.resize(INTER_AREA, 1x1)", pixels), [[[128, 128, 128, 128]]])
    np.testing.assert_array_equal(make("tensorflow.resize(area, 1x1)", pixels), [[[127.5, 127.5, 127.5, 127.5]]])


def test_pillow_does_not_premultiply_floats() -> None:
    pixels = floats_of([[[0, 0, 0, 255], [255, 255, 255, 0]]])
    np.testing.assert_array_equal(make("pillow.resize(BOX, 1x1)", pixels), [[[127.5, 127.5, 127.5, 127.5]]])


# Resizers that hide in loaders


def test_keras_load_img_is_nearest_and_squashes(tmp_path: Path) -> None:
    import keras

    path = tmp_path / "rocket.jpg"
    path.write_bytes(photograph("rocket"))
    loaded = np.asarray(keras.utils.load_img(path, target_size=(50, 60)))
    np.testing.assert_array_equal(
        make("pillow.open(mode=RGB) | pillow.resize(NEAREST, 60x50)", path.read_bytes()), loaded
    )


def test_keras_image_dataset_is_the_fast_dct_and_bilinear_without_antialias(tmp_path: Path) -> None:
    import keras

    (tmp_path / "rocket.jpg").write_bytes(photograph("rocket"))
    batches = keras.utils.image_dataset_from_directory(tmp_path, labels=None, image_size=(50, 60), batch_size=1)
    stages = "tensorflow.decode_image(channels=3, expand_animations=false) | tensorflow.resize(bilinear, 60x50)"
    np.testing.assert_array_equal(make(stages, photograph("rocket")), next(iter(batches))[0])


def test_thumbnail_drafts_and_leaves_a_gap() -> None:
    plain = make("pillow.open | pillow.resize(BICUBIC, 64x43)", photograph("china"))
    picture = PillowImage.open(BytesIO(photograph("china")))
    picture.thumbnail((64, 64))
    difference = np.abs(signed(plain, np.asarray(picture)))
    assert difference.mean() == pytest.approx(0.6, abs=0.05)
    assert difference.max() <= 10


# A resize is a matrix: that of the identity is its transpose


def weights(stage: str) -> npt.NDArray[np.float64]:
    """The 224 x 500 matrix of `stage` along a row; the other axis keeps its size."""
    identity = np.eye(500, dtype=np.float32)[:, :, np.newaxis]
    return make(stage.replace("SIZE", "224x500"), identity)[:, :, 0].T.astype(np.float64)


@pytest.mark.parametrize(
    ("stage", "scale", "offset", "taps", "lowest"),
    [
        ("opencv.resize(INTER_LINEAR, SIZE)", 500 / 224, 0.6161, (2, 2), 0),
        ("tensorflow.resize(bilinear, SIZE)", 500 / 224, 0.6161, (2, 2), 0),
        ("tensorflow_v1.resize(bilinear, SIZE)", 500 / 224, 0, (1, 2), 0),
        ("tensorflow_v1.resize(bilinear, SIZE, align_corners=true)", 499 / 223, 0, (2, 2), 0),
        ("opencv.resize(INTER_CUBIC, SIZE)", 500 / 224, 0.6161, (4, 4), -0.1111),
        ("tensorflow.resize(bicubic, SIZE)", 500 / 224, 0.6161, (4, 4), -0.0741),
        ("tensorflow.resize(bicubic, SIZE, antialias=true)", 500 / 224, 0.6161, (8, 9), -0.0332),
        ("pillow.resize(BICUBIC, SIZE)", 500 / 224, 0.6161, (8, 9), -0.0332),
        ("opencv.resize(INTER_LANCZOS4, SIZE)", 500 / 224, 0.6161, (8, 8), -0.1748),
        ("opencv.resize(INTER_AREA, SIZE)", 500 / 224, 0.6161, (3, 4), 0),
        ("tensorflow.resize(area, SIZE)", 500 / 224, 0.6161, (3, 4), 0),
    ],
)
def test_the_matrix_of_a_resize(stage: str, scale: float, offset: float, taps: tuple[int, int], lowest: float) -> None:
    matrix = weights(stage)[5:-5]
    np.testing.assert_allclose(matrix.sum(axis=1), 1, atol=2e-5)
    rows = np.arange(5, 219)
    # Keys' cubic and the area reproduce a ramp up to a fraction of a pixel, the linear ones exactly.
    np.testing.assert_allclose(matrix @ np.arange(500), scale * rows + offset, atol=0.2)
    assert np.polyfit(rows, matrix @ np.arange(500), 1) == pytest.approx((scale, offset), abs=0.02)
    counts = (np.abs(matrix) > 1e-6).sum(axis=1)
    assert (counts.min(), counts.max()) == taps
    assert matrix.min() == pytest.approx(lowest, abs=1e-4)
