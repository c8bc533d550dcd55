import numpy as np
import pytest

from core.figures.atlas import atlas_plot
from core.figures.matrix import decades_of, matrix_scale
from core.figures.plot import Curve, Matrix, Targets
from core.recipe import parse_stage
from core.surveying.survey import Atlas, Distances

VALUES = np.array([[0, 0.5, 100], [0.5, 0, np.nan], [100, np.nan, 0]])


def atlas() -> Atlas:
    """Three ways, the first two of one class; two that cannot be compared."""
    methods = ("INTER_LINEAR", "INTER_LINEAR_EXACT", "INTER_AREA")
    return Atlas(
        subject="4 × 4 to 2 × 2",
        ways=tuple((parse_stage(f"opencv.resize({method}, 2x2)"),) for method in methods),
        words=("", "", ""),
        classes=(range(2), range(2, 3)),
        within=1.0,
        distances=(Distances("worst", "worst case", "levels", "", VALUES),),
        refused=(),
        versions=(),
    )


def test_rows_have_names_and_the_numbers_of_their_classes() -> None:
    (panel,) = atlas_plot(atlas(), atlas().distances[0]).panels
    assert panel.y.categories == ("OpenCV INTER_LINEAR  1", "OpenCV INTER_LINEAR_EXACT  1", "OpenCV INTER_AREA  2")
    assert panel.x.categories == ("1", "", "2")


def test_a_class_of_two_is_outlined_and_a_lone_one_is_not() -> None:
    (panel,) = atlas_plot(atlas(), atlas().distances[0]).panels
    (outline,) = panel.layers_of(Curve)
    np.testing.assert_array_equal(outline.x[:5], [-0.5, 1.5, 1.5, -0.5, -0.5])
    assert len(outline.x) == 6


def test_every_cell_says_what_it_is() -> None:
    (panel,) = atlas_plot(atlas(), atlas().distances[0]).panels
    (targets,) = panel.layers_of(Targets)
    assert targets.texts[1] == "OpenCV INTER_LINEAR against OpenCV INTER_LINEAR_EXACT: 0.50 levels"
    assert targets.texts[5] == "OpenCV INTER_LINEAR_EXACT against OpenCV INTER_AREA: cannot be compared"


def test_the_chosen_cell_is_marked() -> None:
    (panel,) = atlas_plot(atlas(), atlas().distances[0], (2, 0)).panels
    mark = panel.layers_of(Curve)[1]
    assert (mark.x.min(), mark.x.max(), mark.y.min(), mark.y.max()) == (-0.5, 0.5, 1.5, 2.5)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_equals_lie_below_the_scale_and_the_incomparable_nowhere(theme: str) -> None:
    matrix = Matrix(VALUES, 1.0, "levels")
    scale = matrix_scale(matrix, "dark" if theme == "dark" else "light")
    decades = decades_of(matrix, scale)
    assert decades[0, 1] == scale.equal < scale.low
    assert decades[0, 2] == 2
    assert np.isnan(decades[1, 2])
