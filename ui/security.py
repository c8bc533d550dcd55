"""What every answer of the server tells the browser not to do.

The policy lets a page load nothing from anywhere else: whatever got into a page could send nothing away. Its exceptions
are what Streamlit's own page and widgets need; each has its reason, and tests/browser runs under it.
"""

import base64
import hashlib
import logging
import re
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOG = logging.getLogger(__name__)
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def _inline_scripts() -> list[str]:
    """The digests of the scripts in the text of Streamlit's own page (one line of it, for crawlers)."""
    page = Path(st.__file__).with_name("static") / "index.html"
    scripts = _INLINE_SCRIPT.findall(page.read_text("utf-8"))
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    return [f"'sha256-{digest}'" for digest in digests]


POLICY = {
    "default-src": ["'none'"],
    # Streamlit imports a component's JavaScript from a blob that it makes of the text which the server sent. Its
    # protobuf counts in 64 bits by WebAssembly and complains aloud where it may not. There is no `eval`, which plotly
    # would need for traces of WebGL: core/figures has none.
    "script-src": ["'self'", "blob:", "'wasm-unsafe-eval'", *_inline_scripts()],
    # Emotion, plotly and the data grid write their style sheets while they run, with rules in attributes.
    "style-src": ["'self'", "'unsafe-inline'"],
    # Thumbnails and icons are in the text of the page; the viewer and plotly's camera make pictures themselves.
    "img-src": ["'self'", "data:", "blob:"],
    # A component's icon font is in its style sheet.
    "font-src": ["'self'", "data:"],
    # The page's web socket, uploads, the viewer's pixels.
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'none'"],
}

HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {' '.join(sources)}" for name, sources in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    # `frame-ancestors` for browsers that do not know it.
    "X-Frame-Options": "DENY",
    # An address holds recipes and the names of samples.
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeaders:
    """ASGI middleware that adds `HEADERS` to every answer, and answers what fails further in with a 500 that has them.

    Starlette's own answer to an error is made outside all middleware, hence without headers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_begun = False

        async def send_with_headers(message: Message) -> None:
            nonlocal is_begun
            if message["type"] == "http.response.start":
                is_begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception as error:
            if is_begun:
                raise
            _LOG.error("A request failed", exc_info=error)
            await PlainTextResponse("Internal Server Error", 500)(scope, receive, send_with_headers)
