"""The answers of the server, without a browser."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PillowImage
from starlette.requests import Request
from starlette.responses import Response

from core.image import Image, as_image
from ui.pixel_store import PixelStore
from ui.viewer import routes


def request(headers: dict[str, str] | None = None, **path: str) -> Request:
    raw = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    return Request({"type": "http", "method": "GET", "headers": raw, "path_params": path})


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> PixelStore:
    made = PixelStore(1 << 20, lambda _: True)
    monkeypatch.setattr(routes, "STORE", made)
    return made


def fetched(store: PixelStore, image: Image) -> Response:
    headers = {routes.SECRET_HEADER: store.secret("session")}
    return routes._picture(request(headers, address=store.add("session", image)))


@pytest.mark.parametrize("channels", [1, 3])
def test_opaque_8_bit_pictures_are_png(store: PixelStore, channels: int) -> None:
    values = np.random.default_rng(1).integers(0, 256, (5, 7, channels), np.uint8)
    response = fetched(store, as_image(values))
    assert response.media_type == "image/png"
    with PillowImage.open(io.BytesIO(bytes(response.body))) as opened:
        np.testing.assert_array_equal(np.array(opened).reshape(values.shape), values)


@pytest.mark.parametrize(("channels", "dtype"), [(2, np.uint8), (4, np.uint8), (3, np.float32)])
def test_others_are_their_raw_values(store: PixelStore, channels: int, dtype: type[np.generic]) -> None:
    values = np.random.default_rng(1).uniform(0, 255, (5, 7, channels)).astype(dtype)
    response = fetched(store, as_image(values))
    assert response.media_type == "application/octet-stream"
    np.testing.assert_array_equal(np.frombuffer(response.body, dtype).reshape(values.shape), values)


def test_nobody_else_may_keep_or_embed_a_picture(store: PixelStore) -> None:
    headers = fetched(store, as_image(np.zeros((2, 2, 3), np.uint8))).headers
    assert headers["cache-control"] == "private, no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_whatever_is_wrong_has_one_answer(store: PixelStore) -> None:
    address = store.add("session", as_image(np.zeros((2, 2, 3), np.uint8)))
    no_secret = routes._picture(request(address=address))
    no_picture = routes._picture(request({routes.SECRET_HEADER: store.secret("session")}, address="nothing"))
    assert no_secret.status_code == no_picture.status_code == 404
    assert no_secret.body == no_picture.body
    assert no_secret.raw_headers == no_picture.raw_headers


def test_the_modules_are_served_as_they_are_written() -> None:
    version = routes.component_path().split("/")[-2]
    response = routes._module(request(version=version, name="component"))
    source = Path(routes.__file__).parent / "js" / "component.js"
    assert response.body == source.read_bytes()
    assert response.media_type == "text/javascript"


@pytest.mark.parametrize("name", ["nothing", "../routes", "types.d"])
def test_nothing_else_is_served(name: str) -> None:
    version = routes.component_path().split("/")[-2]
    assert routes._module(request(version=version, name=name)).status_code == 404


def test_another_version_of_a_module_is_not_served() -> None:
    assert routes._module(request(version="0", name="component")).status_code == 404


def test_routes_lie_below_the_base_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.get_option", {"server.baseUrlPath": "/some/where/"}.get)
    assert routes.picture_path("x") == "/some/where/viewer/pixels/x"
    assert [getattr(route, "path", "") for route in routes.viewer_routes()] == [
        "/some/where/viewer/pixels/{address}",
        "/some/where/viewer/{version}/{name}.js",
    ]
