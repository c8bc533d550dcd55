import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from core.numeric.compiled import compiled

CORE = Path(__file__).parents[3] / "core"


@compiled
def add_up(count: int) -> int:
    total = 0
    for i in range(count):
        total += i
    return total


def test_a_compiled_loop_keeps_its_name_and_its_result() -> None:
    assert add_up(5) == 10
    assert add_up.__name__ == "add_up"


def test_where_nothing_can_be_kept_it_is_compiled_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A container's user may have neither a writeable package directory nor a home."""
    from numba.core import caching

    monkeypatch.setattr(caching.FunctionCache._impl_class, "_locator_classes", [])

    def triple(number: int) -> int:
        return 3 * number

    assert compiled(triple)(4) == 12


SCRIPT = """
import numpy as np
from numba.core.caching import InTreeCacheLocator

def refuse(self):
    raise PermissionError("read-only")

InTreeCacheLocator.ensure_cache_path = refuse
from core.difference import measure

image = np.zeros((2, 2, 1), np.uint8)
print(measure(image, image + np.uint8(3)).statistics().max_abs)
"""


def test_beside_a_read_only_package_the_users_cache_is_used(tmp_path: Path) -> None:
    environment: dict[str, Any] = {"XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path), "PATH": ""}
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=CORE.parent, env=environment, capture_output=True, text=True, check=True
    )
    assert float(result.stdout) == 3
    assert list(tmp_path.rglob("*.nbc"))
