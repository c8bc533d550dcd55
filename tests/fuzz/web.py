"""What a browser may send: the query of an address, and requests to the viewer's routes."""

from collections.abc import Iterator
from functools import cache
from random import Random
from urllib.parse import parse_qsl, quote, urlencode

from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.fuzz.drives import Answer, Drive, answer
from tests.fuzz.mutation import mutated
from ui.state import first_settings, read_query, write_query
from ui.viewer.routes import SECRET_HEADER, viewer_routes

EXPECTED_STATUS = (200, 400, 404, 405)
METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT")


@cache
def _queries() -> dict[str, bytes]:
    shown = {**write_query(first_settings()), "picture": "hopper", "zoom": "2", "gain": "8", "tab": "numbers"}
    return {"shown": urlencode(shown).encode(), "upload": b"picture=upload:" + b"0" * 64 + b"&name=a.jpg&a=opencv"}


def _addresses(_: Random, data: bytes) -> Iterator[tuple[str, Answer]]:
    """The settings that come of a query write themselves as a query in which nothing is wrong, and which stays so."""
    query = dict(parse_qsl(data.decode("utf-8", "replace"), keep_blank_values=True))

    def read() -> None:
        written = write_query(read_query(query)[0])
        again, problems = read_query(written)
        assert (write_query(again), problems) == (written, ())

    yield "read_query", answer(read)


@cache
def _client() -> TestClient:
    return TestClient(Starlette(routes=viewer_routes()), raise_server_exceptions=True)


@cache
def _paths() -> dict[str, bytes]:
    found = (b"/viewer/pixels/" + b"a" * 32, b"/viewer/0123456789abcdef/component.js", b"/viewer/x/../../../etc/passwd")
    return {path.decode(): path for path in found}


def _routes(random: Random, data: bytes) -> Iterator[tuple[str, Answer]]:
    """Any path, method and secret has a known status, and never anything of the server's own files."""
    path = "/viewer/" + quote(data[8:2000], safe="/%?#" if random.random() < 0.5 else "/")
    secret = mutated(random, b"secret", (b"other",)).decode("latin-1")
    headers = {SECRET_HEADER: "".join(filter(str.isalnum, secret))} if secret.isascii() else {}

    def ask() -> None:
        found = _client().request(random.choice(METHODS), path, headers=headers)
        assert found.status_code in EXPECTED_STATUS, found.status_code
        assert b"root:" not in found.content

    yield "routes", answer(ask)


ADDRESSES = Drive("addresses", _queries, _addresses)
ROUTES = Drive("routes", _paths, _routes)
