import numpy as np

from core.difference import measure
from core.figures.joint import joint_plot
from core.figures.plot import Cells, Line
from tests.core.figures.pairs import RED_A, RED_B


def test_a_runs_to_the_right_and_b_upwards() -> None:
    plot = joint_plot(measure(RED_A, RED_B), "after resize", channel=0)
    assert plot is not None
    (cells,) = plot.panels[0].layers_of(Cells)
    expected = np.zeros((256, 256), np.int64)
    expected[8, 10], expected[20, 20], expected[31, 30] = 1, 2, 1
    np.testing.assert_array_equal(cells.counts, expected)
    assert (plot.panels[0].x.label, plot.panels[0].y.label) == ("A, levels", "B, levels")


def test_the_diagonal_is_where_both_are_equal() -> None:
    plot = joint_plot(measure(RED_A, RED_B), "after resize")
    assert plot is not None
    (line,) = plot.panels[0].layers_of(Line)
    assert (line.start, line.end, line.name) == ((-0.5, -0.5), (255.5, 255.5), "A equals B")
    assert plot.panels[0].square


def test_floats_have_no_joint_plot() -> None:
    assert joint_plot(measure(RED_A.astype(np.float32), RED_B), "after resize") is None
