"""The command line: `python -m core …` in a checkout, `samepixels …` once installed.

Exit codes: 0 within the tolerance, 1 beyond it, 2 wrong usage, 3 could not compare or read, 130 interrupted.
With `--json` stdout holds JSON alone; messages and progress go to stderr. Each command parses its arguments, calls the
core and shows what that gives.
"""

import sys
from collections.abc import Callable, Mapping
from io import TextIOWrapper
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from . import __version__, terminal
from .codegen import generate
from .commands.check import baseline, check
from .commands.corpus import corpus
from .commands.explain import explain
from .commands.identify import identify
from .commands.impact import impact
from .commands.measure import measure
from .commands.output import AsJson, ExitCode, PresetsFile, console, known_presets, print_json
from .commands.report import report
from .commands.translate import translate
from .compare import Comparison, Incomparable
from .compare import compare as compare_traces
from .document import document as comparison_document
from .document import environment_document, unreadable_document
from .environment import Environment
from .environment import environment as environment_here
from .errors import LabelError, RecipeError, SamePixelsError, SettingsError, SourceError, ToleranceError
from .operations.catalogue import operation
from .operations.catalogue import operations as all_operations
from .pictures import read_picture
from .pipeline import run
from .presets import parse_recipe
from .recipe import Recipe, Stage
from .samples import samples as all_samples
from .ssim import ssim
from .statistics import PEAK
from .ticker import Ticker, telling
from .tolerance import DEFAULT_CONDITIONS, Condition, judge, parse_conditions

_CODE_BY_JUDGEMENT = {"within": ExitCode.WITHIN, "beyond": ExitCode.BEYOND, "unknown": ExitCode.NOT_COMPARED}


class _ErrorsInWords(TyperGroup):
    """Ends a command that raises one of the core's errors with its words instead of a traceback."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]
        try:
            return super().invoke(ctx)
        except SamePixelsError as error:
            terminal.show_error(console(stderr=True), error)
            is_usage = isinstance(error, LabelError | RecipeError | SettingsError | ToleranceError)
            raise typer.Exit(ExitCode.USAGE if is_usage else ExitCode.NOT_COMPARED) from error


app = typer.Typer(
    cls=_ErrorsInWords,
    help="Do your two pipelines see the same pixels? Runs two recipes on the same picture and says how they differ.",
    epilog="A RECIPE is a preset's name (see: recipes) or stages joined by | (see: operations). "
    "Exit codes: 0 within the tolerance, 1 beyond it, 2 wrong usage, 3 could not compare or read.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"samepixels {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Shows the version and exits.")
    ] = False,
) -> None:
    del version


@app.command()
def compare(  # noqa: PLR0917 - typer calls it by name, an argument for each option
    images: Annotated[
        list[str],
        typer.Argument(metavar="IMAGE", help="Pictures: paths, or sample:KEY for a built-in one (see: samples)."),
    ],
    a: Annotated[str, typer.Option("--a", metavar="RECIPE", help="What A does.")] = "opencv",
    b: Annotated[str, typer.Option("--b", metavar="RECIPE", help="What B does.")] = "tensorflow",
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CONDITION",
            help="Exits with 1 where this holds: 'max_abs>1', 'ssim<0.99', 'verdict!=identical'. May be given again.",
            show_default=" ".join(map(str, DEFAULT_CONDITIONS)),
        ),
    ] = None,
    as_json: AsJson = False,
    presets: PresetsFile = None,
) -> None:
    """Compares what two recipes make of the same pictures: verdict, figures, and where the difference begins."""
    known = known_presets(presets)
    recipe_a, recipe_b = parse_recipe(a, known), parse_recipe(b, known)
    conditions = tuple(each for text in fail_on or () for each in parse_conditions(text)) or DEFAULT_CONDITIONS
    facts = environment_here(probe=True) if as_json else None
    codes, verdicts = [], []
    with Ticker(console(stderr=True)) as ticker:
        for number, image in enumerate(images, start=1):
            prefix = f"{image} ({number} of {len(images)}): " if len(images) > 1 else ""
            document = _compared(image, recipe_a, recipe_b, facts, telling(ticker, prefix))
            ticker.clear()
            if as_json:
                print_json(document)
            else:
                terminal.show_comparison(console(), document)
            codes.append(_exit_code(document, conditions, is_told=bool(fail_on)))
            verdicts.append(document["verdict"])
    if len(images) > 1 and not as_json:
        terminal.show_totals(console(), verdicts)
    raise typer.Exit(max(codes))


def _compared(
    address: str, a: Recipe, b: Recipe, facts: Environment | None, on_stage: Callable[[Stage], None]
) -> dict[str, Any]:
    try:
        source = read_picture(address)
    except SourceError as error:
        return unreadable_document(address, a, b, error, environment=facts)
    comparison = compare_traces(run(source, a, on_stage=on_stage), run(source, b, on_stage=on_stage))
    return comparison_document(address, comparison, ssim=_final_ssim(comparison), environment=facts)


def _final_ssim(comparison: Comparison) -> float | None:
    a, b, final = comparison.a.image, comparison.b.image, comparison.final
    if a is None or b is None or isinstance(final, Incomparable):
        return None
    return ssim(a, b, data_range=PEAK * final.level)


def _exit_code(document: Mapping[str, Any], conditions: tuple[Condition, ...], *, is_told: bool) -> ExitCode:
    """One picture's part of the exit code; on stderr, where `is_told`, which of the conditions made it so."""
    if document["verdict"] == "incomparable":
        return ExitCode.NOT_COMPARED
    judgement = judge(conditions, document)
    if is_told and judgement != "within":
        reasons = [str(condition) for condition in conditions if condition.judge(document) == judgement]
        terminal.show_judgement(console(stderr=True), document["image"], judgement, reasons)
    return _CODE_BY_JUDGEMENT[judgement]


app.command()(explain)
app.command()(measure)
app.command()(translate)
app.command()(identify)
app.command()(corpus)
app.command()(report)
app.command()(impact)
app.command()(check)
app.command()(baseline)


@app.command()
def code(recipe: Annotated[str, typer.Argument(metavar="RECIPE")], presets: PresetsFile = None) -> None:
    """Prints a recipe as a Python script that uses its libraries alone."""
    sys.stdout.write(generate(parse_recipe(recipe, known_presets(presets))))


@app.command()
def environment(as_json: AsJson = False) -> None:
    """Lists the libraries found here, their versions, the JPEG library inside each, and what is missing."""
    found = environment_here(probe=True)
    if as_json:
        print_json(environment_document(found))
    else:
        terminal.show_environment(console(), found)


@app.command()
def recipes(presets: PresetsFile = None) -> None:
    """Lists the presets: a name, its recipe, and where one meets it."""
    terminal.show_presets(console(), known_presets(presets).values())


@app.command()
def samples() -> None:
    """Lists the built-in pictures, each for `compare` as sample:KEY."""
    terminal.show_samples(console(), all_samples())


@app.command()
def operations(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="A library or one operation, such as opencv.")] = "",
) -> None:
    """Lists what the libraries can do; of the named ones every option with its default and where it is documented."""
    if not name:
        terminal.show_operations(console(), all_operations())
        return
    of_library = tuple(each for each in all_operations() if each.library == name)
    terminal.show_options(console(), of_library or (operation(name),))


def main() -> None:
    """Runs the command that the arguments name, and exits with its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # What the terminal's encoding lacks, in a file's name say, is shown escaped and stops nothing.
            stream.reconfigure(errors="backslashreplace")
    app()
