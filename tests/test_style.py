"""What design and style ask of every file, where ruff and mypy have no rule for it."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("core", "ui", "pages", "tests", "benchmarks", "tools")
FILES = sorted([*ROOT.glob("*.py"), *(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))])
LINES_PER_FILE = 400
LINES_PER_FUNCTION = 60

# Who may import whom: a file's room, then the first names that its imports must not begin with.
IMAGE_LIBRARIES = frozenset(
    {"cv2", "PIL", "tensorflow", "keras", "numba", "matplotlib", "onnxruntime", "ai_edge_litert"}
)
FORBIDDEN_IMPORTS = {
    "core": frozenset({"streamlit", "starlette", "ui", "pages", "app", "core", "tests"}),
    "ui": frozenset({"pages", "app", "tests"}) | IMAGE_LIBRARIES,
}
PAGES_MAY_IMPORT = sys.stdlib_module_names | {"streamlit", "ui", "core"}
ROOMS_OF_THE_LIBRARIES = ("core/operations", "core/numeric", "core/models")

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


every_file = pytest.mark.parametrize("path", FILES, ids=relative)
every_core_file = pytest.mark.parametrize("path", [p for p in FILES if relative(p).startswith("core/")], ids=relative)


def imported_names(tree: ast.AST) -> Iterator[str]:
    """The first part of every absolute import, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0]


def public_definitions(body: list[ast.stmt]) -> Iterator[ast.ClassDef | FunctionNode]:
    """Public classes and functions, and the public methods of public classes that have no base to inherit from."""
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef) and not node.bases:
                yield from public_definitions(node.body)


def lines_without_docstring(function: FunctionNode) -> int:
    assert function.end_lineno is not None
    first = function.body[0]
    has_docstring = ast.get_docstring(function, clean=False) is not None
    docstring_lines = (first.end_lineno or first.lineno) - first.lineno + 1 if has_docstring else 0
    return function.end_lineno - function.lineno + 1 - docstring_lines


@every_file
def test_dependencies_point_one_way(path: Path) -> None:
    room = relative(path).split("/")[0]
    forbidden = FORBIDDEN_IMPORTS.get(room, frozenset())
    imported = set(imported_names(parsed(path)))
    assert not forbidden & imported
    if room == "pages":
        assert imported <= PAGES_MAY_IMPORT


@every_core_file
def test_only_three_rooms_know_the_libraries(path: Path) -> None:
    if not relative(path).startswith(ROOMS_OF_THE_LIBRARIES):
        assert not IMAGE_LIBRARIES & set(imported_names(parsed(path)))


@every_core_file
def test_what_is_public_in_core_is_documented(path: Path) -> None:
    tree = parsed(path)
    undocumented = [node.name for node in public_definitions(tree.body) if not ast.get_docstring(node)]
    assert ast.get_docstring(tree)
    assert undocumented == []


@every_file
def test_files_and_functions_are_short(path: Path) -> None:
    functions = [node for node in ast.walk(parsed(path)) if isinstance(node, FunctionNode)]
    too_long = [function.name for function in functions if lines_without_docstring(function) > LINES_PER_FUNCTION]
    assert len(path.read_text().splitlines()) <= LINES_PER_FILE
    assert too_long == []


@every_file
def test_comparisons_of_arrays_are_asserted_and_explained(path: Path) -> None:
    """A bare `np.allclose(…)` checks nothing, and an asserted one does not show what differs: np.testing's do both."""
    for node in ast.walk(parsed(path)):
        call = node.value if isinstance(node, ast.Expr) else node.test if isinstance(node, ast.Assert) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            assert call.func.attr not in ("allclose", "array_equal"), f"line {call.lineno}"
