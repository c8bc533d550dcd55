"""What is sent to a worker, and what comes back."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Literal, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from .entries import Entry
from .schema import ROWS, ROWS_SCHEMA

PARQUET_OPTIONS: dict[str, Any] = {"compression": "lz4", "use_dictionary": False, "write_statistics": False}
"""Most of the time goes into the 140 columns, however short: dictionaries and zstd would double it."""

Purpose: TypeAlias = Literal["audit", "crops"]


@dataclass(frozen=True)
class Chunk:
    """Pictures that are worked on together: `entries`, each with its index in the list of pictures.

    `purpose` "audit" makes rows; "crops" draws the pictures of the report.
    """

    number: int
    entries: tuple[tuple[int, Entry], ...]
    purpose: Purpose = "audit"


@dataclass(frozen=True)
class Part:
    """What came of a chunk: Parquet files as bytes, and how many of its pictures got which verdict.

    `totals` is empty for crops. A picture with several B counts once, with the worst of its verdicts.
    """

    number: int
    rows: bytes
    totals: bytes = b""
    verdicts: dict[str, int] = field(default_factory=dict)


def rows_file(rows: list[dict[str, Any]], schema: pa.Schema = ROWS, facts: dict[str, str] | None = None) -> bytes:
    """Rows as a Parquet file; `facts` (versions of libraries) go into its metadata beside the schema's name."""
    metadata = {"schema": ROWS_SCHEMA, **(facts or {})}
    table = pa.Table.from_pylist(rows, schema=schema).replace_schema_metadata(metadata)
    buffer = BytesIO()
    pq.write_table(table, buffer, **PARQUET_OPTIONS)
    return buffer.getvalue()


def versions_of(part: Part) -> dict[str, str]:
    """The packages that made a part, from its metadata."""
    metadata = pq.read_schema(BytesIO(part.rows)).metadata or {}
    facts = {name.decode(): value.decode() for name, value in metadata.items()}
    return {name: value for name, value in facts.items() if name not in {"schema", "ARROW:schema"}}
