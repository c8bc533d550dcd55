"""The headers, on an application of three routes."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.security import HEADERS, POLICY, SecurityHeaders


def fine(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("fine", headers={"Referrer-Policy": "same-origin"})


def fails(_request: Request) -> PlainTextResponse:
    raise ValueError("grandmother.jpg")


def breaks_off(_request: Request) -> StreamingResponse:
    def parts() -> object:
        yield b"begun"
        raise ValueError("broken off")

    return StreamingResponse(parts())  # type: ignore[arg-type]


@pytest.fixture
def client() -> TestClient:
    routes = [Route("/fine", fine), Route("/fails", fails), Route("/breaks-off", breaks_off)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(SecurityHeaders)]))


@pytest.mark.parametrize(("path", "code"), [("/fine", 200), ("/nowhere", 404), ("/fails", 500)])
def test_every_answer_has_them(client: TestClient, path: str, code: int) -> None:
    response = client.get(path)
    assert response.status_code == code
    assert HEADERS.keys() - {"Referrer-Policy"} <= {name for name in HEADERS if response.headers[name] == HEADERS[name]}


def test_what_a_route_says_itself_stands(client: TestClient) -> None:
    assert client.get("/fine").headers["Referrer-Policy"] == "same-origin"


def test_a_failure_goes_to_the_log_alone(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    assert client.get("/fails").text == "Internal Server Error"
    assert "A request failed" in caplog.text


def test_an_answer_that_has_begun_is_not_begun_again(client: TestClient) -> None:
    with pytest.raises(ValueError, match="broken off"):
        client.get("/breaks-off")


def test_nothing_is_loaded_from_anywhere_else() -> None:
    own = {"'self'", "'none'", "data:", "blob:", "'unsafe-inline'", "'wasm-unsafe-eval'"}
    sources = {source for each in POLICY.values() for source in each if not source.startswith("'sha256-")}
    assert sources <= own
    assert "'unsafe-inline'" not in POLICY["script-src"]
    assert len(POLICY["script-src"]) == 4  # one digest: Streamlit's page has one script in its text
