"""The server's log on its standard error: one form for all who write to it, and nothing in it about anybody's pictures.

An error's text may name a file or hold its values, and an address the recipes of a session. Both stay out, unless the
configuration asks for details; where an error came from, down to the line, is always there.
"""

import json
import logging
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import TypeAlias

import streamlit.logger

_PLAIN = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_OURS = ("core", "ui", "pages")

_Raised: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]  # as logging has it
)


class PlainFormatter(logging.Formatter):
    """Lines for people."""

    def __init__(self, *, details: bool) -> None:
        super().__init__(_PLAIN)
        self._details = details

    def formatException(self, ei: _Raised) -> str:  # noqa: N802 - logging's name
        """The traceback; without details, the errors' texts are left out."""
        return super().formatException(ei) if self._details or ei[1] is None else "".join(_places(ei[1])).rstrip()


class JsonFormatter(PlainFormatter):
    """One JSON object a line: time (UTC), level, logger, message, and the traceback of an error."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _places(error: BaseException) -> Iterator[str]:
    """Where `error`, and what led to it, was raised, and of what type each is."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before:
        yield from _places(before)
        yield "\nthat led to:\n\n"
    yield "Traceback (most recent call last):\n"
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__name__}: its text is not logged (SAMEPIXELS_LOG_DETAILS)\n"


def set_up(form: str, *, details: bool) -> None:
    """Gives all loggers one outlet in `form`, "plain" or "json". Streamlit and uvicorn have made theirs by then."""
    handler = logging.StreamHandler()
    handler.setFormatter((JsonFormatter if form == "json" else PlainFormatter)(details=details))
    root = logging.getLogger()
    root.handlers = [handler]
    logging.captureWarnings(capture=True)
    for name in list(root.manager.loggerDict):
        if logging.getLogger(name).handlers:
            _hand_on(logging.getLogger(name))
    for name in _OURS:
        logging.getLogger(name).setLevel(logging.INFO)
    # Some of Streamlit's loggers are made later, with parts of it that are imported when they are needed.
    streamlit.logger.setup_formatter = _hand_on


def _hand_on(logger: logging.Logger) -> None:
    """Leaves the logger's lines to the root's outlet, instead of one of its own."""
    logger.handlers = []
    logger.propagate = True
