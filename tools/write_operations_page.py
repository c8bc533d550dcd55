"""Writes docs/operations.md from the operations' declarations: `python -m tools.write_operations_page`."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from core.operations.catalogue import operations
from core.operations.declaration import Operation, Option
from core.operations.target_size import Fit

PAGE = Path(__file__).parents[1] / "docs" / "operations.md"

_SIZE_BY_FIT = {Fit.EXACT: "`WIDTHxHEIGHT`", Fit.SHORTER: "`shorter=N`", Fit.LONGER: "`longer=N`"}

_HEAD = """\
# Operations

Every operation with every option: what may be written, the library's own default, and where it is documented.
This page is written by `python -m tools.write_operations_page` from the declarations in `core/operations/`; how stages
and recipes are written stands in [recipes.md](recipes.md).
"""


def page() -> str:
    """The page's text."""
    by_library = groupby(operations(), key=lambda operation: operation.library)
    return "\n".join([_HEAD, *(line for name, members in by_library for line in _library(name, list(members)))])


def _library(name: str, members: list[Operation]) -> Iterator[str]:
    yield f"## {name}\n"
    for operation in members:
        yield f"### `{operation.name}`\n"
        yield f"{operation.kind.capitalize()}. {_escaped(operation.summary)} [Reference]({operation.reference})\n"
        if operation.options:
            yield "| option | default | allowed | |"
            yield "|---|---|---|---|"
            yield from (_row(operation, option) for option in operation.options)
            yield ""


def _row(operation: Operation, option: Option) -> str:
    default = "has to be given" if option.default is None else f"`{option.format(option.default)}`"
    text = " ".join([_escaped(option.help), *_conditions(operation, option), f"[Reference]({option.reference})"])
    return f"| `{option.name}` | {default} | {_escaped(option.allowed)} | {text} |"


def _conditions(operation: Operation, option: Option) -> Iterator[str]:
    """Where the option has no effect, or where it has one, whichever is said in fewer words."""
    if option.applies_when is not None:
        name, values = option.applies_when
        yield _condition(name, [operation.option(name).format(value) for value in values], operation.option(name))
    if len(option.applies_to_fits) < len(Fit):
        yield f"For {', '.join(_SIZE_BY_FIT[fit] for fit in option.applies_to_fits)} alone."


def _condition(name: str, values: list[str], other: Option) -> str:
    rest = [choice for choice in other.allowed.split(", ") if choice not in values]
    if 0 < len(rest) < len(values):
        return f"Without effect where `{name}` is {_words(rest)}."
    return f"Applies where `{name}` is {_words(values)}."


def _words(values: list[str]) -> str:
    return " or ".join(f"`{value}`" for value in values)


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
