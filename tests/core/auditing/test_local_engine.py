"""Worker processes: what kills or hangs one costs its own row, and nothing else."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.auditing.addresses import entries
from core.auditing.chunk import Chunk, Part
from core.auditing.local_engine import LocalEngine, default_workers, few_workers
from core.errors import CorpusError, SamePixelsError
from core.limits import Limits
from tests.core.auditing.corpora import jpeg, settings, write_pictures

DEADLY = """
import os, signal, sys
if "core.auditing.worker" in sys.orig_argv:
    from core.auditing import chunk_work
    audit_picture = chunk_work.audit_picture
    def audit_or_die(job, index, entry):
        if "deadly" in entry.picture:
            os.kill(os.getpid(), signal.SIGKILL)
        return audit_picture(job, index, entry)
    chunk_work.audit_picture = audit_or_die
"""
"""A sitecustomize.py that makes some pictures do what a fault in a C library does."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and named pipes are Unix's")


@pytest.fixture
def deadly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(DEADLY)
    monkeypatch.setenv("PYTHONPATH", str(site))
    return iter(())


def audited(engine: LocalEngine, chunks: list[Chunk]) -> dict[int, Part]:
    for chunk in chunks:
        engine.submit(chunk)
    parts: dict[int, Part] = {}
    while len(parts) < len(chunks):
        part = engine.next_part(60)
        assert part is not None
        parts[part.number] = part
    return parts


def chunks_of(folder: Path, size: int = 4) -> list[Chunk]:
    found = list(enumerate(entries([str(folder)])))
    return [Chunk(start // size, tuple(found[start : start + size])) for start in range(0, len(found), size)]


def verdicts(parts: dict[int, Part]) -> dict[str, int]:
    together: dict[str, int] = {}
    for part in parts.values():
        for verdict, count in part.verdicts.items():
            together[verdict] = together.get(verdict, 0) + count
    return together


def errors(part: Part) -> list[tuple[str, str]]:
    from io import BytesIO

    import pyarrow.parquet as pq

    rows: list[dict[str, Any]] = pq.read_table(BytesIO(part.rows)).to_pylist()
    return [(Path(row["picture"]).name, row["error"]) for row in rows if row["error"]]


@pytest.mark.usefixtures("deadly")
def test_a_picture_that_kills_its_worker_is_one_row(tmp_path: Path) -> None:
    folder = write_pictures(tmp_path / "pictures", 9)
    (folder / "005-deadly.jpg").write_bytes(jpeg(50))
    with LocalEngine(settings(folder).job, workers=1, threads=2) as engine:
        parts = audited(engine, chunks_of(folder))
    assert sum(verdicts(parts).values()) == 10
    assert verdicts(parts)["incomparable"] == 1
    expected = f"{folder / '005-deadly.jpg'} ended its worker (signal 9)."
    assert [error for part in parts.values() for error in errors(part)] == [("005-deadly.jpg", expected)]


def test_a_picture_that_hangs_is_one_row(tmp_path: Path) -> None:
    folder = write_pictures(tmp_path / "pictures", 5)
    os.mkfifo(folder / "002-pipe.jpg")
    with LocalEngine(settings(folder, limits=Limits(picture_s=3)).job, workers=1, threads=2) as engine:
        parts = audited(engine, chunks_of(folder))
    assert verdicts(parts)["incomparable"] == 1
    assert errors(parts[0]) == [("002-pipe.jpg", f"{folder / '002-pipe.jpg'} was not done within 3 s.")]


def test_a_worker_that_is_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    folder = write_pictures(tmp_path / "pictures", 12)
    with LocalEngine(settings(folder).job, workers=2, threads=1) as engine:
        first = engine.pids
        for chunk in chunks_of(folder, 2):
            engine.submit(chunk)
        parts = [engine.next_part(60)]
        os.kill(engine.pids[0], signal.SIGKILL)
        parts += [engine.next_part(60) for _ in range(5)]
        assert engine.pids[0] not in first
        assert engine.pids[1] == first[1]
    done = {part.number: part for part in parts if part}
    assert sorted(done) == [0, 1, 2, 3, 4, 5]
    assert "incomparable" not in verdicts(done)


def test_a_worker_that_cannot_start_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("raise SystemExit('There is no room here.')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with (
        LocalEngine(settings("x.jpg").job, workers=1) as engine,
        pytest.raises(CorpusError, match=r"No worker can be started \(exit code 1\)"),
    ):
        engine.next_part(60)


def test_few_workers_with_threads_inside_where_there_are_many_cores() -> None:
    assert [default_workers(cores) for cores in (1, 2, 4, 8, 64)] == [1, 2, 4, 4, 16]
    assert [few_workers(cores) for cores in (1, 2, 4, 8, 64)] == [1, 1, 1, 2, 16]


def test_a_library_that_is_missing_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "cv2.py").write_text("raise ModuleNotFoundError(\"No module named 'cv2'\", name='cv2')")
    (tmp_path / "sitecustomize.py").write_text(f"import sys; sys.path.insert(0, {str(tmp_path)!r})")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with (
        LocalEngine(settings("x.jpg").job, workers=1) as engine,
        pytest.raises(SamePixelsError, match="OpenCV is not installed"),
    ):
        engine.next_part(60)
