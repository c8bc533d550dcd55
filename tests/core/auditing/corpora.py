"""Small corpora, and audits of them without TensorFlow, so that a worker is there in about a second."""

import io
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from PIL import Image

from core.auditing.schema import TIMED_COLUMNS
from core.corpus import AuditSettings
from core.presets import parse_recipe
from tests.core import encoded

A = "opencv.imdecode | opencv.resize(INTER_LINEAR, 32x24)"
B = "pillow.open | pillow.resize(BILINEAR, 32x24)"


def jpeg(number: int, **options: Any) -> bytes:
    """A small JPEG, another one for each number."""
    rolled = np.roll(encoded.rgb(), 5 * number, axis=1)
    return encoded.by_pillow(Image.fromarray(rolled), "JPEG", **{"quality": 60 + number % 40, **options})


def write_pictures(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{number:03}.jpg").write_bytes(jpeg(number, subsampling=number % 3))
    return folder


def write_shard(path: Path, members: Mapping[str, bytes]) -> Path:
    with tarfile.open(path, "w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def settings(*addresses: object, b: tuple[str, ...] = (B,), **options: Any) -> AuditSettings:
    return AuditSettings(parse_recipe(A), tuple(map(parse_recipe, b)), tuple(map(str, addresses)), **options)


def rows(folder: Path) -> list[dict[str, Any]]:
    """All rows of a finished audit in order, without what differs from run to run."""
    found = [row for part in sorted((folder / "parts").glob("*.parquet")) for row in pq.read_table(part).to_pylist()]
    return [_untimed(row) for row in found]


def _untimed(row: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in TIMED_COLUMNS}
    if kept.get("stages"):
        kept["stages"] = [_untimed(stage) for stage in kept["stages"]]
    return kept
