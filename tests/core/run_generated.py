"""Runs generated scripts in this fresh process: `python run_generated.py jobs.json`, a list of script, picture, output.

Each script gets a module namespace of its own; a heavy library is imported once for all. What a script raises is
written as text beside where its array would be.
"""

import json
import runpy
import sys
import traceback
from pathlib import Path

import numpy as np


def main() -> None:
    for script, picture, output in json.loads(Path(sys.argv[1]).read_text("utf-8")):
        try:
            np.save(output, runpy.run_path(script)["pipeline"](picture))
        except Exception:  # noqa: BLE001 - the other scripts are run all the same
            Path(output).with_suffix(".error").write_text(traceback.format_exc(), "utf-8")


if __name__ == "__main__":
    main()
