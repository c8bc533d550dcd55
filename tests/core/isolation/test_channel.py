"""Messages over a socket."""

import socket
from threading import Thread

import pytest

from core.isolation.channel import receive, send


def test_messages_arrive_one_by_one() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        send(ours, {"do": "stage", "level": 0.1})
        send(ours, {"notes": ["é"]})
        assert receive(theirs) == {"do": "stage", "level": 0.1}
        assert receive(theirs) == {"notes": ["é"]}


def test_a_long_message_arrives_in_parts() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        message = {"text": "x" * 3_000_000}
        sender = Thread(target=send, args=(ours, message))
        sender.start()
        assert receive(theirs) == message
        sender.join()


@pytest.mark.parametrize("sent", [b"", b"\x01", b"\xff\x00\x00\x00{"])
def test_an_end_in_the_middle_is_an_end(sent: bytes) -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        with ours:
            ours.sendall(sent)
        assert receive(theirs) is None


def test_silence_is_not_waited_for_beyond_the_time() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.settimeout(0.01)
        with pytest.raises(TimeoutError):
            receive(theirs)
