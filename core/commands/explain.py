"""`samepixels explain`: why two recipes differ on a picture."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..compare import Incomparable
from ..environment import environment
from ..explain import explain as explain_recipes
from ..explaining.document import explanation_document
from ..explaining.words import part
from ..pictures import read_picture
from ..presets import parse_recipe
from ..ticker import Ticker
from .output import AsJson, ExitCode, PresetsFile, console, known_presets, print_json

_BAR = 24


def explain(
    image: Annotated[str, typer.Argument(metavar="IMAGE", help="A picture: a path, or sample:KEY (see: samples).")],
    a: Annotated[str, typer.Option("--a", metavar="RECIPE", help="What A does.")] = "opencv",
    b: Annotated[str, typer.Option("--b", metavar="RECIPE", help="What B does.")] = "tensorflow",
    as_json: AsJson = False,
    presets: PresetsFile = None,
) -> None:
    """Says why two recipes differ on a picture: each stage's share, what the pixels show, and what to write instead."""
    known = known_presets(presets)
    recipe_a, recipe_b = parse_recipe(a, known), parse_recipe(b, known)
    source = read_picture(image)
    with Ticker(console(stderr=True)) as ticker:
        explanation = explain_recipes(
            source, recipe_a, recipe_b, on_progress=lambda share, text: ticker.say(f"{share:.0%} {text}")
        )
    document = explanation_document(image, explanation, environment(probe=True) if as_json else None)
    if as_json:
        print_json(document)
    else:
        show_explanation(console(), document)
    failed = isinstance(explanation.comparison.final, Incomparable)
    raise typer.Exit(ExitCode.NOT_COMPARED if failed else ExitCode.WITHIN)


def show_explanation(out: Console, document: Mapping[str, Any]) -> None:
    """The sentence first, then shares, findings and advice with its code."""
    _say(out, Text(document["explanation"], "bold"))
    _say(out, Text(f"  A  {document['a']['recipe']}"))
    _say(out, Text(f"  B  {document['b']['recipe']}"))
    _show_shares(out, "Shares of the squared error", document["shares"])
    _show_shares(out, "Inside the resize", document["resize_shares"])
    _show_findings(out, document["findings"])
    advised = [each for each in (document["advice"], *document["alternatives"]) if each]
    for heading, advice in zip(("Advice", *["Or"] * len(advised)), advised, strict=False):
        _show_advice(out, heading, advice)
    if advised:
        out.print()
        _say(out, Text(advised[0]["code"]))


def _say(out: Console, text: Text) -> None:
    out.print(text, soft_wrap=True)


def _show_shares(out: Console, title: str, shares: Iterable[Mapping[str, Any]]) -> None:
    rows = list(shares)
    if not rows:
        return
    table = Table(title, "share", "", "least to most", box=SIMPLE_HEAD)
    table.columns[1].justify = table.columns[3].justify = "right"
    for each in rows:
        bar = "█" * round(_BAR * min(1.0, max(0.0, each["share"])))
        table.add_row(each["stage"], part(each["share"]), bar, f"{part(each['low'])} to {part(each['high'])}")
    out.print(table)


def _show_findings(out: Console, findings: Iterable[Mapping[str, Any]]) -> None:
    rows = list(findings)
    _say(out, Text("What the pixels show by themselves", "italic"))
    for each in rows:
        _say(out, Text.assemble(("  " + each["kind"], "cyan"), f"  {each['evidence']} ({each['confidence']:.0%} sure)"))
    if not rows:
        _say(out, Text("  nothing that has a name: another kernel, perhaps, or aliasing"))
    out.print()


def _show_advice(out: Console, heading: str, advice: Mapping[str, Any]) -> None:
    _say(out, Text.assemble((f"{heading}: ", "bold"), advice["recipe"]))
    for change in advice["changes"]:
        _say(out, Text(f"  {change}"))
    _say(out, Text(f"  {_remains(advice['before'])} before, {_remains(advice)} after."))


def _remains(side: Mapping[str, Any]) -> str:
    difference = side["difference"]
    if difference["mean_abs_levels"] is None:
        return str(side["verdict"])
    largest, mean = difference["max_abs_levels"], difference["mean_abs_levels"]
    return f"{side['verdict']} (mean {mean:.3g}, max {largest:.3g} levels)"
