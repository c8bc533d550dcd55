"""Differences added up over many pictures: merged counts, from which the figures of all pixels follow exactly.

They are kept as a sparse table, a row for each channel of each `Key`, whose counts are those that are not 0.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from ..difference import Difference
from ..level_counts import SIGNED_EDGES
from ..numeric.float_bins import BIN_COUNT
from ..signed_counts import SignedFloatCounts, SignedLevelCounts
from ..statistics import Maximum, Sums
from .chunk import PARQUET_OPTIONS
from .picture import Key

TOTALS_SCHEMA = "samepixels/corpus-totals/1"

_TABLE = pa.schema(
    [
        ("recipe_b", pa.int32()),
        ("stage", pa.string()),
        ("channels", pa.int32()),
        ("dtype", pa.string()),
        ("level", pa.float64()),
        ("pictures", pa.int64()),
        ("pixels", pa.int64()),
        ("differing_pixels", pa.int64()),
        ("channel", pa.int32()),
        ("max_abs", pa.float64()),
        ("max_at", pa.list_(pa.int32())),
        # Of float images: `Sums` as text, since no column is wide enough.
        ("sums", pa.list_(pa.string())),
        ("bins", pa.list_(pa.int32())),
        ("counts", pa.list_(pa.int64())),
    ],
    metadata={"schema": TOTALS_SCHEMA},
)


@dataclass
class _Sum:
    """A sum under way, whose counts are its own."""

    pictures: int
    pixels: int
    differing_pixels: int
    maxima: tuple[Maximum, ...]
    counts: SignedLevelCounts | SignedFloatCounts

    def add(self, difference: Difference, pictures: int) -> None:
        self.pictures += pictures
        self.pixels += difference.pixels
        self.differing_pixels += difference.differing_pixels
        self.maxima = tuple(own.larger(other) for own, other in zip(self.maxima, difference.maxima, strict=True))
        self.counts = self.counts.absorb(difference.counts)  # type: ignore[arg-type]  # of one dtype, as the key says

    @property
    def difference(self) -> Difference:
        return Difference(self.pixels, self.differing_pixels, self.maxima, self.counts)


class Totals:
    """The sum of the differences of each `Key`, and of how many pictures it is. Several threads may add to it."""

    def __init__(self) -> None:
        self._sums: dict[Key, _Sum] = {}
        self._lock = Lock()

    def __iter__(self) -> Iterator[tuple[Key, int, Difference]]:
        return iter([(key, self._sums[key].pictures, self._sums[key].difference) for key in sorted(self._sums)])

    def add(self, key: Key, difference: Difference, pictures: int = 1) -> None:
        """Adds the difference of some pictures, measured with `differences_only`."""
        counts = difference.counts
        assert isinstance(counts, SignedLevelCounts | SignedFloatCounts)
        with self._lock:
            if key in self._sums:
                self._sums[key].add(difference, pictures)
            else:
                facts = difference.pixels, difference.differing_pixels, difference.maxima
                self._sums[key] = _Sum(pictures, *facts, counts.copy())

    def merge(self, others: Iterable[tuple[Key, int, Difference]]) -> None:
        """Adds all that another one holds."""
        for key, pictures, difference in others:
            self.add(key, difference, pictures)

    def to_bytes(self) -> bytes:
        """The table as a Parquet file."""
        rows = [row for item in self for row in _rows(*item)]
        columns = {name: _column(_TABLE.field(name).type, [row[name] for row in rows]) for name in _TABLE.names}
        buffer = BytesIO()
        pq.write_table(pa.table(columns, schema=_TABLE), buffer, **PARQUET_OPTIONS)
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Totals":
        """The totals that `to_bytes` wrote."""
        totals = cls()
        rows: dict[Key, list[dict[str, Any]]] = {}
        for row in pq.read_table(BytesIO(data)).to_pylist():
            rows.setdefault(Key(*(row[name] for name in Key._fields)), []).append(row)
        for key, of_key in rows.items():
            totals.add(key, _difference(of_key), of_key[0]["pictures"])
        return totals


def _column(kind: pa.DataType, cells: list[Any]) -> pa.Array:
    """Cells as an Arrow array; lists of numbers that numpy has are not looked at one by one."""
    if not cells or not isinstance(cells[0], np.ndarray):
        return pa.array(cells, kind)
    offsets = np.cumsum([0, *map(len, cells)], dtype=np.int32)
    return pa.ListArray.from_arrays(offsets, np.concatenate(cells))


def _rows(key: Key, pictures: int, difference: Difference) -> Iterator[dict[str, Any]]:
    shared = {**key._asdict(), "pictures": pictures}
    shared |= {"pixels": difference.pixels, "differing_pixels": difference.differing_pixels}
    counts = difference.counts
    assert isinstance(counts, SignedLevelCounts | SignedFloatCounts)
    dense = counts.channel_counts if isinstance(counts, SignedLevelCounts) else counts.bins()
    for channel, maximum in enumerate(difference.maxima):
        places = np.flatnonzero(dense[channel])
        yield {
            **shared,
            "channel": channel,
            "max_abs": maximum.max_abs,
            "max_at": [maximum.x, maximum.y],
            "sums": list(map(str, counts.sums[channel])) if isinstance(counts, SignedFloatCounts) else None,
            "bins": places.astype(np.int32),
            "counts": dense[channel][places],
        }


def _difference(rows: list[dict[str, Any]]) -> Difference:
    rows = sorted(rows, key=lambda row: row["channel"])
    first = rows[0]
    maxima = tuple(Maximum(row["max_abs"], *row["max_at"]) for row in rows)
    counts = _level_counts(rows) if first["dtype"] == "uint8" else _float_counts(rows)
    return Difference(first["pixels"], first["differing_pixels"], maxima, counts)


def _level_counts(rows: list[dict[str, Any]]) -> SignedLevelCounts:
    return SignedLevelCounts(_dense(rows, len(SIGNED_EDGES) - 1))


def _float_counts(rows: list[dict[str, Any]]) -> SignedFloatCounts:
    sums = tuple(Sums(*map(int, row["sums"])) for row in rows)
    return SignedFloatCounts.from_bins(sums, _dense(rows, BIN_COUNT))


def _dense(rows: list[dict[str, Any]], bin_count: int) -> npt.NDArray[np.int64]:
    counts = np.zeros((len(rows), bin_count), np.int64)
    for of_channel, row in zip(counts, rows, strict=True):
        of_channel[row["bins"]] = row["counts"]
    return counts
