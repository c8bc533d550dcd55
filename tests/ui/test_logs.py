import json
import logging
import sys
from collections.abc import Iterator
from typing import NoReturn

import pytest
import streamlit.logger

from ui import logs


def record(error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("ui.page", logging.ERROR, "page.py", 3, "failed %s", ("twice",), info)


NAME = "grandmother.jpg"


def look_up() -> NoReturn:
    raise KeyError(NAME)


def raised() -> BaseException:
    """An error that another led to, both with texts that name a picture."""
    try:
        try:
            look_up()
        except KeyError as error:
            raise ValueError(f"cannot read {NAME}") from error
    except ValueError as error:
        return error


def test_a_line_for_people() -> None:
    line = logs.PlainFormatter(details=False).format(record())
    assert line.endswith("ERROR ui.page: failed twice")


def test_a_json_object_on_one_line() -> None:
    line = logs.JsonFormatter(details=False).format(record(raised()))
    assert "\n" not in line
    found = json.loads(line)
    assert (found["level"], found["logger"], found["message"]) == ("error", "ui.page", "failed twice")
    assert found["time"].endswith("+00:00")
    assert "in raised" in found["exception"]


@pytest.mark.parametrize("formatter", [logs.PlainFormatter, logs.JsonFormatter])
def test_errors_texts_stay_out_unless_asked_for(formatter: type[logs.PlainFormatter]) -> None:
    without = formatter(details=False).format(record(raised()))
    assert NAME not in without
    assert without.index("KeyError: its text is not logged") < without.index("ValueError: its text is not logged")
    assert f"ValueError: cannot read {NAME}" in formatter(details=True).format(record(raised()))


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch) -> Iterator[logging.Logger]:
    """A logger with an outlet of its own, as Streamlit makes them; there is no other, and the root's are put back."""
    root = logging.getLogger()
    handlers = root.handlers
    made = logging.getLogger("test_logs.other")
    made.propagate = False
    made.addHandler(logging.StreamHandler(sys.stdout))
    monkeypatch.setattr(root.manager, "loggerDict", {made.name: made})
    monkeypatch.setattr(streamlit.logger, "setup_formatter", streamlit.logger.setup_formatter)
    monkeypatch.setattr(streamlit.logger, "_loggers", {})
    yield made
    root.handlers = handlers
    logging.captureWarnings(capture=False)


def test_all_loggers_have_one_outlet(other: logging.Logger, capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("json", details=False)
    other.warning("once")
    streamlit.logger.get_logger("test_logs.later").warning("twice")
    out, err = capsys.readouterr()
    assert out == ""
    assert [json.loads(line)["message"] for line in err.splitlines()] == ["once", "twice"]
