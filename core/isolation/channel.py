"""Messages between the server and a worker: JSON objects, each after its length in bytes.

They are not pickles, because a worker has run a library on a stranger's file and may no longer be what it was.
"""

import json
import socket
import struct
from collections.abc import Mapping
from typing import Any, TypeAlias

Message: TypeAlias = dict[str, Any]

_LENGTH = struct.Struct("<I")


def send(connection: socket.socket, message: Mapping[str, Any]) -> None:
    """Sends a message; raises OSError where nobody is left to receive it."""
    data = json.dumps(message).encode()
    connection.sendall(_LENGTH.pack(len(data)) + data)


def receive(connection: socket.socket) -> Message | None:
    """The next message, or None where the other side has ended; raises TimeoutError and other OSErrors."""
    head = _received(connection, _LENGTH.size)
    data = head and _received(connection, *_LENGTH.unpack(head))
    return json.loads(data) if data else None


def _received(connection: socket.socket, count: int) -> bytes:
    """`count` bytes, or none where the other side ends before."""
    data = b""
    while len(data) < count:
        part = connection.recv(count - len(data))
        if not part:
            return b""
        data += part
    return data
