"""Checks the types of the viewer's JavaScript with TypeScript: `python tools/check_javascript.py`, part of `make lint`.

Node.js comes with requirements-dev.txt, TypeScript from npm at the first run. Where either cannot be had, it says so
and lets the other checks go on; with CI set that is a failure.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

VIEWER = Path(__file__).parents[1] / "ui" / "viewer"
COMPILER = VIEWER / "node_modules" / "typescript" / "bin" / "tsc"
INSTALL = ("install", "--no-package-lock", "--no-audit", "--no-fund", "--silent")


def main() -> int:
    """The compiler's exit code, or 0 where there is no compiler and nobody asks for one."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    if node is None or npm is None:
        return not_run("there is no Node.js (it comes with requirements-dev.txt)")
    if not COMPILER.exists() and subprocess.run([npm, *INSTALL], cwd=VIEWER, check=False).returncode:
        return not_run("npm could not install TypeScript")
    return subprocess.run([node, COMPILER, "-p", VIEWER], check=False).returncode


def not_run(reason: str) -> int:
    """Says that nothing was checked, which is an error only in continuous integration."""
    print(f"The types of the viewer's JavaScript were not checked: {reason}.", file=sys.stderr)
    return int("CI" in os.environ)


if __name__ == "__main__":
    sys.exit(main())
