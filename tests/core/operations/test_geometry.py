import numpy as np
import numpy.typing as npt
import pytest

from core.errors import StageError
from core.image import as_image
from core.pipeline import carry_out
from core.recipe import parse_stage


def numbered(height: int, width: int) -> npt.NDArray[np.uint8]:
    """A picture whose values are 10 * row + column."""
    rows, columns = np.mgrid[:height, :width]
    return as_image((10 * rows + columns).astype(np.uint8)[:, :, np.newaxis])  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("stage", "shape_hw", "rows", "columns"),
    [
        ("crop.center(2x2)", (4, 4), (1, 2), (1, 2)),
        ("crop.center(2x2)", (5, 7), (1, 2), (2, 3)),  # margins of 1.5 and 2.5 cut down
        ("crop.center(2x2, offset_rounding=half_even)", (5, 7), (2, 3), (2, 3)),  # 1.5 -> 2, 2.5 -> 2
        ("crop.center(4x3)", (3, 4), (0, 2), (0, 3)),
        ("crop.fraction(0.5)", (8, 8), (2, 5), (2, 5)),
        ("crop.fraction(0.5)", (5, 5), (1, 3), (1, 3)),
        ("crop.fraction(0.5, square=true)", (4, 8), (1, 2), (3, 4)),
        ("crop.fraction(0.5, square=true)", (5, 8), (2, 3), (3, 4)),  # (5 - 2 + 1) // 2
        ("crop.fraction(1)", (3, 2), (0, 2), (0, 1)),
    ],
)
def test_crops(stage: str, shape_hw: tuple[int, int], rows: tuple[int, int], columns: tuple[int, int]) -> None:
    cropped = carry_out(parse_stage(stage), numbered(*shape_hw)).image
    first, last = cropped[0, 0, 0], cropped[-1, -1, 0]
    assert (int(first), int(last)) == (10 * rows[0] + columns[0], 10 * rows[1] + columns[1])
    assert cropped.shape == (rows[1] - rows[0] + 1, columns[1] - columns[0] + 1, 1)


def test_letterbox_puts_the_odd_pixel_below_and_right() -> None:
    padded = carry_out(parse_stage("pad.letterbox(5x4, color=99)"), numbered(1, 2)).image
    np.testing.assert_array_equal(
        padded[:, :, 0],
        [[99, 99, 99, 99, 99], [99, 0, 1, 99, 99], [99, 99, 99, 99, 99], [99, 99, 99, 99, 99]],
    )


@pytest.mark.parametrize(
    ("stage", "message"),
    [
        ("crop.center(9x1)", "9x1 does not fit into the picture of 4x3"),
        ("pad.letterbox(3x9)", "4x3 does not fit into 3x9"),
        ("pad.letterbox(9x9, color=0.5)", "cannot be padded with 0.5"),
        ("pad.letterbox(9x9, color=256)", "cannot be padded with 256"),
    ],
)
def test_what_does_not_fit_is_refused_with_both_sizes(stage: str, message: str) -> None:
    with pytest.raises(StageError, match=message):
        carry_out(parse_stage(stage), numbered(3, 4))
