"""What the server is made of around the pages: its routes, what every answer has, its beginning and its end."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from core.limits import put_in_force
from ui import logs, metrics, warming
from ui.configuration import configuration
from ui.corpus.session_folder import delete_session_folders
from ui.health import health_routes
from ui.isolation import isolated
from ui.security import SecurityHeaders
from ui.stopping import STOPPING
from ui.viewer.routes import viewer_routes

_SWITCH_S = 0.001
"""How long a thread keeps the interpreter while others wait. With Python's own 5 ms the web server's thread waits for
every page that is being made, several times over: 0.4 s at most beside five of them, of which this leaves 0.1 s."""


def routes() -> list[BaseRoute]:
    """The routes beside Streamlit's own."""
    return [*health_routes(), *viewer_routes()]


def middleware() -> list[Middleware]:
    """What is around all routes, Streamlit's too."""
    return [Middleware(SecurityHeaders)]


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Puts the configuration in force with the server's start, and stops it in good order."""
    settings = configuration()
    logs.set_up(settings.log_format, details=settings.log_details)
    put_in_force(settings.limits)
    sys.setswitchinterval(_SWITCH_S)
    STOPPING.listen(settings.stop_s)
    metrics.register()
    try:
        with isolated(settings) as pool:
            async with warming.lifespan(pool):
                yield
    finally:
        delete_session_folders()
