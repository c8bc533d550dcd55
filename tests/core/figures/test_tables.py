import numpy as np
import pytest

from core.figures.plot import Panel, Rows
from core.figures.tables import channels_plot, stages_plot
from tests.core.figures.pairs import RED_A, RED_B, comparison_of, outcome_of


def rows_of(panel: Panel) -> Rows:
    (rows,) = panel.layers_of(Rows)
    assert isinstance(rows, Rows)
    return rows


def test_a_row_for_each_channel_and_one_for_all() -> None:
    """In red |d| is 2, 0, 0, 1; the mean of four values is 0.75, of all twelve 0.25."""
    plot = channels_plot(outcome_of(RED_A, RED_B).statistics, "after resize")
    mean, rmse, largest, bias = plot.panels
    assert [panel.title for panel in plot.panels] == ["mean |B − A|", "RMSE", "largest |B − A|", "mean B − A (bias)"]
    assert mean.y.categories == ("all", "red", "green", "blue")
    assert rows_of(mean).values == (0.25, 0.75, 0, 0)
    assert rows_of(mean).texts == ("0.25", "0.75", "0", "0")
    assert rows_of(mean).colours == ("neutral", "red", "green", "blue")
    assert rows_of(rmse).values == pytest.approx((np.sqrt(5 / 12), np.sqrt(5 / 4), 0, 0))
    assert rows_of(largest).texts == ("2", "2", "0", "0")
    assert rows_of(bias).texts == ("−0.08", "−0.25", "0", "0")


def test_an_axis_with_negative_values_has_zero_in_its_middle() -> None:
    mean, _, _, bias = channels_plot(outcome_of(RED_A, RED_B).statistics, "").panels
    assert mean.x.limits[0] == 0
    assert bias.x.limits[0] == -bias.x.limits[1]


def test_figures_are_in_levels() -> None:
    a, b = (image.astype(np.float32) / np.float32(100) for image in (RED_A, RED_B))
    plot = channels_plot(outcome_of(a, b, 0.01).statistics, "", level=0.01)
    assert rows_of(plot.panels[0]).values == pytest.approx((0.25, 0.75, 0, 0), rel=1e-5)


def test_a_grey_picture_has_one_row() -> None:
    plot = channels_plot(outcome_of(RED_A[:, :, :1], RED_B[:, :, :1]).statistics, "")
    assert plot.panels[0].y.categories == ("all",)


def test_a_row_for_each_stage_in_the_colour_of_its_verdict() -> None:
    comparison = comparison_of(
        "opencv.imdecode | opencv.resize(INTER_LINEAR, 16x12)", "opencv.imdecode | opencv.resize(INTER_NEAREST, 16x12)"
    )
    plot = stages_plot(comparison)
    assert plot.panels[0].y.categories == ("after decode ●", "after resize ■", "at the end ■")
    assert rows_of(plot.panels[0]).colours == ("identical", "different", "different")
    assert rows_of(plot.panels[0]).texts[0] == "0"
    assert plot.subtitle == "● identical   ■ different"


def test_what_cannot_be_compared_has_a_row_without_a_bar() -> None:
    comparison = comparison_of("opencv.imdecode", "opencv.imdecode | opencv.resize(INTER_LINEAR, 16x12)")
    plot = stages_plot(comparison)
    assert plot.panels[0].y.categories[-1] == "at the end ✕"
    assert rows_of(plot.panels[0]).values[-1] is None
    assert "✕ cannot be compared" in plot.subtitle
