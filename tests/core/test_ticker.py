import sys
from io import StringIO

import pytest
from rich.console import Console

from core.recipe import parse_stage
from core.ticker import Ticker, telling


def test_a_terminal_is_told_of_a_librarys_import_and_the_line_goes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "tensorflow", raising=False)
    shown = StringIO()
    with Ticker(Console(file=shown, force_terminal=True, width=120)) as ticker:
        telling(ticker, "a.jpg: ")(parse_stage("tensorflow.decode_jpeg"))
    text = shown.getvalue()
    assert "a.jpg: tensorflow.decode_jpeg (importing TensorFlow" in text
    assert text.rstrip().endswith("\x1b[2K")


def test_stdout_stays_stdout_while_a_line_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    shown = StringIO()
    with Ticker(Console(file=shown, force_terminal=True)) as ticker:
        ticker.say("waiting")
        sys.stdout.write("{}\n")
    assert capsys.readouterr().out == "{}\n"
    assert "{}" not in shown.getvalue()


def test_logs_stay_quiet() -> None:
    shown = StringIO()
    with Ticker(Console(file=shown)) as ticker:
        ticker.say("waiting")
    assert shown.getvalue() == ""
