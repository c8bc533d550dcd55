"""`samepixels report`: the report of a finished audit, drawn again from its files; and what `corpus` shows of it."""

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..errors import LibraryMissingError
from ..tolerance import DEFAULT_CONDITIONS, Condition, parse_conditions
from .output import AsJson, ExitCode, console, print_json

FailOn = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on",
        metavar="CONDITION",
        help="Exits with 1 where this holds for a picture, as in compare. May be given again.",
        show_default=" ".join(map(str, DEFAULT_CONDITIONS)),
    ),
]
SelfContained = Annotated[bool, typer.Option("--self-contained", help="The report as one file, for small audits.")]
JunitFile = Annotated[Path | None, typer.Option("--junit", metavar="FILE", help="The verdicts as JUnit's XML.")]
MarkdownFile = Annotated[
    Path | None, typer.Option("--markdown", metavar="FILE", help="A summary for a pull request's comment.")
]

_NEEDED = {"pyarrow", "duckdb", "jinja2"}


@dataclass(frozen=True)
class Outputs:
    """What is written of a finished audit."""

    conditions: tuple[Condition, ...]
    self_contained: bool
    junit: Path | None
    markdown: Path | None


def report(  # noqa: PLR0917 - typer calls it by name, an argument for each option
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a finished audit.")],
    fail_on: FailOn = None,
    self_contained: SelfContained = False,
    junit: JunitFile = None,
    markdown: MarkdownFile = None,
    as_json: AsJson = False,
) -> None:
    """Draws the report of a finished audit again, from its files alone."""
    summary = needing_corpus("corpus").AuditFolder(folder).summary()
    conditions = tuple(each for text in fail_on or () for each in parse_conditions(text)) or DEFAULT_CONDITIONS
    code = write_outputs(folder, summary, Outputs(conditions, self_contained, junit, markdown))
    if as_json:
        print_json(summary)
    else:
        show_summary(console(), summary, folder)
    raise typer.Exit(code)


def needing_corpus(module: str) -> Any:  # noqa: ANN401 - a module, imported only by those who need it
    """A module of the core that needs the extra `corpus`; raises `LibraryMissingError` where that is not installed."""
    try:
        return importlib.import_module(f"..{module}", __package__)
    except ModuleNotFoundError as error:
        if error.name not in _NEEDED:
            raise
        raise LibraryMissingError(
            f"Auditing many pictures needs {error.name}, which is not installed.",
            "Install it with: pip install 'samepixels[corpus]'",
        ) from error


def write_outputs(folder: Path, summary: dict[str, Any], outputs: Outputs) -> ExitCode:
    """Writes the report and what else is wanted; the exit code that follows from the rows."""
    corpus_report = needing_corpus("report")
    audit_folder = needing_corpus("corpus").AuditFolder(folder)
    corpus_report.write_report(audit_folder, summary, self_contained=outputs.self_contained)
    with needing_corpus("corpus").Rows(audit_folder.parts) as rows:
        judged = rows.judged(outputs.conditions)
        if outputs.junit:
            outputs.junit.write_text(corpus_report.junit_xml(rows, summary, outputs.conditions), "utf-8")
    if outputs.markdown:
        outputs.markdown.write_text(corpus_report.markdown(summary, judged, outputs.conditions), "utf-8")
    if judged["unknown"]:
        return ExitCode.NOT_COMPARED
    return ExitCode.BEYOND if judged["beyond"] else ExitCode.WITHIN


def show_summary(out: Console, summary: dict[str, Any], folder: Path) -> None:
    """The sentences first, then the figures of all pixels, the errors, and where the report is."""
    for pair in summary["pairs"]:
        out.print(Text(pair["sentence"], "bold"), soft_wrap=True)
        out.print(Text(f"  A  {summary['a']}"), soft_wrap=True)
        out.print(Text(f"  B  {pair['b']}"), soft_wrap=True)
        if pair["totals"]:
            out.print(_totals_table(pair))
        for kind, count in pair["errors"].items():
            out.print(Text(f"  {count:,} with the error {kind}: {_first(pair, kind)}", "yellow"), soft_wrap=True)
    out.print(Text(f"Report: {folder / 'report.html'}"), soft_wrap=True)


def _totals_table(pair: dict[str, Any]) -> Table:
    table = Table("over all pixels", "pictures", box=SIMPLE_HEAD)
    for heading in ("max", "mean", "bias", "RMSE", "differing values"):
        table.add_column(heading, justify="right")
    for group in pair["totals"]:
        difference, level = group["difference"], group["level"]
        figures = [difference[name] / level for name in ("max_abs", "mean_abs", "bias", "rmse")]
        cells = [f"{figure:.3g}" for figure in figures]
        name = f"{group['stage']}, {group['channels']} channels, {group['dtype']}"
        table.add_row(name, f"{group['pictures']:,}", *cells, f"{difference['differing_values_pct']:.3g} %")
    return table


def _first(pair: dict[str, Any], kind: str) -> str:
    return next((each["error"] for each in pair["broken"] if each["error_kind"] == kind), "see the rows")
