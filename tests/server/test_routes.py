"""What anybody who reaches the server's port may see and do: Streamlit's own routes, and those of the application."""

import httpx2
import pytest
from websockets import Origin
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.browser.server import Server
from ui.security import HEADERS

UPLOAD = "/_stcore/upload_file/somebody/something"
FILE = {"file": ("picture.jpg", b"\xff\xd8", "image/jpeg")}


def token(client: httpx2.Client) -> str:
    """The XSRF token that a page gets; the client keeps the cookie."""
    client.get("/_stcore/health")
    found = client.cookies.get("_streamlit_xsrf")
    assert found
    return found


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/", 200),
        ("/why", 200),
        ("/livez", 200),
        ("/_stcore/health", 200),
        ("/_stcore/host-config", 200),
        ("/_stcore/metrics", 200),
        ("/static/js/nothing.js", 200),  # Streamlit answers with its page
        ("/media/nothing.png", 404),
        ("/component/nothing/index.html", 404),
        ("/viewer/pixels/nothing", 404),
        ("/viewer/nothing/component.js", 404),
        ("/_stcore/../app.py", 200),  # as the client sends it: /app.py, which is a page's address
        ("/%2e%2e/%2e%2e/etc/passwd", 400),
        (UPLOAD, 200),  # there is nothing to read: the page again
    ],
)
def test_every_route_has_the_headers(client: httpx2.Client, path: str, code: int) -> None:
    response = client.get(path)
    assert response.status_code == code
    assert {name: response.headers[name] for name in HEADERS} == HEADERS
    assert "access-control-allow-origin" not in response.headers
    assert b"import streamlit" not in response.content


def test_an_upload_needs_the_token_of_the_page(client: httpx2.Client) -> None:
    refused = client.put(UPLOAD, files=FILE)
    assert (refused.status_code, refused.text) == (403, "XSRF token missing or invalid")
    with httpx2.Client(base_url=client.base_url) as another:
        assert client.put(UPLOAD, files=FILE, headers={"X-Xsrftoken": token(another)}).status_code == 403
    assert client.delete(UPLOAD).status_code == 403


def test_an_upload_needs_a_session_that_is_there(client: httpx2.Client) -> None:
    refused = client.put(UPLOAD, files=FILE, headers={"X-Xsrftoken": token(client)})
    assert refused.status_code == 400
    assert "Invalid session_id" in refused.text


def test_another_sites_page_cannot_use_the_cookie(client: httpx2.Client) -> None:
    cookies = client.get("/_stcore/health", headers={"Origin": "https://example.com"}).headers.get_list("set-cookie")
    assert cookies
    assert all("samesite=lax" in cookie.lower() for cookie in cookies)


def test_another_sites_page_gets_no_web_socket(server: Server) -> None:
    address = f"{server.url.replace('http', 'ws')}/_stcore/stream"
    with pytest.raises(InvalidStatus, match="403"):
        connect(address, origin=Origin("https://example.com"))
    with connect(address, origin=Origin(server.url)):
        pass


def test_nobody_drives_the_pages_without_a_browser(client: httpx2.Client) -> None:
    assert client.post("/_stcore/agent/interact", json={}).status_code >= 400
    assert client.get("/_stcore/host-config").json()["allowedOrigins"] == []


def test_the_figures_are_beside_streamlits_and_name_nobody(client: httpx2.Client) -> None:
    text = client.get("/_stcore/metrics").text
    assert "\nactive_sessions " in text
    assert 'samepixels_work_under_way{kind="page"} 0' in text
    assert text.endswith("# EOF\n")


def test_alive_and_ready_are_json(client: httpx2.Client) -> None:
    assert client.get("/livez").json() == {"alive": True}
    assert client.get("/readyz").json().keys() >= {"ready", "stopping", "libraries", "tensorflow"}
