import numpy as np
import pytest

from core.difference import Difference, measure
from core.figures.histograms import FINE_BINS, difference_histogram, image_histograms
from core.figures.plot import Bars, Line, Plot, Steps
from tests.core.figures.pairs import RED_A, RED_B


def bars_of(plot: Plot) -> Bars:
    (bars,) = plot.panels[0].layers_of(Bars)
    assert isinstance(bars, Bars)
    return bars


def of_differences(differences: list[float], level: float = 1.0) -> Difference:
    a = np.zeros((1, len(differences), 1), np.float32)
    return measure(a, (np.array(differences, np.float32) * np.float32(level)).reshape(a.shape))


def test_every_level_has_a_bar() -> None:
    """Of 12 values one is -2, one is 1 and ten are 0; the axis reaches 4 levels to both sides."""
    bars = bars_of(difference_histogram(measure(RED_A, RED_B), "after resize"))
    np.testing.assert_array_equal(bars.edges, np.arange(-4.5, 5))
    np.testing.assert_array_equal(bars.heights, [0, 0, 1, 0, 10, 1, 0, 0, 0])


def test_bars_have_the_colour_of_the_brighter_side() -> None:
    bars = bars_of(difference_histogram(measure(RED_A, RED_B), "after resize"))
    assert list(bars.colours) == ["a"] * 4 + ["neutral"] + ["b"] * 4


def test_one_channel() -> None:
    bars = bars_of(difference_histogram(measure(RED_A, RED_B), "after resize", channel=0))
    np.testing.assert_array_equal(bars.heights, [0, 0, 1, 0, 2, 1, 0, 0, 0])


def test_what_is_shown_is_said() -> None:
    plot = difference_histogram(measure(RED_A, RED_B), "after resize")
    assert plot.title == "Signed difference B − A after resize"
    assert plot.subtitle == "all channels, 12 values, of which 16.7 % differ"
    (line,) = plot.panels[0].layers_of(Line)
    assert line.name == "mean −0.08 levels"  # (-2 + 1) / 12
    assert line.start[0] == line.end[0] == pytest.approx(-1 / 12)


def test_a_single_value_stands_out_on_a_logarithmic_axis() -> None:
    axis = difference_histogram(measure(RED_A, RED_B), "after resize").panels[0].y
    assert (axis.logarithmic, axis.limits) == (True, (0.5, 20))
    axis = difference_histogram(measure(RED_A, RED_B), "after resize", logarithmic=False).panels[0].y
    assert (axis.logarithmic, axis.limits) == (False, (0, 10.5))


def test_an_axis_reaches_equally_far_to_both_sides() -> None:
    a, b = np.array([[[0], [0]]], np.uint8), np.array([[[200], [0]]], np.uint8)
    plot = difference_histogram(measure(a, b), "")
    assert plot.panels[0].x.limits == (-200.5, 200.5)


def test_levels_of_floats_count_in_levels() -> None:
    """With a level of 1/100, differences of 0.3 and -0.3 levels."""
    plot = difference_histogram(of_differences([0.3, -0.3, 0], 0.01), "", level=0.01)
    bars = bars_of(plot)
    assert len(bars.heights) == FINE_BINS
    assert plot.panels[0].x.limits[1] == pytest.approx(0.3, rel=0.01)
    assert (bars.heights[0], bars.heights[FINE_BINS // 2], bars.heights[-1]) == (1, 1, 1)
    assert list(bars.colours)[FINE_BINS // 2] == "neutral"


@pytest.mark.parametrize("reach", [150.0, 3000.0])
def test_no_difference_of_floats_is_left_out(reach: float) -> None:
    bars = bars_of(difference_histogram(of_differences([reach, -3, 0, 1]), ""))
    assert bars.heights.sum() == 4
    assert bars.edges[-1] == -bars.edges[0] >= reach


def test_identical_floats_have_one_bar() -> None:
    bars = bars_of(difference_histogram(of_differences([0, 0, 0]), ""))
    assert bars.heights.max() == 3
    assert bars.colours[int(bars.heights.argmax())] == "neutral"


def test_both_images_have_a_step_for_every_level() -> None:
    plot = image_histograms(measure(RED_A, RED_B), "after resize", channel=0)
    steps_a, steps_b = plot.panels[0].layers_of(Steps)
    assert (steps_a.name, steps_a.colour, steps_b.name, steps_b.colour) == ("A", "a", "B", "b")
    assert {level: int(steps_a.heights[level]) for level in np.flatnonzero(steps_a.heights)} == {10: 1, 20: 2, 30: 1}
    assert {level: int(steps_b.heights[level]) for level in np.flatnonzero(steps_b.heights)} == {8: 1, 20: 2, 31: 1}
    np.testing.assert_array_equal(steps_a.edges, np.arange(-0.5, 256))
    assert plot.subtitle == "red channel, 4 values in each"


def test_levels_do_not_beat_against_bins() -> None:
    """Whole levels after a normalise stage, beside floats that begin a little lower: each level has its own bin."""
    levels = np.arange(256, dtype=np.float32).reshape(1, -1, 1)
    a = levels / np.float32(127.5) - np.float32(1)
    b = (a + np.float32(0.001) * np.sin(levels)).astype(np.float32)
    b[0, 0] = -1.004
    steps_a, _ = image_histograms(measure(a, b), "", level=1 / 127.5).panels[0].layers_of(Steps)
    np.testing.assert_array_equal(steps_a.heights[steps_a.heights > 0], np.ones(256))


def test_values_far_apart_share_bins() -> None:
    a = np.array([[[-1e6], [0]]], np.float32)
    steps_a, steps_b = image_histograms(measure(a, -a), "").panels[0].layers_of(Steps)
    assert (steps_a.heights.sum(), steps_b.heights.sum()) == (2, 2)
    assert len(steps_a.heights) < 600


def test_an_axis_names_its_unit() -> None:
    difference = measure(RED_A, RED_B)
    assert image_histograms(difference, "").panels[0].x.label == "value, levels (0 black, 255 white)"
    assert image_histograms(difference, "", level=0.5).panels[0].x.label == "value after normalising"
    assert difference_histogram(difference, "").panels[0].x.label.startswith("B − A, levels")
