"""The documents for users name every command, option and figure there is, and their recipes are recipes."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from core import cli
from core.document import FIGURES, unknown_difference
from core.presets import load_presets, parse_recipe

DOCS = Path(__file__).parents[1] / "docs"
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


def test_links_between_documents_lead_somewhere() -> None:
    for page in DOCS.glob("*.md"):
        links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))
        assert [link for link in links if not (page.parent / link).exists()] == [], page.name
