"""Differences added up over many pictures: merged counts, from which the figures of all pixels follow exactly.

They are kept as a sparse table, a row for each channel of each `Key`, whose counts are those that are not 0.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from io import BytesIO
from threading import Lock
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ..difference import Difference
from ..float_counts import FloatCounts, FloatSums
from ..level_counts import LevelCounts
from ..numeric.float_bins import BIN_COUNT
from ..statistics import Maximum
from .picture import Key

TOTALS_SCHEMA = "samepixels/corpus-totals/1"

_FRACTIONS = ("total", "total_abs", "total_squared")
_WHOLES = ("values", "differing_values", "non_finite_values")

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
        # Of float images: exact sums as fractions in text, since no column is wide enough.
        ("sums", pa.list_(pa.string())),
        ("bins", pa.list_(pa.int32())),
        ("counts", pa.list_(pa.int64())),
    ],
    metadata={"schema": TOTALS_SCHEMA},
)


class Totals:
    """The sum of the differences of each `Key`, and of how many pictures it is. Several threads may add to it."""

    def __init__(self) -> None:
        self._sums: dict[Key, tuple[int, Difference]] = {}
        self._lock = Lock()

    def __iter__(self) -> Iterator[tuple[Key, int, Difference]]:
        return iter([(key, *self._sums[key]) for key in sorted(self._sums)])

    def add(self, key: Key, difference: Difference, pictures: int = 1) -> None:
        """Adds the difference of some pictures."""
        with self._lock:
            if key not in self._sums:
                self._sums[key] = pictures, difference
                return
            count, total = self._sums[key]
            self._sums[key] = count + pictures, total.merge(difference)

    def merge(self, others: Iterable[tuple[Key, int, Difference]]) -> None:
        """Adds all that another one holds."""
        for key, pictures, difference in others:
            self.add(key, difference, pictures)

    def to_bytes(self) -> bytes:
        """The table as a Parquet file."""
        rows = [row for item in self for row in _rows(*item)]
        buffer = BytesIO()
        pq.write_table(pa.Table.from_pylist(rows, schema=_TABLE), buffer, compression="zstd")
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


def _rows(key: Key, pictures: int, difference: Difference) -> Iterator[dict[str, Any]]:
    shared = {**key._asdict(), "pictures": pictures}
    shared |= {"pixels": difference.pixels, "differing_pixels": difference.differing_pixels}
    counts = difference.counts
    for channel, maximum in enumerate(difference.maxima):
        dense = counts.channel_joints[channel] if isinstance(counts, LevelCounts) else counts.bins[:, channel]
        flat = dense.reshape(-1)
        places = np.flatnonzero(flat)
        yield {
            **shared,
            "channel": channel,
            "max_abs": maximum.max_abs,
            "max_at": [maximum.x, maximum.y],
            "sums": _texts(counts.sums[channel]) if isinstance(counts, FloatCounts) else None,
            "bins": places.astype(np.int32),
            "counts": flat[places],
        }


def _texts(sums: FloatSums) -> list[str]:
    return [str(getattr(sums, name)) for name in (*_WHOLES, *_FRACTIONS)]


def _difference(rows: list[dict[str, Any]]) -> Difference:
    rows = sorted(rows, key=lambda row: row["channel"])
    first = rows[0]
    maxima = tuple(Maximum(row["max_abs"], *row["max_at"]) for row in rows)
    counts = _level_counts(rows) if first["dtype"] == "uint8" else _float_counts(rows)
    return Difference(first["pixels"], first["differing_pixels"], maxima, counts)


def _level_counts(rows: list[dict[str, Any]]) -> LevelCounts:
    joints = np.zeros((len(rows), 256 * 256), np.int64)
    for joint, row in zip(joints, rows, strict=True):
        joint[row["bins"]] = row["counts"]
    return LevelCounts(joints.reshape(len(rows), 256, 256))


def _float_counts(rows: list[dict[str, Any]]) -> FloatCounts:
    bins = np.zeros((len(rows), 3 * BIN_COUNT), np.int64)
    for counts, row in zip(bins, rows, strict=True):
        counts[row["bins"]] = row["counts"]
    by_kind = np.ascontiguousarray(bins.reshape(len(rows), 3, BIN_COUNT).swapaxes(0, 1))
    return FloatCounts(tuple(_sums(row["sums"]) for row in rows), by_kind)


def _sums(texts: list[str]) -> FloatSums:
    wholes, fractions = texts[: len(_WHOLES)], texts[len(_WHOLES) :]
    values, differing_values, non_finite_values = map(int, wholes)
    total, total_abs, total_squared = map(Fraction, fractions)
    return FloatSums(values, differing_values, non_finite_values, total, total_abs, total_squared)
