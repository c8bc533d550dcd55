import numpy as np
import pytest

from core.searching.layouts import Layout, layouts


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ((224, 224), ["HW"]),
        ((224, 200, 3), ["HWC"]),
        ((3, 224, 200), ["CHW"]),
        ((4, 200, 3), ["HWC", "CHW"]),
        ((1, 224, 200, 3), ["NHWC"]),
        ((1, 3, 224, 200), ["NCHW"]),
        ((2, 3, 224, 200), ["NCHW", "NCHW, picture 1 of the batch"]),
        ((1, 1, 3, 224, 200), ["NCHW"]),
        ((224,), []),
        ((7, 224, 200), []),
        ((2, 1, 3, 224, 200), []),
    ],
)
def test_every_layout_that_a_shape_allows(shape: tuple[int, ...], expected: list[str]) -> None:
    assert list(map(str, layouts(shape))) == expected


def test_the_picture_is_a_view_of_height_width_channels() -> None:
    picture = np.arange(5 * 4 * 3).reshape(5, 4, 3)
    batch = np.stack([picture, picture + 100]).transpose(0, 3, 1, 2)
    np.testing.assert_array_equal(Layout("NCHW", 1).picture(batch), picture + 100)
    np.testing.assert_array_equal(Layout("HWC").picture(picture), picture)
    np.testing.assert_array_equal(Layout("NCHW", 0, 1).picture(batch[np.newaxis]), picture)
    assert Layout("HW").picture(picture[:, :, 0]).shape == (5, 4, 1)
