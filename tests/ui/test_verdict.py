import pytest

from core.compare import Comparison, compare
from core.pipeline import run
from core.presets import parse_recipe
from core.samples import load_sample
from ui import selection
from ui.verdict import stage_table_html, verdict_html

OPENCV = "opencv.imdecode | opencv.resize(INTER_LINEAR, 32x24)"


def comparison(a: str, b: str) -> Comparison:
    source = load_sample("cat")
    return compare(run(source, parse_recipe(a)), run(source, parse_recipe(b)))


@pytest.mark.parametrize(
    ("b", "mark"),
    [
        (OPENCV, "● identical"),
        (OPENCV.replace("LINEAR", "LINEAR_EXACT"), "◆ rounding"),
        (OPENCV.replace("LINEAR", "NEAREST"), "■ different"),
        ("opencv.imdecode", "✕ incomparable"),
    ],
)
def test_every_verdict_has_a_mark_and_a_word(b: str, mark: str) -> None:
    assert mark in verdict_html(comparison(OPENCV, b))


def test_the_ssim_is_awaited_and_then_shown() -> None:
    band = comparison(OPENCV, OPENCV)
    assert "<dt>SSIM</dt><dd>…</dd>" in verdict_html(band)
    assert "<dt>SSIM</dt><dd>1.0000</dd>" in verdict_html(band, "1.0000")


def test_what_cannot_be_compared_has_a_remedy_and_no_figures() -> None:
    shown = verdict_html(comparison(OPENCV, "opencv.imdecode"))
    assert "Resize both to one size, 32x24 say." in shown
    assert "<dl" not in shown


def test_figures_are_in_levels_after_a_normalise_stage() -> None:
    """A value of normalize.tf is 1/127.5 a level."""
    plain = stage_table_html(comparison("opencv.imdecode", "opencv.imdecode | channels.swap"))
    scaled = stage_table_html(
        comparison("opencv.imdecode | normalize.tf", "opencv.imdecode | channels.swap | normalize.tf")
    )
    assert largest(plain) == largest(scaled) == 133


def largest(table: str) -> float:
    """The first figure of the last row."""
    return float(table.split("at the end")[1].split("<td>")[1].removesuffix("</td>"))


def test_a_text_from_outside_is_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.verdict.sentence", lambda _: "<script>")
    assert "&lt;script&gt;" in verdict_html(comparison(OPENCV, OPENCV))


def test_the_table_has_a_row_for_each_place() -> None:
    shown = comparison(OPENCV, OPENCV)
    assert [pair.name for pair in selection.pairs(shown)] == ["after decode", "after resize", "at the end"]
    assert stage_table_html(shown).count("<tr>") == 1 + 3


def test_a_place_that_the_recipes_lack_falls_back_to_the_end() -> None:
    shown = comparison(OPENCV, OPENCV)
    assert selection.chosen(shown, "crop").at == "end"
    assert selection.chosen(shown, "decode").image_a is shown.a.steps[0].image
