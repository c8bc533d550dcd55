"""The command line as users start it: a process of its own."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.core import encoded

ROOT = Path(__file__).parents[2]
COMPARE = (sys.executable, "-m", "core", "compare", "--a", "opencv.imdecode", "--b", "pillow.open")


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "picture.png"
    path.write_bytes(encoded.by_opencv(".png", encoded.rgb()))
    return path


def test_it_runs_as_a_module_with_json_alone_on_stdout(picture: Path) -> None:
    ended = subprocess.run([*COMPARE, picture, "missing.jpg", "--json"], cwd=ROOT, capture_output=True, check=False)
    assert ended.returncode == 3
    verdicts = [json.loads(line)["verdict"] for line in ended.stdout.splitlines()]
    assert verdicts == ["identical", "incomparable"]
    assert ended.stderr == b""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse a name that is no text")
def test_a_name_that_is_no_text_is_shown_escaped(picture: Path) -> None:
    odd = os.fsencode(picture.parent) + b"/\xff.png"
    Path(os.fsdecode(odd)).write_bytes(picture.read_bytes())
    for extra, shown in (([], rb"\udcff.png: identical"), (["--json"], rb"\udcff.png")):
        ended = subprocess.run([*COMPARE, odd, *extra], cwd=ROOT, capture_output=True, check=False)
        assert ended.returncode == 0, ended.stderr
        assert shown in ended.stdout


def test_a_terminal_without_the_signs_stops_nothing(picture: Path) -> None:
    named = picture.rename(picture.with_name("写真.png"))
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii"}
    ended = subprocess.run([*COMPARE, named], cwd=ROOT, capture_output=True, check=False, env=ascii_only)
    assert ended.returncode == 0, ended.stderr
    assert rb"\u5199\u771f.png: identical" in ended.stdout


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are Unix's")
def test_ctrl_c_is_130_without_a_traceback(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen([*COMPARE, pipe], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        writer = opened_once_it_is_read(pipe)
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)
        os.close(writer)
    assert (process.returncode, stdout) == (130, b"")
    assert b"Traceback" not in stderr


def opened_once_it_is_read(pipe: Path) -> int:
    """The pipe's writing end, which can be opened without waiting only while the other end is being read."""
    deadline_s = time.monotonic() + 60
    while True:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO or time.monotonic() > deadline_s:
                raise
        time.sleep(0.05)
