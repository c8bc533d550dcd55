"""A ZIP as a person finds it: unpacked, and each file read by the program it is for."""

import csv
import io
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PillowImage

from core.colormaps import colormap
from core.compare import Comparison, Different, compare
from core.document import document
from core.environment import environment
from core.export import EARLIEST, ExportFile, ExportSettings, export_files, export_zip
from core.render import HeatmapSettings, heatmap
from core.ssim import ssim
from tests.core.figures.pairs import comparison_of

LINEAR = "opencv.imdecode | opencv.resize(INTER_LINEAR, 16x12)"
CUBIC = "opencv.imdecode | opencv.resize(INTER_CUBIC, 16x12)"
PLOTS = ("panes", "heatmap", "difference-histogram", "image-histograms", "joint-levels", "channels", "stages")


def files_of(comparison: Comparison, settings: ExportSettings | None = None) -> dict[str, ExportFile]:
    return {file.name: file for file in export_files(comparison, settings)}


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return comparison_of(LINEAR, CUBIC)


@pytest.fixture(scope="module")
def told() -> list[tuple[str, float]]:
    return []


@pytest.fixture(scope="module")
def unpacked(comparison: Comparison, told: list[tuple[str, float]]) -> Mapping[str, bytes]:
    """The ZIP's files by their names, without the folder that they are all in."""
    data = export_zip(comparison, on_file=lambda name, done: told.append((name, done)))
    folder = "noise_opencv-imdecode-opencv-resize-INTER-LINEAR-16x12_opencv-imdecode-opencv-resize-INTER-CUBIC-16x12/"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {EARLIEST}
        assert {name[: len(folder)] for name in archive.namelist()} == {folder}
        return {name[len(folder) :]: archive.read(name) for name in archive.namelist()}


def test_everything_is_there(unpacked: Mapping[str, bytes]) -> None:
    assert list(unpacked) == [
        *("README.txt", "a.npy", "a.png", "b.npy", "b.png", "difference.npy", "difference.png", "heatmap.png"),
        *("statistics.json", "statistics.csv", "pipeline_a.py", "pipeline_b.py"),
        *(f"plots/{plot}.{ending}" for plot in PLOTS for ending in ("png", "svg", "html")),
    ]


def test_arrays_are_the_images_bit_for_bit(unpacked: Mapping[str, bytes], comparison: Comparison) -> None:
    a, b = comparison.a.image, comparison.b.image
    assert a is not None
    assert b is not None
    np.testing.assert_array_equal(np.load(io.BytesIO(unpacked["a.npy"])), a, strict=True)
    np.testing.assert_array_equal(np.load(io.BytesIO(unpacked["b.npy"])), b, strict=True)
    difference = np.load(io.BytesIO(unpacked["difference.npy"]))
    np.testing.assert_array_equal(difference, b.astype(np.int16) - a.astype(np.int16), strict=True)
    for name, image in (("a.png", a), ("b.png", b)):
        with PillowImage.open(io.BytesIO(unpacked[name])) as opened:
            np.testing.assert_array_equal(np.asarray(opened), image)


def test_the_heatmap_has_every_pixel(unpacked: Mapping[str, bytes], comparison: Comparison) -> None:
    assert comparison.a.image is not None
    assert comparison.b.image is not None
    expected = heatmap(comparison.a.image, comparison.b.image, HeatmapSettings()).image
    with PillowImage.open(io.BytesIO(unpacked["heatmap.png"])) as opened:
        np.testing.assert_array_equal(np.asarray(opened.convert("RGB")), expected)


def test_the_json_is_that_of_the_command_line(unpacked: Mapping[str, bytes], comparison: Comparison) -> None:
    assert comparison.a.image is not None
    assert comparison.b.image is not None
    similarity = ssim(comparison.a.image, comparison.b.image)
    expected = document("noise.png", comparison, ssim=similarity, environment=environment(probe=True))
    assert json.loads(unpacked["statistics.json"]) == expected


def test_the_table_has_the_same_figures(unpacked: Mapping[str, bytes], comparison: Comparison) -> None:
    rows = list(csv.DictReader(io.StringIO(unpacked["statistics.csv"].decode())))
    final = comparison.final
    assert isinstance(final, Different)
    assert float(rows[-4]["mean_abs"]) == final.statistics.mean_abs


def test_plots_can_be_read(unpacked: Mapping[str, bytes]) -> None:
    for plot in PLOTS:
        with PillowImage.open(io.BytesIO(unpacked[f"plots/{plot}.png"])) as opened:
            opened.verify()
        assert ET.fromstring(unpacked[f"plots/{plot}.svg"]).tag.endswith("}svg")  # noqa: S314 - our own file
        page = unpacked[f"plots/{plot}.html"].decode()
        assert f'id="plot-{plot}"' in page
        assert page.count("plotly.js v") == 1
        assert "<script src" not in page


