"""A worker that answers as one that a file has taken over might: `python -m tests.core.isolation.lying_worker`."""

import socket
import sys

from core.isolation.channel import receive, send

WARMED = {"own_bytes": 0}
LIES = (
    {"at": 0, "shape": [1 << 40], "dtype": "uint8", "own_bytes": 0},
    {"at": 0, "shape": [1], "dtype": "O", "own_bytes": 0},
    {"own_bytes": 0},
    {"error": ["SystemExit", "It ends.", ""], "own_bytes": 0},
    {"error": ["ImageContractError", "It is no image.", ""], "own_bytes": 0},
)

if __name__ == "__main__":
    connection = socket.socket(fileno=int(sys.argv[1]))
    while (message := receive(connection)) is not None:
        if message["do"] == "warm":
            send(connection, WARMED)
        elif message["level"] < len(LIES):
            send(connection, LIES[int(message["level"])])
        else:
            connection.sendall(b"\x03\x00\x00\x00no!")
