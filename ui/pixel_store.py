"""The pictures that browsers may fetch: private to a session, bounded in bytes, shared fairly (ui/fair_store.py).

A picture is served only to a request that names its address and knows the secret of the session it was added for, and
only as long as that session is connected. Both are 256 random bits. Everything else gets the same answer, so that
nothing can be learned from it. The secret travels in a header: an address alone, as in a log, opens nothing.
"""

import hashlib
import secrets
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from core.image import Image
from ui.fair_store import FairStore

_TOKEN_BYTES = 32


@dataclass(frozen=True, eq=False)
class StoredPicture:
    """A picture and the session that may see it."""

    session_id: str
    image: Image


class PixelStore:
    """Pictures by address. Safe with threads.

    `is_connected` tells whether a session still is; pictures of one that is not are dropped. A picture counts with its
    array's bytes, which other caches may hold as well: encoded forms are made for each request and never kept.
    """

    def __init__(self, max_bytes: int, is_connected: Callable[[str], bool]) -> None:
        self._pictures: FairStore[StoredPicture] = FairStore(max_bytes, lambda session_id: (str(session_id),))
        self._addresses: dict[tuple[str, str], str] = {}
        self._secrets: dict[str, str] = {}
        self._is_connected = is_connected
        self._lock = Lock()

    def secret(self, session_id: str) -> str:
        """What the session's own page has to show to get its pictures."""
        with self._lock:
            return self._secrets.setdefault(session_id, secrets.token_urlsafe(_TOKEN_BYTES))

    def add(self, session_id: str, image: Image) -> str:
        """Where the session finds `image`: the same address for the same pixels, as long as they are stored.

        An image larger than the whole store is not kept, and its address finds nothing.
        """
        key = (session_id, digest(image))
        with self._lock:
            self._drop_disconnected(but=session_id)
            known = self._addresses.get(key)
            if known and self._pictures.get(known):  # which also makes it the latest used
                return known
            address = self._addresses[key] = secrets.token_urlsafe(_TOKEN_BYTES)
            self._pictures.put(address, session_id, StoredPicture(session_id, image), image.nbytes)
            self._forget_dropped_addresses()
            return address

    def find(self, address: str, secret: str) -> Image | None:
        """The image at `address`, or None unless `secret` is that of its session and the session is connected."""
        with self._lock:
            picture = self._pictures.get(address)
            if picture is None or not self._is_connected(picture.session_id):
                return None
            expected = self._secrets.get(picture.session_id)
        # Without the first condition, no secret would open what nobody has asked a secret for yet.
        is_right = expected is not None and secrets.compare_digest(secret.encode(), expected.encode())
        return picture.image if is_right else None

    def close(self, session_id: str) -> None:
        """Forgets the session and its pictures."""
        with self._lock:
            self._drop(session_id)

    @property
    def used_bytes(self) -> int:
        """What the stored pictures take."""
        return self._pictures.used_bytes

    def _drop_disconnected(self, but: str) -> None:
        for session_id in [each for each in self._secrets if each != but and not self._is_connected(each)]:
            self._drop(session_id)

    def _drop(self, session_id: str) -> None:
        self._secrets.pop(session_id, None)
        self._pictures.drop_group(session_id)
        self._forget_dropped_addresses()

    def _forget_dropped_addresses(self) -> None:
        self._addresses = {key: address for key, address in self._addresses.items() if address in self._pictures}


_DIGESTS: dict[int, tuple[weakref.ref[Image], str]] = {}


def digest(image: Image) -> str:
    """The sha256 of an image's shape, dtype and values; of an array that has been seen it costs nothing.

    `Image` arrays are read-only, so a digest stays true for as long as its array lives.
    """
    known = _DIGESTS.get(id(image))
    if known and known[0]() is image:
        return known[1]
    made = hashlib.sha256(f"{image.shape} {image.dtype}".encode())
    made.update(image.data)
    key = id(image)
    _DIGESTS[key] = (weakref.ref(image, lambda _: _DIGESTS.pop(key, None)), made.hexdigest())
    return made.hexdigest()
