"""The documents for users name every command, option and figure there is, and their recipes are recipes."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from core import cli
from core.commands.measure import resize_stage
from core.document import FIGURES, unknown_difference
from core.operations.catalogue import operation, operations
from core.presets import load_presets, parse_recipe, presets
from core.recipe import parse_stage

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), ROOT / "benchmarks" / "README.md", *DOCS.rglob("*.md")])
CONCEPTS = sorted((DOCS / "concepts").glob("[!R]*.md"))
LIBRARIES = sorted({each.library for each in operations()})
SHELL = {"|", ">", "&&"}
COMMANDS = [command.callback.__name__ for command in cli.app.registered_commands if command.callback]


def document(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def section(text: str, heading: str) -> str:
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_documented(command: str) -> None:
    text = section(document("command-line.md"), command)
    options = set(re.findall(r"(?<!\S)--[a-z-]+", CliRunner().invoke(cli.app, [command, "--help"]).stdout)) - {"--help"}
    assert text
    assert [option for option in sorted(options) if option not in text] == []


def test_every_figure_is_documented() -> None:
    assert [name for name in FIGURES if f"`{name}`" not in document("command-line.md")] == []
    assert [name for name in unknown_difference() if f"`{name}`" not in document("json.md")] == []


def test_recipes_in_the_documents_are_recipes() -> None:
    lines = [line.strip() for line in document("recipes.md").splitlines() if line.startswith("    ")]
    recipes = [line for line in lines if line.startswith(("opencv.", "tensorflow.", "pillow."))]
    assert len(recipes) == 6
    written_differently, canonical = map(parse_recipe, recipes[-2:])
    assert written_differently == canonical
    assert str(canonical) == recipes[-1]
    for recipe in recipes:
        parse_recipe(recipe)


def test_the_presets_in_the_documents_are_presets(tmp_path: Path) -> None:
    own = tmp_path / "ours.toml"
    own.write_text(document("recipes.md").partition("```toml\n")[2].partition("```")[0], "utf-8")
    assert list(load_presets(own)) == ["serving", "training"]


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them: small letters, and hyphens for spaces."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    links = re.findall(r"\]\((?!https?:)([^)]+)\)|(?:src|srcset)=\"([^\"]+)\"", text)
    for address, _, anchor in ("".join(link).partition("#") for link in links):
        target = path.parent / address if address else path
        assert target.exists(), address
        assert not anchor or anchor in anchors(target.read_text("utf-8")), f"{address}#{anchor}"


def commands(text: str) -> Iterator[list[str]]:
    """The arguments of every command in a page, up to what a shell makes of its output."""
    for line in re.findall(r"^ {4}(?:\$ )?(?:samepixels|python -m core) (.+)$", text, re.MULTILINE):
        arguments = shlex.split(line, comments=True)
        ends = [index for index, each in enumerate(arguments) if each in SHELL]
        yield arguments[: ends[0] if ends else None]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_have_these_options_and_their_recipes_are_recipes(path: Path) -> None:
    for name, *arguments in commands(path.read_text("utf-8")):
        command = get_command(cli.app).commands[name]  # type: ignore[attr-defined]
        given = command.make_context(name, arguments).params
        if given.get("presets") is None:
            for recipe in filter(None, map(given.get, ("a", "b", "recipe"))):
                for each in [recipe] if isinstance(recipe, str) else recipe:
                    parse_recipe(each)
            for stage in given.get("stages", ()):
                resize_stage(stage, presets())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_recipes_and_stages_in_text_are_such(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
    spans = [*re.findall(r"`([^`\n]+)`", text), *re.findall(r"^ {4}(\S.*)$", text, re.MULTILINE)]
    for span in spans:
        if re.match(rf"({'|'.join(LIBRARIES)})\.\w+(\(| \||$)", span) and not re.search("…|  ", span):
            assert_is_recipe_or_stage(span)


def assert_is_recipe_or_stage(text: str) -> None:
    name = re.split(r"[( ]", text)[0]
    if name == text:
        assert operation(name).name == name
    elif operation(name).kind == "decode":
        parse_recipe(text)
    else:
        for stage in re.split(r" \| ", text):
            parse_stage(stage)


@pytest.mark.parametrize("path", CONCEPTS, ids=lambda path: path.stem)
def test_code_of_a_concept_is_python(path: Path) -> None:
    blocks = re.findall(r"```python\n(.*?)```", path.read_text("utf-8"), re.DOTALL)
    assert blocks
    for block in blocks:
        ast.parse(block)
