"""`samepixels translate`: the nearest recipe in another library."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from ..environment import environment
from ..pictures import read_picture
from ..presets import parse_recipe
from ..searching.document import translation_document
from ..searching.translate import translate as translate_recipe
from ..ticker import Ticker
from .output import AsJson, ExitCode, PresetsFile, console, known_presets, print_json


def translate(
    recipe: Annotated[str, typer.Argument(metavar="RECIPE", help="What is to be made the same.")],
    into: Annotated[
        str, typer.Option("--into", metavar="LIBRARY", help="opencv, pillow, tensorflow or tensorflow_v1.")
    ],
    image: Annotated[
        str, typer.Option("--image", metavar="IMAGE", help="The picture on which it is tried: a path or sample:KEY.")
    ] = "sample:hopper",
    as_json: AsJson = False,
    presets: PresetsFile = None,
) -> None:
    """Finds another library's nearest recipe, says what remains, and gives the code; a resize it lacks, in numpy."""
    original = parse_recipe(recipe, known_presets(presets))
    source = read_picture(image)
    with Ticker(console(stderr=True)) as ticker:
        found = translate_recipe(source, original, into, lambda _, text: ticker.say(text))
    document = translation_document(image, original, found, environment(probe=True) if as_json else None)
    if as_json:
        print_json(document)
    else:
        show_translation(console(), document)
    raise typer.Exit(ExitCode.WITHIN if found.verdict in {"identical", "rounding"} else ExitCode.BEYOND)


def show_translation(out: Console, document: Mapping[str, Any]) -> None:
    """The recipe and what remains of the difference first, then the code."""
    _say(out, Text.assemble((f"{document['verdict']}: ", "bold"), document["recipe"]))
    _say(out, Text(f"  {_remains(document)} after {document['searched']:,} ways were tried on {document['image']}."))
    for each in document["kept"]:
        _say(out, Text(f"  {each} stays: the library has nothing for it."))
    _show_emulation(out, document["emulation"])
    out.print()
    _say(out, Text(document["code"]))
    if document["emulation"] and document["emulation"]["code"]:
        _say(out, Text(document["emulation"]["code"]))


def _show_emulation(out: Console, emulation: Mapping[str, Any] | None) -> None:
    if emulation is None:
        return
    if emulation["reason"]:
        _say(out, Text(f"  {emulation['reason']}"))
    else:
        words = f"  {emulation['stage']} in numpy alone, at the end, is {emulation['verdict']}: {_remains(emulation)}."
        _say(out, Text(words))


def _remains(side: Mapping[str, Any]) -> str:
    difference = side["difference"]
    if difference["mean_abs_levels"] is None:
        return "nothing to compare"
    return f"mean {difference['mean_abs_levels']:.3g}, max {difference['max_abs_levels']:.3g} levels"


def _say(out: Console, text: Text) -> None:
    out.print(text, soft_wrap=True)