def test_the_scripts_make_the_arrays(unpacked: Mapping[str, bytes], comparison: Comparison, tmp_path: Path) -> None:
    script, picture, out = tmp_path / "pipeline.py", tmp_path / "noise.png", tmp_path / "out.npy"
    script.write_bytes(unpacked["pipeline_b.py"])
    picture.write_bytes(comparison.a.source.data)
    subprocess.run([sys.executable, script, picture, out], check=True, cwd=tmp_path, env={"PATH": os.environ["PATH"]})
    np.testing.assert_array_equal(np.load(out), np.load(io.BytesIO(unpacked["b.npy"])))


def test_the_readme_says_what_was_compared_and_what_each_file_is(
    unpacked: Mapping[str, bytes], comparison: Comparison
) -> None:
    text = unpacked["README.txt"].decode()
    assert {name for name in unpacked if name not in text} == set()
    assert LINEAR in text
    assert CUBIC in text
    assert comparison.a.source.sha256 in text
    assert "noise.png" in text
    assert f"numpy=={np.__version__}" in text
    assert "gives 16x12, 3 channels, uint8" in text


def test_progress_is_told_before_each_file(unpacked: Mapping[str, bytes], told: list[tuple[str, float]]) -> None:
    assert [name for name, _ in told] == list(unpacked)
    assert [done for _, done in told] == pytest.approx(np.arange(len(told)) / len(told))


def test_floats_have_previews_and_exact_arrays() -> None:
    comparison = comparison_of(f"{LINEAR} | normalize.affine(scale=127.5, offset=-1)", CUBIC)
    files = files_of(comparison)
    assert {"a-preview.png", "b.png"} <= set(files)
    assert "plots/joint-levels.png" not in files
    difference = np.load(io.BytesIO(files["difference.npy"].make()))
    assert difference.dtype == np.float32


def test_shapes_that_differ_leave_what_was_equal_before() -> None:
    comparison = comparison_of("opencv.imdecode | channels.swap", "opencv.imread | opencv.resize(INTER_LINEAR, 16x12)")
    files = files_of(comparison)
    assert {"a.npy", "b.npy", "difference-after-decode.npy", "heatmap-after-decode.png"} <= set(files)
    assert "difference.npy" not in files
    assert not np.load(io.BytesIO(files["difference-after-decode.npy"].make())).any()
    assert "after decode" in files["plots/heatmap.png"].about


def test_pictures_that_were_never_comparable_stand_side_by_side() -> None:
    comparison = comparison_of("opencv.imdecode", "opencv.imdecode(IMREAD_GRAYSCALE)")
    files = files_of(comparison)
    assert {"a.npy", "b.npy", "plots/panes.png", "plots/stages.png", "statistics.json"} <= set(files)
    assert not {name for name in files if "difference" in name or "heatmap" in name}
    assert files["plots/panes.svg"].make()
    assert json.loads(files["statistics.json"].make())["verdict"] == "incomparable"


def test_a_side_that_failed_leaves_the_other() -> None:
    comparison = comparison_of(
        "opencv.imdecode | opencv.resize(INTER_LINEAR, 16x12)",
        "opencv.imdecode | crop.center(1000x1000)",
    )
    files = files_of(comparison)
    assert "a.npy" in files
    assert "b.npy" not in files
    assert "stopped at crop.center(1000x1000)" in files["README.txt"].make().decode()
    assert files["pipeline_b.py"].make()
    assert b"after decode" in files["statistics.csv"].make()


def test_a_channel_that_is_gone_at_the_end_is_not_asked_for() -> None:
    comparison = comparison_of("opencv.imdecode(IMREAD_GRAYSCALE)", "opencv.imread(IMREAD_GRAYSCALE)")
    settings = ExportSettings(HeatmapSettings(channel=2), channel=2)
    files = files_of(comparison, settings)
    assert files["heatmap.png"].make()
    assert files["plots/difference-histogram.png"].make()


def test_the_heatmaps_scale_is_told() -> None:
    comparison = comparison_of("opencv.imdecode", "opencv.imdecode | channels.swap")
    about = files_of(comparison, ExportSettings(HeatmapSettings("absolute", gain=51)))["heatmap.png"].about
    assert about.endswith("absolute, gain 51: the last colours are for 5 levels and more")


def test_the_largest_plots_keep_a_single_bad_pixel() -> None:
    """One pixel of 6 million is drawn, though the plot has a hundredth of them."""
    image = np.full((2000, 3000, 1), 100, np.uint8)
    bad = image.copy()
    bad[1999, 2999] = 255
    grey = "opencv.imdecode(IMREAD_GRAYSCALE)"
    one, other = (comparison_of(grey, grey, picture) for picture in (image, bad))
    files = files_of(compare(one.a, other.a), ExportSettings(HeatmapSettings("absolute")))
    with PillowImage.open(io.BytesIO(files["plots/heatmap.png"].make())) as opened:
        pixels = np.asarray(opened.convert("RGB"))
    full = colormap("absolute", "inferno").colours[255]
    colour_bar_px = 150
    assert (pixels[:, :-colour_bar_px] == full).all(axis=2).any()
