import csv
import io

from core.document import document
from core.exporting.statistics_table import statistics_csv
from tests.core.figures.pairs import comparison_of


def table(a: str, b: str) -> list[dict[str, str]]:
    comparison = comparison_of(a, b)
    return list(csv.DictReader(io.StringIO(statistics_csv(document("noise.png", comparison, ssim=0.5)))))


def test_rows_for_all_channels_and_each_after_each_stage_and_at_the_end() -> None:
    rows = table("opencv.imdecode | opencv.resize(INTER_AREA, 8x6)", "pillow.open | pillow.resize(BOX, 8x6)")
    assert [(row["stage"], row["channel"]) for row in rows] == [
        (stage, channel)
        for stage in ("after decode", "after resize", "final")
        for channel in ("all", "red", "green", "blue")
    ]


def test_figures_are_those_of_the_document() -> None:
    a, b = "opencv.imdecode", "opencv.imdecode | channels.swap"
    final = document("noise.png", comparison_of(a, b))["difference"]
    row = table(a, b)[-4]
    assert (row["channel"], row["verdict"], row["ssim"]) == ("all", "different", "0.5")
    assert float(row["mean_abs"]) == final["mean_abs"]
    assert [int(row[name]) for name in ("max_at_x", "max_at_y", "max_at_channel")] == final["max_at"]


def test_unknown_figures_are_empty() -> None:
    row = table("opencv.imdecode", "opencv.imdecode | opencv.resize(INTER_AREA, 8x6)")[-1]
    assert (row["stage"], row["verdict"], row["channel"]) == ("final", "incomparable", "all")
    assert (row["max_abs"], row["psnr_db"], row["max_at_x"]) == ("", "", "")
