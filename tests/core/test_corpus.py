"""An audit from the pictures to the summary: what it says, and that nothing stops it for good."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import jsonschema
import pyarrow.parquet as pq
import pytest

from core import cli
from core.auditing.schema import FIGURE_COLUMNS, ROWS
from core.compare import compare
from core.corpus import AuditFolder, Limits, Rows, Tick, audit
from core.document import document
from core.errors import CorpusError
from core.pictures import read_picture
from core.pipeline import run
from core.ssim import ssim
from core.tolerance import parse_conditions
from tests.core import encoded
from tests.core.auditing.corpora import A, B, jpeg, rows, settings, write_pictures, write_shard

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "core/schema/corpus.json").read_text())


def test_the_table_of_bad_pictures_each_is_a_row_with_its_error(tmp_path: Path) -> None:
    folder = write_pictures(tmp_path / "pictures", 3)
    (folder / "corrupt.jpg").write_bytes(jpeg(0)[:900])
    (folder / "empty.jpg").touch()
    (folder / "text.jpg").write_text("Hello, world.")
    (folder / "folder.jpg").mkdir()
    (folder / "写真.jpg").write_bytes(jpeg(1))
    (folder / "large.png").write_bytes(encoded.by_opencv(".png", encoded.rgb(200, 100)))
    vanished = folder / "vanished.jpg"
    vanished.write_bytes(jpeg(2))
    unreadable = Path("/proc/self/mem") if sys.platform == "linux" else folder / "unreadable.jpg"
    addresses = folder, folder / "001.jpg", unreadable

    def vanish(tick: Tick) -> None:
        if tick.doing != "listing the pictures":
            vanished.unlink(missing_ok=True)

    summary = audit(settings(*addresses, limits=Limits(pixels=10_000)), tmp_path / "out", on_tick=vanish)
    jsonschema.validate(summary, SCHEMA)
    found = {Path(row["picture"]).name: row for row in rows(tmp_path / "out") if row["error_kind"]}
    kinds = {name: row["error_kind"] for name, row in found.items()}
    assert kinds == {
        "001.jpg": "duplicate",
        "corrupt.jpg": "stage_failed",
        "empty.jpg": "unreadable",
        "folder.jpg": "unreadable",
        "large.png": "too_large",
        unreadable.name: "unreadable",
        "text.jpg": "unreadable",
        "vanished.jpg": "unreadable",
    }
    assert all(row["error"] and row["remedy"] for row in found.values())
    assert [row["verdict"] for row in found.values() if row["error_kind"] != "duplicate"] == ["incomparable"] * 7
    pair = summary["pairs"][0]
    assert (summary["pictures"], summary["duplicates"]) == (11, 1)
    assert sum(pair["verdicts"].values()) == 11
    assert pair["errors"] == {"duplicate": 1, "stage_failed": 1, "too_large": 1, "unreadable": 5}
    assert len([row for row in rows(tmp_path / "out") if row["verdict"] not in (None, "incomparable")]) == 4


def test_numbers_are_those_of_compare(tmp_path: Path) -> None:
    folder = write_pictures(tmp_path / "pictures", 2)
    chosen = settings(
        folder, "sample:hopper", b=(B, "pillow.open | opencv.resize(INTER_LINEAR, 32x24)"), with_ssim=True
    )
    audit(chosen, tmp_path / "out")
    found = rows(tmp_path / "out")
    assert [(row["index"], row["recipe_b"]) for row in found] == [(i, b) for i in range(3) for b in range(2)]
    for row in found:
        source = read_picture(row["picture"])
        comparison = compare(run(source, chosen.a), run(source, chosen.bs[row["recipe_b"]]))
        a, b = comparison.a.image, comparison.b.image
        assert a is not None
        assert b is not None
        wanted = document(row["picture"], comparison, ssim=ssim(a, b))
        for column in FIGURE_COLUMNS:
            assert row[column.name] == wanted["difference"][column.name], column.name
        assert [stage["name"] for stage in row["stages"]] == [stage["name"] for stage in wanted["stages"]]
        for stage, wanted_stage in zip(row["stages"], wanted["stages"], strict=True):
            assert stage["mean_abs"] == wanted_stage["difference"]["mean_abs"]
            assert stage["channels"] == wanted_stage["difference"]["channels"]
        assert row["channels"] == wanted["difference"]["channels"]
        assert (row["sha256"], row["subsampling"]) == (source.sha256, source.header.subsampling)
        assert row["verdict"] == wanted["verdict"]


def test_totals_and_slices_are_of_all_pixels_together(tmp_path: Path) -> None:
    folder = write_pictures(tmp_path / "pictures", 6)
    write_shard(tmp_path / "pictures" / "s.tar", {"a.png": encoded.by_opencv(".png", encoded.rgb())})
    summary = audit(settings(folder), tmp_path / "out")
    found = rows(tmp_path / "out")
    values = sum(row["values"] for row in found)
    mean = sum(row["mean_abs"] * row["values"] for row in found) / values
    pair = summary["pairs"][0]
    stages = {group["stage"]: group for group in pair["totals"]}
    assert list(stages) == ["after decode", "final"]
    assert stages["final"]["pictures"] == 7
    assert stages["final"]["difference"]["mean_abs"] == pytest.approx(mean, rel=1e-12)
    assert stages["final"]["difference"]["max_abs"] == max(row["max_abs"] for row in found)
    by_format = {each["slice"]: each for each in pair["slices"]["format"]}
    assert {name: each["pictures"] for name, each in by_format.items()} == {"JPEG": 6, "PNG": 1}
    assert by_format["PNG"]["mean_abs_levels"] == pytest.approx(found[-1]["mean_abs"])
    assert [each["pictures"] for each in pair["slices"]["folder"]] == [6, 1]
    assert [each["slice"] for each in pair["slices"]["size"]] == ["under 0.1 megapixels"]
    spread = pair["distributions"]["mean_abs_levels"]
    assert sum(spread["counts"]) == 7
    assert spread["max"] == max(row["mean_abs"] for row in found)
    assert pair["worst"][0]["mean_abs_levels"] == spread["max"]


def test_the_rows_have_the_schema_and_the_versions(tmp_path: Path) -> None:
    audit(settings(write_pictures(tmp_path / "pictures", 1)), tmp_path / "out")
    schema = pq.read_schema(tmp_path / "out/parts/000000.parquet")
    assert schema.equals(ROWS)
    facts = {name.decode(): value.decode() for name, value in (schema.metadata or {}).items()}
    assert facts["schema"] == "samepixels/corpus-rows/1"
    assert facts["OpenCV"].startswith("opencv-python")
    assert facts["Pillow"].startswith("pillow==")


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_pictures(tmp_path_factory.mktemp("corpus") / "pictures", 120)
    (folder / "077.jpg").write_text("no picture")
    audit(settings(folder), folder.parent / "whole")
    return folder.parent / "whole"


def command(folder: Path, out: Path) -> Sequence[str | Path]:
    return [sys.executable, "-m", "core", "corpus", folder, "--a", A, "--b", B, "--out", out, "--workers", "1"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals are Unix's")
@pytest.mark.parametrize(("parts_before", "sent"), [(1, signal.SIGKILL), (2, signal.SIGKILL), (1, signal.SIGINT)])
def test_a_run_that_is_killed_goes_on_and_ends_as_one_that_was_not(
    tmp_path: Path, uninterrupted: Path, parts_before: int, sent: signal.Signals
) -> None:
    folder, whole, out = uninterrupted.parent / "pictures", uninterrupted, tmp_path / "out"
    with subprocess.Popen(command(folder, out), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        wait_for_parts(out, parts_before, process)
        process.send_signal(sent)
        _, stderr = process.communicate(timeout=60)
    if sent == signal.SIGINT:
        assert process.returncode == 130
        assert b"The same command goes on from there." in stderr
        assert b"Traceback" not in stderr
    assert not (out / "summary.json").exists()
    kept = sum(pq.read_metadata(part).num_rows for part in (out / "parts").glob("*.parquet"))
    ticks: list[Tick] = []
    summary = audit(settings(folder), out, on_tick=ticks.append)
    assert next(tick.done for tick in ticks if tick.total) == kept
    assert summary["pairs"] == AuditFolder(whole).summary()["pairs"]
    assert rows(out) == rows(whole)
    assert (out / "totals.parquet").read_bytes() == (whole / "totals.parquet").read_bytes()


def wait_for_parts(out: Path, count: int, process: "subprocess.Popen[bytes]") -> None:
    deadline_s = time.monotonic() + 60
    while len(list((out / "parts").glob("*.parquet"))) < count:
        assert process.poll() is None
        assert time.monotonic() < deadline_s
        time.sleep(0.002)


def test_a_finished_audit_is_not_done_again(tmp_path: Path) -> None:
    folder = write_pictures(tmp_path / "pictures", 1)
    first = audit(settings(folder), tmp_path / "out")

    def refuse(_job: object) -> None:
        raise AssertionError("There is nothing to do.")

    assert audit(settings(folder), tmp_path / "out", engine=refuse) == first  # type: ignore[arg-type]


def test_a_folder_of_another_audit_is_left_alone(tmp_path: Path) -> None:
    folder = write_pictures(tmp_path / "pictures", 1)
    AuditFolder(tmp_path / "out").open_for(settings(folder).job, [str(folder)], {"OpenCV": "opencv-python==5.0.0"}, "")
    with pytest.raises(CorpusError, match="holds an audit of other recipes or settings"):
        audit(settings(folder, with_ssim=True), tmp_path / "out")
    with pytest.raises(CorpusError, match="holds an audit of other pictures"):
        audit(settings(folder, "more.jpg"), tmp_path / "out")
    with pytest.raises(CorpusError, match=r"was begun with opencv-python==5\.0\.0; here are"):
        audit(settings(folder), tmp_path / "out")
    with pytest.raises(CorpusError, match="is not finished"):
        AuditFolder(tmp_path / "out").summary()
    with pytest.raises(CorpusError, match="is not empty, and holds no audit"):
        audit(settings(folder), folder)


def test_what_names_no_picture(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("# nothing\n")
    with pytest.raises(CorpusError, match="names no picture"):
        audit(settings(tmp_path / "list.txt"), tmp_path / "out")
    with pytest.raises(CorpusError, match="nothing to audit"):
        audit(settings(), tmp_path / "out")


@pytest.mark.parametrize(
    ("conditions", "judged"),
    [
        ("verdict==different", {"within": 0, "beyond": 3, "unknown": 1}),
        ("max_abs>255", {"within": 3, "beyond": 0, "unknown": 1}),
        ("ssim<0.5, max_abs>255", {"within": 0, "beyond": 0, "unknown": 4}),
        ("psnr_db<5", {"within": 3, "beyond": 0, "unknown": 1}),
    ],
)
def test_rows_are_judged_as_compare_judges(audited: Path, conditions: str, judged: dict[str, int]) -> None:
    with Rows(audited / "parts") as found:
        assert found.judged(parse_conditions(conditions)) == judged


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_pictures(tmp_path_factory.mktemp("corpus") / "it's [1] of *" / "pictures", 3)
    (folder / "text.jpg").write_text("no picture")
    audit(settings(folder), folder.parent / "out")
    return folder.parent / "out"


def test_the_command_is_listed() -> None:
    assert {"corpus", "report"} <= {each.callback.__name__ for each in cli.app.registered_commands if each.callback}
