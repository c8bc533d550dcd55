"""The store of pictures, of which a session's are dropped when its browser is gone; one that comes back asks again."""

from ui import sessions
from ui.configuration import configuration
from ui.pixel_store import PixelStore

STORE = PixelStore(configuration().viewer_bytes, sessions.is_connected)
"""The pictures of all sessions."""

sessions.when_left(STORE.close)
