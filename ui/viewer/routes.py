"""What the viewer fetches from the server: its pictures and its own JavaScript.

The modules are served as they are written, under an address with a digest of them all: a browser may keep them for
ever, and never mixes two versions. There is no build step.
"""

import hashlib
from functools import cache
from pathlib import Path

import numpy as np
import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from core.image import Image
from core.png import png_bytes
from ui.viewer.session import STORE

SECRET_HEADER = "X-Viewer-Secret"  # noqa: S105 - the name of a header
_MODULES = Path(__file__).parent / "js"
_OPAQUE_CHANNELS = (1, 3)

# `identity` keeps the server from spending seconds on gzip, which gains little on a PNG's or floats' bytes.
_PICTURE_HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Encoding": "identity",
}
_MODULE_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def viewer_routes() -> list[BaseRoute]:
    """The routes for `st.App`; below `server.baseUrlPath`, which Streamlit does not put before routes by itself."""
    base = base_path()
    return [
        Route(f"{base}/viewer/pixels/{{address}}", _picture),
        Route(f"{base}/viewer/{{version}}/{{name}}.js", _module),
    ]


def base_path() -> str:
    """`server.baseUrlPath` as the beginning of a path, empty at the root."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def picture_path(address: str) -> str:
    """Where a stored picture is fetched."""
    return f"{base_path()}/viewer/pixels/{address}"


def component_path() -> str:
    """Where the viewer's first module is."""
    return f"{base_path()}/viewer/{_version()}/component.js"


@cache
def _modules() -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for path in sorted(_MODULES.glob("*.js"))}


@cache
def _version() -> str:
    return hashlib.sha256(b"\0".join(_modules().values())).hexdigest()[:16]


def _module(request: Request) -> Response:
    source = _modules().get(request.path_params["name"])
    if source is None or request.path_params["version"] != _version():
        return Response(status_code=404, headers={"Cache-Control": "no-store"})
    return Response(source, media_type="text/javascript", headers=_MODULE_HEADERS)


def _picture(request: Request) -> Response:
    """A picture's pixels; not `async`, so that half a second of encoding 12 megapixels runs in a thread of its own."""
    image = STORE.find(request.path_params["address"], request.headers.get(SECRET_HEADER, ""))
    if image is None:
        return Response(status_code=404, headers=_PICTURE_HEADERS)
    body, media_type = _encoded(image)
    return Response(body, media_type=media_type, headers=_PICTURE_HEADERS)


def _encoded(image: Image) -> tuple[bytes | memoryview, str]:
    """Opaque 8-bit pictures as PNG; others as their raw values, little-endian, which a browser cannot alter.

    A browser reads an alpha picture's PNG through premultiplied colours, which loses bits, and has no float format.
    """
    if image.dtype == np.uint8 and image.shape[2] in _OPAQUE_CHANNELS:
        return png_bytes(image.view(np.uint8)), "image/png"
    little_endian = np.ascontiguousarray(image, image.dtype.newbyteorder("<"))
    return little_endian.data.cast("B"), "application/octet-stream"
