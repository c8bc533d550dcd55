"""Pages as Streamlit's own test harness runs them: without a server and without a browser."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

import pytest
from streamlit.testing.v1 import AppTest

from ui import warming

MAIN = Path(__file__).parents[2] / "ui" / "main.py"

# Two recipes that need no TensorFlow: whole levels on both sides, a different kernel.
OPENCV = "opencv.imdecode | opencv.resize(INTER_LINEAR, 64x48)"
PILLOW = "pillow.open(mode=RGB) | pillow.resize(BICUBIC, 64x48)"


@pytest.fixture(autouse=True)
def no_warming(monkeypatch: pytest.MonkeyPatch) -> None:
    """TensorFlow is not imported behind a test's back, which would take ten seconds of the tests beside it."""
    monkeypatch.setattr(warming.Warming, "start", lambda _: None)


@pytest.fixture
def compare() -> AppTest:
    """The Compare page on the first sample, with two recipes that need no TensorFlow."""
    return opened(a=OPENCV, b=PILLOW)


def opened(**query: str) -> AppTest:
    """The page at an address with these query parameters."""
    test = AppTest.from_file(str(MAIN), default_timeout=120)
    for name, value in query.items():
        test.query_params[name] = value
    return run(test)


class Named(Protocol):
    """A widget."""

    key: str | None


class Runnable(Protocol):
    """A page, or one of its widgets that was just changed."""

    def run(self) -> AppTest:
        """Runs the page."""


def run(changed: Runnable) -> AppTest:
    """Runs the page and fails where it shows an exception."""
    test = changed.run()
    assert [exception.message for exception in test.exception] == []
    return test


def named(widgets: Iterable[Named], key: str) -> Any:
    """The widget called `key`, which is drawn under another key after each change from elsewhere."""
    return next(widget for widget in widgets if widget.key and widget.key.partition("#")[0] == key)


def html(test: AppTest) -> str:
    """All of the page that is written as HTML."""
    return "\n".join(element.proto.body for element in test.get("html"))


def query(test: AppTest) -> dict[str, str]:
    """The address's parameters; the harness keeps a list of what the page was opened with."""
    return {name: value if isinstance(value, str) else value[-1] for name, value in test.query_params.items()}


def messages(test: AppTest) -> list[str]:
    """The page's errors and warnings without what keeps Markdown from acting on them."""
    return [element.value.replace("\\", "") for element in (*test.error, *test.warning)]
