import os
import subprocess
import sys
from operator import attrgetter
from pathlib import Path

import pytest

from core.limits import Limits
from ui import configuration as module
from ui.configuration import Configuration, configuration, read_configuration, settings, table
from ui.setting import ConfigurationError, Flag, Folders, Setting, Whole

ROOT = Path(__file__).parents[2]
MB = 1 << 20


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the settings are looked for; there are none yet."""
    path = tmp_path / "samepixels-server.toml"
    monkeypatch.setattr(module, "DEFAULT_FILE", path)
    return path


def test_without_anything_said_the_defaults_hold(file: Path) -> None:
    assert not file.exists()
    assert read_configuration({}) == Configuration()


def test_the_environment_comes_before_the_file_and_the_file_before_the_default(file: Path) -> None:
    file.write_text("workers = 3\njobs = 5\nlog_details = true\n")
    found = read_configuration({"SAMEPIXELS_WORKERS": "7", "SAMEPIXELS_STEP_CACHE_MB": "100"})
    assert (found.workers, found.jobs, found.log_details) == (7, 5, True)
    assert (found.step_cache_bytes, found.atlas_cache_bytes) == (100 * MB, 64 * MB)


def test_limits_have_a_table_of_their_own(file: Path) -> None:
    file.write_text("[limits]\nframes = 12\npicture_s = 2.5\n")
    found = read_configuration({"SAMEPIXELS_LIMITS_PIXELS": "1000"})
    assert found.limits == Limits(frames=12, picture_s=2.5, pixels=1000)


def test_the_file_may_be_anywhere(file: Path, tmp_path: Path) -> None:
    file.write_text("jobs = 5\n")
    elsewhere = tmp_path / "ours.toml"
    elsewhere.write_text("jobs = 6\n")
    assert read_configuration({"SAMEPIXELS_CONFIG": str(elsewhere)}).jobs == 6


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"SAMEPIXELS_WORKERS": "many"}, "SAMEPIXELS_WORKERS is 'many', which is not a whole number, at least 1."),
        ({"SAMEPIXELS_WORKERS": "0"}, "SAMEPIXELS_WORKERS is '0', which is not a whole number, at least 1."),
        ({"SAMEPIXELS_VIEWER_MB": "1.5"}, "not a whole number of MB, at least 1. It is for: Pictures that browsers"),
        ({"SAMEPIXELS_LOG_FORMAT": "xml"}, "not plain or json."),
        ({"SAMEPIXELS_LOG_DETAILS": "maybe"}, "not true or false."),
        ({"SAMEPIXELS_STEP_CACHE": "1"}, "SAMEPIXELS_STEP_CACHE is no setting. Is SAMEPIXELS_STEP_CACHE_MB meant?"),
        ({"SAMEPIXELS_CONFIG": "/nowhere.toml"}, "The settings in /nowhere.toml cannot be read: No such file"),
    ],
)
@pytest.mark.usefixtures("file")
def test_what_cannot_be_is_named_with_what_is_asked_for(environment: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        read_configuration(environment)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("wokers = 4", "has `wokers`, which is no setting. Is `workers` meant?"),
        ("colour = 'red'", "has `colour`, which is no setting. docs/operating.md has all settings."),
        ("workers = true", "workers is True, which is not a whole number, at least 1."),
        ("workers = 4.0", "workers is 4.0, which is not a whole number, at least 1."),
        ("limits.frames = 0", "limits.frames is 0, which is not a whole number, at least 1."),
        ("limits.picture_s = 0", "limits.picture_s is 0, which is not a number of s above 0."),
        ("limits.frame = 1", "has `limits.frame`, which is no setting. Is `limits.frames` meant?"),
        ("limits = 1", "has `limits`, which is no setting."),
        ("workers =", "is not TOML"),
    ],
)
def test_a_file_is_read_as_strictly(file: Path, text: str, said: str) -> None:
    file.write_text(text)
    with pytest.raises(ConfigurationError) as raised:
        read_configuration({})
    assert said in str(raised.value)


@pytest.mark.usefixtures("file")
def test_variables_of_other_things_are_let_be() -> None:
    assert read_configuration({"SAMEPIXELS_REQUIRE_BROWSER": "1", "PATH": "/bin"}) == Configuration()


def test_flags_and_bounds() -> None:
    assert [Flag().read(given) for given in (True, "on", "1", False, "no", "FALSE")] == [True] * 3 + [False] * 3
    assert Whole("s", least=0, most=9).wanted == "a whole number of s, 0 to 9"
    with pytest.raises(ConfigurationError, match="a whole number of s, 0 to 9"):
        Setting("stop_s", Whole("s", least=0, most=9), 5, "").read("10", "stop_s")


def test_folders_come_from_text_and_from_lists(tmp_path: Path) -> None:
    a, b = tmp_path / "a", tmp_path / "b"
    a.mkdir()
    b.mkdir()
    assert Folders().read(f"{a}{os.pathsep}{b}") == Folders().read([str(a), str(b)]) == (a, b)
    assert Folders().read("") == ()
    with pytest.raises(ConfigurationError, match="not a list of folders that exist"):
        Setting("roots", Folders(), (), "").read(str(tmp_path / "c"), "roots")


def test_a_default_is_what_its_row_says() -> None:
    for name, each in settings().items():
        assert attrgetter(name)(Configuration()) == each.read(each.default, name)


def test_the_document_has_the_table() -> None:
    """`python -m ui.configuration` prints what belongs there."""
    assert "\n".join(["", *table(), ""]) in (ROOT / "docs" / "operating.md").read_text("utf-8")


def test_it_is_read_once() -> None:
    assert configuration() is configuration()


def test_the_server_says_in_one_line_why_it_does_not_start(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", "--server.port=0"]
    environment = {**os.environ, "HOME": str(tmp_path), "SAMEPIXELS_JOBS": "none"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "SAMEPIXELS_JOBS is 'none', which is not a whole number, at least 1." in done.stderr
    assert "Traceback" not in done.stderr
