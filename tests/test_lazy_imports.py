import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

SLOW = [
    *("cv2", "PIL", "tensorflow", "keras", "onnxruntime", "ai_edge_litert"),
    *("numba", "matplotlib", "plotly", "streamlit"),
]


MODULES = ["core", "core.compare", "core.recipe", "core.operations.catalogue", "core.impact", "core.cli"]


@pytest.mark.parametrize("module", MODULES)
def test_the_core_waits_for_no_library(module: str) -> None:
    """TensorFlow's import takes ten seconds or more: only the stage that uses it may wait for it."""
    script = f"import json, sys, {module}; print(json.dumps(sorted(set(sys.modules) & set({SLOW}))))"
    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(result.stdout) == []
