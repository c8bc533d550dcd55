"""An audit as files to take along: the report, the rows, the figures, and what continuous integration reads."""

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ..auditing.audit_folder import AuditFolder
from ..auditing.queries import Rows
from ..auditing.schema import ROWS
from ..export import EARLIEST, ExportFile
from ..figures.interactive import html_page
from ..figures.plot import Plot
from ..numeric.static_figures import static_figure
from ..palette import Theme
from ..report import junit_xml, markdown, write_report
from ..tolerance import DEFAULT_CONDITIONS
from .audit_plots import audit_plots
from .spreadsheets import shielded

FLAT_COLUMNS = tuple(field.name for field in ROWS if not pa.types.is_nested(field.type))
"""What a table in a CSV file can hold."""

PLOTS = "plots"
"""The folder of the plots."""

Summary = dict[str, Any]


def audit_files(folder: AuditFolder, summary: Summary, recipe_b: int, theme: Theme) -> Iterator[ExportFile]:
    """All files of a finished audit, its plots for one B; each is made only when its `make` is called.

    Nothing is written into the audit's own folder, which may belong to somebody else.
    """
    yield ExportFile("report.zip", partial(_report_zip, folder, summary), "the report with its pictures, as a folder")
    yield ExportFile("report.html", partial(_report, folder, summary), "the report as one file, for small audits")
    yield ExportFile("summary.json", partial(_json, summary), "verdict, figures, distributions, slices, worst pictures")
    yield ExportFile("summary.md", partial(_markdown, folder, summary), "the answer in short, for a pull request")
    yield ExportFile("junit.xml", partial(_junit, folder, summary), "the verdicts, for continuous integration")
    yield ExportFile("rows.parquet", partial(_parquet, folder), "a row for each picture, with channels and stages")
    yield ExportFile("rows.csv", partial(_csv, folder), "the same without what is nested, for a spreadsheet")
    for plot in audit_plots(folder, summary["pairs"][recipe_b], recipe_b):
        yield ExportFile(f"{PLOTS}/{plot.name}.png", partial(static_figure, plot, theme, "png"), plot.title)
        yield ExportFile(f"{PLOTS}/{plot.name}.svg", partial(static_figure, plot, theme, "svg"), plot.title)
        yield ExportFile(f"{PLOTS}/{plot.name}.html", partial(_page, plot, theme), plot.title)


def audit_zip(files: Iterable[ExportFile], name: str) -> bytes:
    """All of `files` in a folder `name` of a ZIP file."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        for file in files:
            _add(opened, f"{name}/{file.name}", file.make())
    return archive.getvalue()


def _report(folder: AuditFolder, summary: Summary) -> bytes:
    with tempfile.TemporaryDirectory() as place:
        return write_report(folder, summary, self_contained=True, to=Path(place)).read_bytes()


def _report_zip(folder: AuditFolder, summary: Summary) -> bytes:
    archive = io.BytesIO()
    with tempfile.TemporaryDirectory() as place, zipfile.ZipFile(archive, "w") as opened:
        write_report(folder, summary, to=Path(place))
        for path in sorted(Path(place).rglob("*")):
            if path.is_file():
                _add(opened, f"report/{path.relative_to(place).as_posix()}", path.read_bytes())
    return archive.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, EARLIEST)
    entry.compress_type = zipfile.ZIP_STORED if name.endswith((".png", ".zip", ".parquet")) else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)


def _json(summary: Summary) -> bytes:
    return json.dumps(summary, indent=2, ensure_ascii=False, allow_nan=False).encode()


def _markdown(folder: AuditFolder, summary: Summary) -> bytes:
    with Rows(folder.parts) as rows:
        return markdown(summary, rows.judged(DEFAULT_CONDITIONS), DEFAULT_CONDITIONS).encode()


def _junit(folder: AuditFolder, summary: Summary) -> bytes:
    with Rows(folder.parts) as rows:
        return junit_xml(rows, summary, DEFAULT_CONDITIONS).encode()


def _parts(folder: AuditFolder) -> list[pq.ParquetFile]:
    return [pq.ParquetFile(path) for path in sorted(folder.parts.glob("*.parquet"))]


def _parquet(folder: AuditFolder) -> bytes:
    """All parts as one file, with the schema and the versions in its metadata; a part at a time is in memory."""
    parts, file = _parts(folder), io.BytesIO()
    with pq.ParquetWriter(file, parts[0].schema_arrow, compression="zstd") as writer:
        for part in parts:
            writer.write_table(part.read().cast(parts[0].schema_arrow))
    return file.getvalue()


def _csv(folder: AuditFolder) -> bytes:
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(FLAT_COLUMNS)
    for part in _parts(folder):
        columns = part.read(columns=list(FLAT_COLUMNS)).to_pydict()
        lines.writerows(map(_cell, row) for row in zip(*columns.values(), strict=True))
    return text.getvalue().encode()


def _cell(value: Any) -> Any:  # noqa: ANN401 - a cell of any type
    return shielded(value) if isinstance(value, str) else value


def _page(plot: Plot, theme: Theme) -> bytes:
    return html_page([plot], theme).encode()
