"""`samepixels check` and `samepixels baseline`: the gate of continuous integration."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from ..auditing.files import write_json
from ..errors import SettingsError
from ..gate.baseline import baseline_document
from ..gate.checking import check_document
from ..gate.reports import change_words, check_junit, check_markdown
from ..gate.settings import Settings, find_settings, read_settings
from ..ticker import Ticker
from .output import AsJson, ExitCode, console, print_json
from .report import JunitFile, MarkdownFile

Config = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", help="The settings; else samepixels.toml or pyproject.toml, here or above."
    ),
]
_CODES = {"within": ExitCode.WITHIN, "beyond": ExitCode.BEYOND, "unknown": ExitCode.NOT_COMPARED}


def check(
    config: Config = None, junit: JunitFile = None, markdown: MarkdownFile = None, as_json: AsJson = False
) -> None:
    """Holds recipes to the limits, and to the baseline, of a settings file."""
    settings = _settings(config)
    with Ticker(console(stderr=True)) as ticker:
        found = check_document(settings, ticker.say)
    if junit:
        junit.write_text(check_junit(found), "utf-8")
    if markdown:
        markdown.write_text(check_markdown(found), "utf-8")
    if as_json:
        print_json(found)
    else:
        show_check(console(), found)
    raise typer.Exit(_CODES[found["judgement"]])


def baseline(config: Config = None) -> None:
    """Writes what the recipes of a settings file make of its pictures now, for `check` to hold later outputs to."""
    settings = _settings(config)
    if settings.baseline is None:
        raise SettingsError(f"{settings.path} names no baseline.", 'Write baseline = "samepixels-baseline.json".')
    with Ticker(console(stderr=True)) as ticker:
        found = baseline_document(settings, ticker.say)
    write_json(settings.baseline, found)
    versions = ", ".join(found["versions"].values())
    console().print(Text(f"{settings.baseline}: {len(found['outputs'])} outputs of {versions}."), soft_wrap=True)


def _settings(config: Path | None) -> Settings:
    settings = read_settings(config or find_settings(Path()))
    if not settings.checks:
        raise SettingsError(f"{settings.path} has no check.", "Give files, a and b, as docs/ci.md shows.")
    return settings


def show_check(out: Console, found: dict[str, Any]) -> None:
    """What is not within the limits, a line each, and then the count."""
    failed = [each for each in found["results"] if each["judgement"] != "within"]
    for each in failed:
        heading = f"{each['check']} {each['image']}: ".lstrip()
        out.print(Text.assemble((heading, "bold"), (each["verdict"], "yellow"), f"  B {each['b']}"), soft_wrap=True)
        for text in (*each["broken"], each["sentence"], *filter(None, [each["remedy"]])):
            out.print(Text(f"  {text}"), soft_wrap=True)
    for each in found["changes"]:
        out.print(Text.assemble((f"{each['image']}: ", "bold"), change_words(each)), soft_wrap=True)
    words = f"{len(found['results']) - len(failed)} of {len(found['results'])} comparisons are within the limits"
    changes = f"; {len(found['changes'])} outputs are not those of the baseline" if found["baseline"] else ""
    out.print(Text(f"{words}{changes}."), soft_wrap=True)
