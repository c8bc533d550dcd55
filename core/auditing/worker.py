"""A worker process: `python -m core.auditing.worker`, started by `core.auditing.worker_process` and by nobody else.

It reads messages from stdin and writes replies to stdout. Its threads share one process because the libraries release
the GIL, and because a second TensorFlow would cost ten seconds and a gigabyte. It ends when stdin does, which is also
when the process that started it is killed.
"""

import gc
import os
import pickle
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from queue import SimpleQueue
from typing import IO

from ..errors import SamePixelsError
from ..operations.libraries import load
from .board import Board
from .chunk_work import ChunkWork
from .entries import Entry
from .job import Job
from .messages import EXIT_FAULT, Finished, Ready, Refused, Reply, Start, Work
from .picture import audit_picture, to_the_end

WARM_UP = "sample:impulses"


class Replies:
    """The way back; several threads may speak."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def send(self, reply: Reply) -> None:
        """Sends a reply; where nobody listens any more the process ends."""
        data = pickle.dumps(reply, pickle.HIGHEST_PROTOCOL)
        try:
            with self._lock:
                self._stream.write(data)
                self._stream.flush()
        except BrokenPipeError:
            os._exit(0)


class Threads:
    """The threads that work on pictures. Each notes on the board, under its number, where it is."""

    def __init__(self, start: Start) -> None:
        self._board = Board(start.board)
        self._numbers: SimpleQueue[int] = SimpleQueue()
        for number in range(start.threads):
            self._numbers.put(number)
        self.count = start.threads
        self._own = threading.local()
        self.pool = ThreadPoolExecutor(start.threads, initializer=self._take_number)

    def _take_number(self) -> None:
        self._own.number = self._numbers.get()

    def note(self, chunk: int, place: int | None) -> None:
        """The thread that calls this begins the picture at `place` of a chunk, or has ended it with None."""
        self._board.write(self._own.number, chunk, place)


def main() -> None:
    """Works until stdin ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that the user started
    replies = Replies(_own_stdout())
    start = _received(sys.stdin.buffer)
    assert isinstance(start, Start)
    try:
        for library in start.job.libraries:
            load(library)
    except SamePixelsError as error:
        replies.send(Refused(error.message, error.remedy))
        return
    # Compiles and loads what the first picture would otherwise wait for, against its limit of time.
    to_the_end(audit_picture(start.job, 0, Entry(WARM_UP, WARM_UP, "")))
    # TensorFlow's objects would otherwise be looked through whenever Python looks for garbage.
    gc.freeze()
    threads = Threads(start)
    replies.send(Ready())
    while isinstance(work := _received(sys.stdin.buffer), Work):
        threading.Thread(target=_do, args=(start.job, work, threads, replies), daemon=True).start()
    os._exit(0)  # at once, whatever the threads are at


def _own_stdout() -> IO[bytes]:
    """The pipe, which from now on nothing else can write to: what libraries print goes to stderr."""
    pipe = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return pipe


def _received(stream: IO[bytes]) -> Start | Work | None:
    try:
        message: Start | Work = pickle.load(stream)  # noqa: S301 - from the process that started this one
    except EOFError:
        return None
    return message


def _do(job: Job, work: Work, threads: Threads, replies: Replies) -> None:
    """Does a chunk and sends the part. A thread of its own waits here, so that the main one hears when stdin ends."""
    try:
        part = ChunkWork(job, work, partial(threads.note, work.chunk.number)).do(threads.pool, threads.count)
    except BaseException:  # noqa: BLE001
        # A fault of this program: it ends here, loudly, rather than leave the other side waiting.
        sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
        os._exit(EXIT_FAULT)
    replies.send(Finished(part))


if __name__ == "__main__":
    main()
