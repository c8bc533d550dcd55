import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from ui import health
from ui.activity import Activity
from ui.stopping import Stopping
from ui.warming import Warming


class Warm(Warming):
    is_ready = True
    is_done = False


class Stopped(Stopping):
    is_asked = True


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=health.health_routes()))


def test_it_lives_before_it_is_ready(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "WARMING", Warming())
    assert client.get("/livez").json() == {"alive": True}
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert (answer.json()["ready"], answer.json()["libraries"]) == (False, False)


def test_it_is_ready_before_tensorflow_is(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "WARMING", Warm())
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert (answer.json()["ready"], answer.json()["tensorflow"], answer.json()["processes"]) == (True, False, {})
    assert answer.headers["cache-control"] == "no-store"


def test_a_server_that_stops_wants_nobody_more(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "WARMING", Warm())
    monkeypatch.setattr(health, "STOPPING", Stopped(Activity()))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["stopping"] is True
    assert client.get("/livez").status_code == 200
