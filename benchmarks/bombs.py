"""What it takes to refuse files that are small and would become large: `python -m benchmarks.bombs`.

Time and memory are those of reading the file as an upload is read. The promise is under 100 ms and 50 MB for each.
"""

import time
import tracemalloc
from collections.abc import Iterator

from benchmarks.timing import print_machine, print_table
from core.errors import SourceError
from core.source import read_source
from tests.fuzz.bombs import BOMBS, HARMLESS

ROUNDS = 5
MOST_MS, MOST_MB = 100, 50


def rows() -> Iterator[list[str]]:
    """A row for each file."""
    makers = {**{name: make for name, (make, _) in BOMBS.items()}, **HARMLESS}
    for name, make in makers.items():
        data = make()
        yield [name, f"{len(data):,}", f"{milliseconds(data):.2f}", f"{peak_mb(data):.2f}", said(data)]


def said(data: bytes) -> str:
    """The message, or that it is read."""
    try:
        read_source("It", data)
    except SourceError as error:
        return error.message
    return "is read"


def milliseconds(data: bytes) -> float:
    """The least of some rounds."""
    found = []
    for _ in range(ROUNDS):
        start_s = time.perf_counter()
        said(data)
        found.append(time.perf_counter() - start_s)
    return 1000 * min(found)


def peak_mb(data: bytes) -> float:
    """What is allocated at once, beside the file itself."""
    tracemalloc.start()
    said(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def main() -> None:
    found = [*rows()]
    title = f"Files that would become large (wanted: under {MOST_MS} ms and {MOST_MB} MB)"
    print_table(title, ["", "bytes", "ms", "MB", "what is said"], found)
    print_machine("numpy", "pillow")


if __name__ == "__main__":
    main()
