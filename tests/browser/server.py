"""The application as a person starts it, on a free port, with an empty home folder."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
START_TIMEOUT_S = 60


@dataclass(frozen=True)
class Server:
    url: str
    log: Path
    process: subprocess.Popen[bytes]

    def tracebacks(self) -> int:
        return self.log.read_text().count("Traceback (most recent call last)")


@contextmanager
def running_server(home: Path, script: str = "app.py", **settings: str) -> Iterator[Server]:
    """`streamlit run app.py`, or another script, from the moment it answers until the block ends, however busy it is.

    `settings` go into its environment.
    """
    port = _free_port()
    log_file = home / "server.log"
    options = [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    command = [sys.executable, "-m", "streamlit", "run", script, *options, "--server.fileWatcherType=none"]
    with (
        log_file.open("w") as log,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "HOME": str(home), "PYTHONPATH": str(ROOT), "SAMEPIXELS_STOP_S": "0", **settings},
            stdout=log,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        server = Server(f"http://127.0.0.1:{port}", log_file, process)
        try:
            _wait_until_healthy(server)
            yield server
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(server: Server) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The application did not start within {START_TIMEOUT_S} s:\n{server.log.read_text()}")
