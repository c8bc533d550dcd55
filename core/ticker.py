"""One line on a terminal that says what is going on, for waits such as TensorFlow's first import."""

import sys
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner

from .operations.catalogue import library_of
from .recipe import Stage


class Ticker:
    """A context manager around waits. Where `console` is no terminal it says nothing, so that logs stay quiet."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live: Live | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.clear()

    def say(self, text: str) -> None:
        """Shows `text` until the next call."""
        if not self._console.is_terminal:
            return
        if self._live is None:
            # Rich would send what is printed meanwhile to this console: stdout has to stay stdout.
            self._live = Live(console=self._console, transient=True, redirect_stdout=False, redirect_stderr=False)
            self._live.start()
        self._live.update(Spinner("dots", text))

    def clear(self) -> None:
        """Removes the line, to make place for a result."""
        if self._live is not None:
            self._live.stop()
            self._live = None


def telling(ticker: Ticker, prefix: str) -> Callable[[Stage], None]:
    """For `core.pipeline.run`: tells of each stage that is carried out, after `prefix`."""
    return lambda stage: ticker.say(prefix + _doing(stage))


def _doing(stage: Stage) -> str:
    library = library_of(stage.name)
    if library is not None and library.module not in sys.modules:
        return f"{stage.name} (importing {library.title}, which may take ten seconds the first time)"
    return stage.name
