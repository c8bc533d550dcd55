"""`samepixels corpus`: two recipes on many pictures."""

import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from ..errors import RecipeError
from ..limits import DEFAULTS, limits
from ..presets import parse_recipe
from ..tolerance import DEFAULT_CONDITIONS, parse_conditions
from .audit_ticks import ticks
from .output import AsJson, PresetsFile, console, known_presets, print_json
from .report import (
    FailOn,
    JunitFile,
    MarkdownFile,
    Outputs,
    SelfContained,
    needing_corpus,
    show_summary,
    write_outputs,
)

if TYPE_CHECKING:
    from ..corpus import AuditSettings

INTERRUPTED = 130


def corpus(  # noqa: PLR0917, PLR0913 - typer calls it by name, an argument for each option
    addresses: Annotated[
        list[str],
        typer.Argument(
            metavar="ADDRESS", help="Files, folders, patterns, .txt lists, .tar shards; s3://… and the like too."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The audit's folder; goes on with what is there.")],
    a: Annotated[str, typer.Option("--a", metavar="RECIPE", help="What A does.")] = "opencv",
    b: Annotated[
        list[str] | None, typer.Option("--b", metavar="RECIPE", help="What B does. May be given again.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, metavar="N", help="Processes, with threads inside.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="ADDRESS", help="Work on a Dask cluster: tcp://HOST:PORT.")
    ] = None,
    with_ssim: Annotated[bool, typer.Option("--ssim", help="The structural similarity, too; twice the time.")] = False,
    final_only: Annotated[
        bool, typer.Option("--final-only", help="No figures after the stages; a bit faster.")
    ] = False,
    max_megapixels: Annotated[
        float, typer.Option("--max-megapixels", metavar="N", help="Larger pictures become an error.")
    ] = DEFAULTS.pixels / 1e6,
    picture_seconds: Annotated[
        float, typer.Option("--picture-seconds", metavar="S", help="A picture that takes longer becomes an error.")
    ] = DEFAULTS.picture_s,
    fail_on: FailOn = None,
    self_contained: SelfContained = False,
    junit: JunitFile = None,
    markdown: MarkdownFile = None,
    as_json: AsJson = False,
    presets: PresetsFile = None,
) -> None:
    """Audits many pictures; stopped at any moment, the same command goes on where it was. Writes a report."""
    corpus_module = needing_corpus("corpus")
    known = known_presets(presets)
    conditions = tuple(each for text in fail_on or () for each in parse_conditions(text)) or DEFAULT_CONDITIONS
    settings = corpus_module.AuditSettings(
        parse_recipe(a, known),
        tuple(parse_recipe(each, known) for each in b or ["tensorflow"]),
        tuple(addresses),
        "final" if final_only else "all",
        with_ssim or any(condition.figure == "ssim" for condition in conditions),
        replace(limits(), pixels=round(max_megapixels * 1e6), picture_s=picture_seconds),
    )
    if scheduler and workers:
        raise RecipeError("--workers and --scheduler exclude each other.", "A cluster has as many as it has.")
    engine = corpus_module.start_engine(workers, scheduler)
    summary = _audited(corpus_module, settings, out, engine, as_json=as_json)
    outputs = Outputs(conditions, self_contained, junit, markdown)
    judged = write_outputs(out, summary, outputs)
    if as_json:
        print_json(summary)
    else:
        show_summary(console(), summary, out)
    raise typer.Exit(judged)


def _audited(corpus_module: Any, settings: "AuditSettings", out: Path, engine: Any, *, as_json: bool) -> dict[str, Any]:  # noqa: ANN401
    """Runs the audit; Ctrl-C ends it with a word on how to go on."""
    errors = console(stderr=True)
    command = shlex.join(["samepixels", *sys.argv[1:]])
    done = 0
    try:
        with ticks(errors, as_json=as_json) as listen:

            def on_tick(tick: Any) -> None:  # noqa: ANN401
                nonlocal done
                done = tick.done
                listen(tick)

            summary: dict[str, Any] = corpus_module.audit(
                settings, out, engine=engine, on_tick=on_tick, command=command
            )
    except KeyboardInterrupt:
        errors.print(Text(f"Stopped after {done:,} pictures. The same command goes on from there."), soft_wrap=True)
        raise typer.Exit(INTERRUPTED) from None
    return summary
