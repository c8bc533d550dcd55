"""The list of an audit's pictures: a Parquet file whose row groups are the chunks.

It is written before the first picture is looked at, so that a run that goes on later, when files have come and gone,
has the same pictures in the same chunks.
"""

import os
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice, repeat
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from .chunk import Chunk
from .entries import Entry

LISTING_SCHEMA = "samepixels/corpus-pictures/1"
CHUNK_SIZES = (32, 64, 128, 256)
CHUNKS_OF_A_SIZE = 4
"""Chunks grow: small first, so that all workers have some of few pictures; large then, because a part takes as long to
write as three pictures to compare. A million make 4000 parts."""

_FIELDS = pa.schema(
    [
        ("picture", pa.string()),
        ("address", pa.binary()),
        ("folder", pa.string()),
        ("offset", pa.int64()),
        ("size", pa.int64()),
        ("problem_kind", pa.string()),
        ("problem", pa.string()),
        ("remedy", pa.string()),
    ],
    metadata={"schema": LISTING_SCHEMA},
)


def write_listing(path: Path, entries: Iterable[Entry]) -> None:
    """Writes the list, a chunk at a time, whole or not at all."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    remaining = iter(entries)
    with unfinished.open("wb") as opened:
        with pq.ParquetWriter(opened, _FIELDS, compression="zstd") as writer:
            for size in _sizes():
                rows = [_row(entry) for entry in islice(remaining, size)]
                if not rows:
                    break
                writer.write_table(pa.Table.from_pylist(rows, schema=_FIELDS))
        opened.flush()
        os.fsync(opened.fileno())
    unfinished.replace(path)


def _sizes() -> Iterator[int]:
    for size in CHUNK_SIZES:
        yield from repeat(size, CHUNKS_OF_A_SIZE)
    yield from repeat(CHUNK_SIZES[-1])


def _row(entry: Entry) -> dict[str, Any]:
    return {**vars(entry), "address": os.fsencode(entry.address)}


class Listing:
    """A list that was written."""

    def __init__(self, path: Path) -> None:
        self._file = pq.ParquetFile(path)
        groups = range(self._file.metadata.num_row_groups)
        sizes = [self._file.metadata.row_group(group).num_rows for group in groups]
        self._starts = list(accumulate(sizes, initial=0))
        self.sizes = tuple(sizes)

    def __len__(self) -> int:
        """How many pictures there are."""
        return sum(self.sizes)

    @property
    def chunk_count(self) -> int:
        """How many chunks there are."""
        return len(self.sizes)

    def chunk(self, number: int) -> Chunk:
        """One chunk, read from the file."""
        rows = self._file.read_row_group(number).to_pylist()
        start = self._starts[number]
        return Chunk(number, tuple((start + place, _entry(row)) for place, row in enumerate(rows)))

    def entry(self, index: int) -> Entry:
        """One picture's entry."""
        number = bisect_right(self._starts, index) - 1
        found: Entry = self.chunk(number).entries[index - self._starts[number]][1]
        return found


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(**{**row, "address": os.fsdecode(row["address"])})
