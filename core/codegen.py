"""A recipe as a script that needs its libraries and numpy, and nothing of this package."""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterable

from .environment import installed, installed_numpy
from .operations.catalogue import library_of
from .operations.declaration import Snippet
from .recipe import Recipe, Stage

_ALWAYS_IMPORTED = ("import sys", "import numpy as np")

_MAIN = """\
if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(f"Usage: python {sys.argv[0]} picture.jpg out.npy")
    np.save(sys.argv[2], pipeline(sys.argv[1]))
"""


def generate(recipe: Recipe) -> str:
    """A runnable script that does what `recipe` does, formatted as ruff does it with lines of 120.

    It defines `pipeline(path)`, which gives the same array bit for bit as `core.pipeline.run` where the versions of the
    libraries are the same, and run as `python pipeline.py picture.jpg out.npy` it saves that array.
    """
    snippets = [(stage, stage.operation.snippet(**stage.options)) for stage in recipe.stages]
    reads_data = any(_uses(snippet, "data") for _, snippet in snippets)
    own_imports = (*_ALWAYS_IMPORTED, *(("from pathlib import Path",) if reads_data else ()))
    imports = merged_imports((*own_imports, *(line for _, snippet in snippets for line in snippet.imports)))
    return f"{_header(recipe)}\n{imports}\n\n\n{_function(snippets, reads_data=reads_data)}\n\n\n{_MAIN}"


def _header(recipe: Recipe) -> str:
    return f"# {recipe}\n# Tested with: {' '.join(_requirements(recipe))}\n"


def _requirements(recipe: Recipe) -> list[str]:
    """The packages that the script needs, each pinned to the version that is installed here."""
    libraries = dict.fromkeys(library_of(stage.name) for stage in recipe.stages)
    names = []
    for library in filter(None, libraries):
        found = installed(library)
        names.append(found.requirement if found else f"{library.distributions[0]} (version unknown)")
    return [*names, installed_numpy().requirement]


def _uses(snippet: Snippet, name: str) -> bool:
    tree = ast.parse("\n".join(snippet.lines))
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(tree))


def _function(snippets: Iterable[tuple[Stage, Snippet]], *, reads_data: bool) -> str:
    lines = ["def pipeline(path: str) -> np.ndarray:", '    """The picture at `path` as height x width x channels."""']
    if reads_data:
        lines.append("    data = Path(path).read_bytes()")
    for stage, snippet in snippets:
        lines += ["", f"    # {stage}", *(f"    {line}" for line in snippet.lines)]
    return "\n".join([*lines, "", "    return image"])


def merged_imports(lines: Iterable[str]) -> str:
    """Import lines without repetition, in the order of isort: the standard library's, a blank line, the others'."""
    modules: set[str] = set()
    names_by_module: defaultdict[str, set[str]] = defaultdict(set)
    for statement in ast.parse("\n".join(lines)).body:
        if isinstance(statement, ast.Import):
            modules.update(map(ast.unparse, statement.names))
        elif isinstance(statement, ast.ImportFrom) and statement.module:
            names_by_module[statement.module].update(map(ast.unparse, statement.names))
    statements = [f"import {module}" for module in sorted(modules)] + [
        f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(names_by_module.items())
    ]
    standard = [line for line in statements if _is_standard(line)]
    others = [line for line in statements if not _is_standard(line)]
    return "\n\n".join("\n".join(section) for section in (standard, others) if section)


def _is_standard(line: str) -> bool:
    return line.split()[1].partition(".")[0] in sys.stdlib_module_names
