"""What a machine asks the server: does it live, and is it ready to be sent people?

Both are outside `server.baseUrlPath`, so that a proxy which hands on only that path does not show them, and a probe's
address stays the same. Neither waits for anything: they answer while everything else is busy.
"""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from ui.stopping import STOPPING
from ui.warming import WARMING

_NOT_KEPT = {"Cache-Control": "no-store"}


def health_routes() -> list[BaseRoute]:
    """`/livez` and `/readyz`, as JSON: 200 for yes, and from the second 503 for no."""
    return [Route("/livez", _alive), Route("/readyz", _ready)]


async def _alive(_request: Request) -> JSONResponse:
    return JSONResponse({"alive": True}, headers=_NOT_KEPT)


async def _ready(_request: Request) -> JSONResponse:
    """Ready are the quick libraries; TensorFlow may follow, for which recipes that need it wait with a word."""
    state = {
        "stopping": STOPPING.is_asked,
        "libraries": WARMING.is_ready,
        "tensorflow": WARMING.is_done,
        "processes": WARMING.processes,
    }
    ready = state["libraries"] and not state["stopping"]
    return JSONResponse({"ready": ready, **state}, 200 if ready else 503, headers=_NOT_KEPT)
