import os
import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

from core.errors import LibraryMissingError
from core.operations.libraries import TENSORFLOW, Library, load

SLOW_MODULE = """
import os, time
read_while_importing = os.environ["SLOW_LIBRARY_LOG"]
time.sleep(0.2)
is_complete = True
"""


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library that takes a while to import, and reads its environment first."""
    (tmp_path / "slow_library.py").write_text(SLOW_MODULE)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "slow_library", raising=False)
    load.cache_clear()
    monkeypatch.setenv("SLOW_LIBRARY_LOG", "")  # so that what `load` sets is undone
    monkeypatch.delenv("SLOW_LIBRARY_LOG")
    return Library("Slow", "slow_library", ("slow",), environment=(("SLOW_LIBRARY_LOG", "2"),))


def test_threads_that_ask_at_once_get_the_whole_module(slow: Library) -> None:
    loaded: list[ModuleType] = []
    threads = [threading.Thread(target=lambda: loaded.append(load(slow))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [module.is_complete for module in loaded] == [True] * 4


def test_the_environment_is_set_before_the_import(slow: Library) -> None:
    assert load(slow).read_while_importing == "2"


def test_what_the_user_has_set_stays(slow: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLOW_LIBRARY_LOG", "0")
    assert load(slow).read_while_importing == "0"
    assert os.environ["SLOW_LIBRARY_LOG"] == "0"


def test_tensorflows_log_is_quiet_and_its_numerics_are_its_own() -> None:
    assert dict(TENSORFLOW.environment) == {"TF_CPP_MIN_LOG_LEVEL": "3"}


def test_a_missing_library_is_named_with_the_line_that_installs_it() -> None:
    with pytest.raises(LibraryMissingError) as caught:
        load(Library("Nothing", "no_such_library", ("no-such-library",)))
    assert caught.value.message == "Nothing is not installed."
    assert caught.value.remedy == "Install it with: pip install no-such-library"
