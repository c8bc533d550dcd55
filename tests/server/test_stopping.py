"""SIGTERM to a real server with a page under way, whose session listens."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.browser.server import Server, running_server

SCRIPT = "tests/server/stopping_app.py"
TIMEOUT_S = 30


@contextmanager
def session(server: Server, query: str = "") -> Iterator[ClientConnection]:
    """A page that has been opened, from when its first words came."""
    with connect(f"{server.url.replace('http', 'ws')}/_stcore/stream") as connection:
        ask = BackMsg()
        ask.rerun_script.query_string = query
        connection.send(ask.SerializeToString())
        while b"begun" not in connection.recv(TIMEOUT_S, decode=False):
            pass
        yield connection


def rest(connection: ClientConnection) -> bytes:
    """All that still comes before the server closes the connection."""
    heard = b""
    try:
        while True:
            heard += connection.recv(TIMEOUT_S, decode=False)
    except ConnectionClosed:
        return heard


def test_a_page_under_way_comes_to_its_end_and_to_its_reader(tmp_path: Path) -> None:
    with running_server(tmp_path, SCRIPT, SAMEPIXELS_STOP_S="20") as server, session(server) as connection:
        server.process.terminate()
        assert b"done" in rest(connection)
        server.process.wait(TIMEOUT_S)
    log = server.log.read_text()
    assert "Stopping within 20 s: 1 of kind page under way" in log
    assert "Stopped with all work done" in log


def test_what_does_not_end_is_named_and_left(tmp_path: Path) -> None:
    with running_server(tmp_path, SCRIPT, SAMEPIXELS_STOP_S="1") as server, session(server, "for=ever") as connection:
        server.process.terminate()
        assert b"done" not in rest(connection)
        server.process.wait(TIMEOUT_S)
    assert "Stopped with work unfinished: 1 of kind page" in server.log.read_text()
