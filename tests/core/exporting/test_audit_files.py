"""The files of an audit: each can be opened, and none is written into the audit's folder."""

import csv
import io
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pyarrow.parquet as pq
import pytest

from core.corpus import ROWS_SCHEMA, AuditFolder, audit
from core.exporting.audit_files import audit_files, audit_zip
from core.exporting.spreadsheets import shielded
from tests.core.auditing.corpora import settings, write_pictures


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> AuditFolder:
    folder = write_pictures(tmp_path_factory.mktemp("files") / "pictures", 2)
    (folder / "text.jpg").write_text("no picture")
    audit(settings(folder), folder.parent / "out")
    return AuditFolder(folder.parent / "out")


@pytest.fixture(scope="module")
def files(audited: AuditFolder) -> dict[str, bytes]:
    before = sorted(audited.path.rglob("*"))
    found = list(audit_files(audited, audited.summary(), 0, "light"))
    wanted = [each for each in found if not each.name.startswith("plots/") or "mean-abs" in each.name]
    made = {each.name: each.make() for each in wanted}
    assert sorted(audited.path.rglob("*")) == before
    return made


def test_the_report_comes_in_both_forms(files: dict[str, bytes]) -> None:
    assert b"data:image/png;base64," in files["report.html"]
    with zipfile.ZipFile(io.BytesIO(files["report.zip"])) as archive:
        names = archive.namelist()
        assert "report/report.html" in names
        assert "report/report/rows.js" in names


def test_rows_are_those_of_the_audit(audited: AuditFolder, files: dict[str, bytes]) -> None:
    table = pq.read_table(io.BytesIO(files["rows.parquet"]))
    wanted = pq.read_table(audited.parts)
    assert table.equals(wanted)
    assert table.schema.metadata[b"schema"] == ROWS_SCHEMA.encode()
    lines = list(csv.DictReader(io.StringIO(files["rows.csv"].decode())))
    assert [line["picture"] for line in lines] == wanted["picture"].to_pylist()
    assert float(lines[0]["mean_abs"]) == wanted["mean_abs"][0].as_py()
    assert lines[2]["error_kind"] == "unreadable"


def test_some_or_all_files_come_in_one_zip(audited: AuditFolder) -> None:
    texts = [each for each in audit_files(audited, audited.summary(), 0, "light") if each.name.startswith("summary")]
    with zipfile.ZipFile(io.BytesIO(audit_zip(texts, "photos_audit"))) as archive:
        assert archive.namelist() == ["photos_audit/summary.json", "photos_audit/summary.md"]
        assert json.loads(archive.read("photos_audit/summary.json")) == audited.summary()


def test_what_machines_read_is_well_formed(audited: AuditFolder, files: dict[str, bytes]) -> None:
    assert json.loads(files["summary.json"]) == audited.summary()
    assert ET.fromstring(files["junit.xml"]).get("tests") == "3"  # noqa: S314 - a file of our own
    assert files["summary.md"].startswith(b"### SamePixels")


def test_a_plot_comes_in_three_forms(files: dict[str, bytes]) -> None:
    assert files["plots/spread-mean-abs-levels.png"].startswith(b"\x89PNG")
    assert b"<svg" in files["plots/spread-mean-abs-levels.svg"]
    assert b"plotly" in files["plots/spread-mean-abs-levels.html"]


@pytest.mark.parametrize(("name", "cell"), [("=1+1.jpg", "'=1+1.jpg"), ("@a", "'@a"), ("plain.jpg", "plain.jpg")])
def test_no_name_is_a_formula(name: str, cell: str) -> None:
    assert shielded(name) == cell


def test_names_of_files_are_safe(audited: AuditFolder) -> None:
    names = [each.name for each in audit_files(audited, audited.summary(), 0, "dark")]
    assert len(set(names)) == len(names)
    assert all(Path(name).parts[0] in {"plots", name} for name in names)
