"""A browser's half of Streamlit's protocol, without a browser: thirty true ones would need the machine for themselves.

A WebSocket carries Streamlit's own protobuf messages: `BackMsg` asks for a run of the page with new values of widgets,
and `ForwardMsg` brings its elements until `script_finished`. Files go up by HTTP PUT with the cookie against forged
requests; downloads come by HTTP GET, and so do the pictures that the page's viewer would fetch.
"""

import asyncio
import json
import re
import time
import uuid
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

import httpx2
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

RUN_TIMEOUT_S = 300
HTTP_TIMEOUT_S = 120
XSRF_COOKIE = "_streamlit_xsrf"

_KEY = re.compile(r"\$\$ID-[0-9a-f]+-(.*?)(?:#\d+)?$")


class SeenError(Exception):
    """What a person would have seen as an error."""


class BrowserSession:
    """One tab of one browser. `widgets` are those of the last run, by their keys."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session_id = ""
        self.widgets: dict[str, Any] = {}
        # The server closes connections that are idle for 5 s; a browser would try again where it meets one of them.
        limits = httpx2.Limits(keepalive_expiry=3)
        self._http = httpx2.AsyncClient(base_url=url, timeout=HTTP_TIMEOUT_S, limits=limits, trust_env=False)
        self._socket: ClientConnection | None = None
        self._query = ""
        self._fetched: set[str] = set()

    async def __aenter__(self) -> Self:
        await self._get("/_stcore/health", {})
        stream = self.url.replace("http", "ws", 1) + "/_stcore/stream"
        self._socket = await connect(
            stream, subprotocols=[Subprotocol("streamlit")], max_size=None, ping_timeout=None, proxy=None
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._socket:
            await self._socket.close()
        await self._http.aclose()

    async def open(self, query: Mapping[str, str]) -> None:
        """Opens the first page at an address with this query."""
        self._query = urlencode(query)
        await self._run()

    async def set_text(self, key: str, value: str) -> None:
        """Chooses `value` in the selectbox or the row of tabs called `key`."""
        await self._run(WidgetState(id=self._widget_id(key), string_value=value))

    async def upload(self, key: str, name: str, data: bytes) -> None:
        """Drops a file into the uploader whose key begins with `key`."""
        request = BackMsg()
        request.file_urls_request.request_id = uuid.uuid4().hex
        request.file_urls_request.session_id = self.session_id
        request.file_urls_request.file_names.append(name)
        await self._send(request)
        place = (await self._receive("file_urls_response")).file_urls_response.file_urls[0]
        headers = {"X-Xsrftoken": self._http.cookies[XSRF_COOKIE]}
        (await self._http.put(place.upload_url, files={"file": (name, data)}, headers=headers)).raise_for_status()
        state = WidgetState(id=self._widget_id(key))
        state.file_uploader_state_value.uploaded_file_info.add(
            name=name, size=len(data), file_id=place.file_id, file_urls=place
        )
        await self._run(state)

    async def download(self, key: str) -> bytes:
        """What the download button called `key` gives."""
        return await self.fetch(await self.make_file(key))

    async def make_file(self, key: str) -> str:
        """Has the file of the download button called `key` made; gives its address."""
        request = BackMsg()
        request.backend_operation_request.request_id = uuid.uuid4().hex
        request.backend_operation_request.session_id = self.session_id
        request.backend_operation_request.deferred_file.file_id = self._widget(key).deferred_file_id
        await self._send(request)
        response = (await self._receive("backend_operation_response")).backend_operation_response
        if response.error_msg:
            raise SeenError(response.error_msg)
        return str(response.deferred_file.url)

    async def fetch(self, path: str) -> bytes:
        """What is at `path` on the server."""
        return await self._get(path, {})

    async def _run(self, *states: WidgetState) -> None:
        """Runs the page with new values of widgets, to its end, and fetches the pictures that it shows."""
        request = BackMsg()
        request.rerun_script.query_string = self._query
        request.rerun_script.widget_states.widgets.extend(states)
        await self._send(request)
        pictures: dict[str, str] = {}
        finished = None
        while finished not in (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR):
            message = await self._receive("new_session", "delta", "page_info_changed", "script_finished")
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.session_id = message.new_session.initialize.session_id
                self.widgets.clear()
            elif kind == "page_info_changed":
                self._query = message.page_info_changed.query_string
            elif kind == "delta":
                pictures |= self._take(message.delta)
            finished = message.script_finished if kind == "script_finished" else None
        for path in pictures.keys() - self._fetched:
            await self._get(path, {"X-Viewer-Secret": pictures[path]})
            self._fetched.add(path)

    def _take(self, delta: Any) -> dict[str, str]:  # noqa: ANN401 - protobuf's classes have no static types
        """Keeps a widget; gives the viewer's pictures with their secret; raises what a person would see as an error."""
        if delta.WhichOneof("type") == "add_block":
            block = delta.add_block
            self._keep(getattr(block, block.WhichOneof("type") or "", None))
            return {}
        element = delta.new_element
        kind = element.WhichOneof("type")
        shown: Any = getattr(element, kind or "", None)
        if kind == "exception":
            raise SeenError(f"{shown.type}: {shown.message}")
        if kind == "alert" and shown.format == Alert.ERROR:
            raise SeenError(shown.body)
        self._keep(shown)
        if kind != "bidi_component":
            return {}
        data = json.loads(shown.json or shown.mixed.json)
        return {data[side]["address"]: data["secret"] for side in ("a", "b")}

    def _keep(self, widget: Any) -> None:  # noqa: ANN401 - see _take
        if found := _KEY.match(getattr(widget, "id", "")):
            self.widgets[found[1]] = widget

    def _widget(self, key: str) -> Any:  # noqa: ANN401 - see _take
        """The widget called `key`, or the last one whose key begins so."""
        last = next((each for each in reversed(self.widgets) if each.startswith(key)), None)
        if last is None:
            raise SeenError(f"The page has no {key}.")
        return self.widgets.get(key, self.widgets[last])

    def _widget_id(self, key: str) -> str:
        return str(self._widget(key).id)

    async def _get(self, path: str, headers: Mapping[str, str]) -> bytes:
        return (await self._http.get(path, headers=headers)).raise_for_status().content

    async def _send(self, request: BackMsg) -> None:
        assert self._socket
        await self._socket.send(request.SerializeToString())

    async def _receive(self, *kinds: str) -> ForwardMsg:
        """The next message of one of these kinds; others are for a browser's screen alone."""
        assert self._socket
        deadline = time.monotonic() + RUN_TIMEOUT_S
        while time.monotonic() < deadline:
            data = await asyncio.wait_for(self._socket.recv(decode=False), RUN_TIMEOUT_S)
            message: ForwardMsg = ForwardMsg.FromString(data)
            if message.WhichOneof("type") in kinds:
                return message
        raise TimeoutError(f"No {' or '.join(kinds)} within {RUN_TIMEOUT_S} s.")
