"""The commands corpus and report inside this process; tests/core/test_corpus.py kills them as users do."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from core import cli
from core.auditing.wording import duration, line
from core.commands.audit_ticks import ticks
from core.corpus import Tick
from tests.core.auditing.corpora import A, B, write_pictures

ROOT = Path(__file__).parents[3]


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(cli.app, list(map(str, arguments)))


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished audit of three pictures and a text, against two B, the second of which is A itself."""
    folder = write_pictures(tmp_path_factory.mktemp("corpus") / "pictures", 3)
    (folder / "text.jpg").write_text("no picture")
    out = folder.parent / "out"
    result = invoke("corpus", folder, "--a", A, "--b", B, "--b", A, "--out", out, "--json", "--workers", 1)
    assert result.exit_code == 3, result.output
    (folder.parent / "stdout").write_text(result.stdout)
    return out


def summary(result: Result) -> dict[str, Any]:
    found = json.loads(result.stdout.splitlines()[-1])
    assert isinstance(found, dict)
    return found


def test_json_is_progress_and_then_the_summary(audited: Path) -> None:
    *progress, last = map(json.loads, (audited.parent / "stdout").read_text().splitlines())
    assert {each["schema"] for each in progress} == {"samepixels/corpus-progress/1"}
    assert (progress[-1]["done"], progress[-1]["total"]) == (4, 4)
    jsonschema.validate(last, json.loads((ROOT / "core/schema/corpus.json").read_text()))
    assert [pair["verdicts"] for pair in last["pairs"]] == [
        {"different": 3, "incomparable": 1},
        {"identical": 3, "incomparable": 1},
    ]
    assert last["verdict"] == "different"


def test_a_report_is_drawn_again_without_the_pictures(audited: Path, tmp_path: Path) -> None:
    moved = audited.parent / "pictures"
    moved.rename(tmp_path / "elsewhere")
    before = (audited / "report.html").read_text()
    (audited / "report.html").unlink()
    try:
        result = invoke("report", audited)
    finally:
        (tmp_path / "elsewhere").rename(moved)
    assert (audited / "report.html").read_text() == before
    words = " ".join(result.stdout.split())
    assert "Of 4 pictures 3 differ by more than rounding, 1 could not be compared." in words
    assert f"1 with the error unreadable: {moved / 'text.jpg'} is not a picture: it is text." in words


@pytest.mark.parametrize(("tolerance", "code"), [("max_abs>0", 3), ("verdict==identical", 3)])
def test_what_could_not_be_read_is_3(audited: Path, tolerance: str, code: int) -> None:
    assert invoke("report", audited, "--fail-on", tolerance).exit_code == code


def test_exit_codes_of_pictures_that_can_all_be_read(tmp_path: Path) -> None:
    folder = write_pictures(tmp_path / "pictures", 1)
    options = ("--a", A, "--b", B, "--out", tmp_path / "out")
    assert invoke("corpus", folder, *options, "--fail-on", "max_abs>255").exit_code == 0
    assert invoke("corpus", folder, *options).exit_code == 1
    assert invoke("report", tmp_path / "out", "--fail-on", "bias>255").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("corpus", "x.jpg"), 2, "Missing option '--out'"),
        (("corpus", "x.jpg", "--out", "o", "--workers", "2", "--scheduler", "tcp://a:1"), 2, "exclude each other"),
        (("corpus", "x.jpg", "--out", "o", "--fail-on", "max>1"), 2, "There is no figure 'max'"),
        (("corpus", "x.jpg", "--out", "o", "--b", "openvc"), 2, "There is no preset 'openvc'"),
        (("corpus", "x.jpg", "--out", ROOT / "docs"), 3, "is not empty, and holds no audit"),
        (("report", ROOT / "docs"), 3, "holds no audit"),
    ],
)
def test_wrong_usage(arguments: tuple[object, ...], code: int, words: str) -> None:
    result = invoke(*arguments)
    assert result.exit_code == code
    assert words in " ".join(result.output.split())
    assert "Traceback" not in result.output


def test_junit_has_a_case_for_each_picture(audited: Path, tmp_path: Path) -> None:
    invoke("report", audited, "--junit", tmp_path / "junit.xml")
    suites = ET.parse(tmp_path / "junit.xml").getroot()  # noqa: S314 - a file of our own
    assert [(suite.get("tests"), suite.get("failures"), suite.get("errors")) for suite in suites] == [
        ("4", "3", "1"),
        ("4", "0", "1"),
    ]
    first, *_, text = suites[0]
    assert first.get("name") == str(audited.parent / "pictures/000.jpg")
    assert re.match(r"different: max [\d.]+, mean [\d.]+", first[0].get("message", ""))
    assert text[0].tag == "error"
    assert text[0].get("message", "").endswith("is not a picture: it is text.")


def test_markdown_says_the_answer_first(audited: Path, tmp_path: Path) -> None:
    invoke("report", audited, "--markdown", tmp_path / "summary.md")
    lines = (tmp_path / "summary.md").read_text().splitlines()
    assert lines[0] == "### SamePixels: 3 of 8 comparisons are beyond the tolerance"
    cells = [line.count(" | ") for line in lines if line.startswith("| `")]
    assert cells[:2] == [7, 7]
    assert all("\\|" in line for line in lines if line.startswith("| `pillow.open"))


def test_lines_for_logs() -> None:
    assert line(Tick("listing the pictures", 0, 0)) == "listing the pictures"
    tick = Tick("comparing", 1200, 5000, 512.34, 95.0, {"identical": 1000, "different": 200})
    words = "comparing: 1,200 of 5,000 pictures, 512 a second, 95 s left, 200 different, 1,000 identical"
    assert line(tick) == words
    assert [duration(seconds) for seconds in (1, 99, 180, 7500)] == ["1 s", "99 s", "3 min", "2 h 5 min"]


def test_a_log_has_a_line_for_what_begins_and_a_terminal_a_bar(tmp_path: Path) -> None:
    log, terminal = tmp_path / "log", tmp_path / "terminal"
    for path, is_terminal in ((log, False), (terminal, True)):
        with (
            path.open("w") as file,
            ticks(Console(file=file, force_terminal=is_terminal, width=100), as_json=False) as tell,
        ):
            for tick in (Tick("listing", 0, 0), Tick("comparing", 1, 4), Tick("comparing", 2, 4, 2.0, 1.0)):
                tell(tick)
    assert log.read_text().splitlines() == ["listing", "comparing: 1 of 4 pictures"]
    assert "2/4" in terminal.read_text()
    assert "2 a second, 1 s left" in terminal.read_text()
