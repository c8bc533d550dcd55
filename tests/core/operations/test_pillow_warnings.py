import threading
import warnings
from collections.abc import Callable

import pytest

from core.operations.notes import collected
from core.operations.pillow_warnings import warnings_as_notes


def as_if_in_pillow(text: str) -> None:
    """Warns from a module of Pillow's name."""
    warnings.warn_explicit(text, UserWarning, "PIL/Something.py", 1, module="PIL.Something")


def in_a_thread(function: Callable[[], None]) -> None:
    thread = threading.Thread(target=function)
    thread.start()
    thread.join()


def test_pillows_warnings_become_notes() -> None:
    with collected() as notes, warnings_as_notes():
        as_if_in_pillow("odd\n  tag")
        as_if_in_pillow("odd\n  tag")
    assert notes == ["Pillow warns: odd tag"] * 2


def test_other_modules_filters_hold_as_before() -> None:
    with warnings_as_notes(), pytest.raises(UserWarning, match="mine"):
        warnings.warn("mine", stacklevel=1)  # an error in these tests


def test_another_threads_warning_is_not_taken() -> None:
    shown: list[str] = []
    with warnings.catch_warnings():
        warnings.showwarning = lambda message, *_: shown.append(str(message))
        with collected() as notes, warnings_as_notes():
            in_a_thread(lambda: as_if_in_pillow("elsewhere"))
    assert shown == ["elsewhere"]
    assert notes == []


def test_filters_come_back_after_decodes_that_overlap() -> None:
    """The first to begin is the first to end, which would leave nested `catch_warnings` with the wrong filters."""
    filters, show = list(warnings.filters), warnings.showwarning
    begun, may_end = threading.Event(), threading.Event()

    def decode() -> None:
        with warnings_as_notes():
            begun.set()
            may_end.wait(10)

    first = threading.Thread(target=decode)
    first.start()
    begun.wait(10)
    with warnings_as_notes():
        may_end.set()
        first.join()
        assert warnings.filters != filters
    assert warnings.filters == filters
    assert warnings.showwarning is show
