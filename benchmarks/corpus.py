"""Auditing a corpus against the bare decode and resize calls, and against the usual numpy loop.

    python -m benchmarks.corpus [PICTURES] [ROUNDS]

1000 pictures of 500x375 through the presets `opencv` and `tensorflow`; 200 and 2 rounds for a quick look. The floor is
the libraries' calls alone, in the best of several arrangements of processes and threads; all take turns in processes
that stay, so that no import is in the figures, and shares are of the same round.
Where other programs use the cores too, the processors' own time for a picture says more than pictures a second.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

import cv2
import numpy as np

from benchmarks.pictures import Levels, photograph
from benchmarks.timing import print_machine, print_table
from core.auditing.addresses import entries
from core.auditing.chunk import Part
from core.auditing.job import Checkpoints, Job
from core.auditing.listing import Listing, write_listing
from core.auditing.local_engine import LocalEngine
from core.auditing.running import finished_parts
from core.auditing.worker_process import ONE_THREAD
from core.presets import parse_recipe

WIDTH, HEIGHT = 500, 375
RECIPES = ("opencv", "tensorflow")
NAIVE_PICTURES = 60
FLOORS = {
    "bare calls, 1 thread": (1, 1),
    "bare calls, 2 threads": (1, 2),
    "bare calls, 3 threads": (1, 3),
    "bare calls, 2 processes": (2, 1),
}
"""By name: how many processes, and how many threads in each."""

AUDITS: dict[str, tuple[Checkpoints, bool, float]] = {
    "audit, full statistics after every stage": ("all", False, 0.8),
    "audit, the final stage's only": ("final", False, 0.9),
    "audit, every stage and SSIM": ("all", True, 0.4),
}
"""By name: which checkpoints, whether with SSIM, and the share of the floor that is wanted."""


class Speed(NamedTuple):
    """Pictures a second, and milliseconds of the processors' time a picture."""

    per_s: float
    cpu_ms: float


def write_pictures(folder: Path, count: int) -> None:
    """Crops of one large synthetic photograph, as JPEG at 4:2:0 and quality 90."""
    large = photograph(4000, 3000)
    generator = np.random.default_rng(3)
    for number in range(count):
        x, y = int(generator.integers(4000 - WIDTH)), int(generator.integers(3000 - HEIGHT))
        part = np.ascontiguousarray(large[y : y + HEIGHT, x : x + WIDTH])
        options = [cv2.IMWRITE_JPEG_QUALITY, 90, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420]
        (folder / f"{number:04}.jpg").write_bytes(cv2.imencode(".jpg", part, options)[1].tobytes())


def by_opencv(data: bytes) -> Levels:
    decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB)
    assert decoded is not None
    return decoded.astype(np.uint8, copy=False)


def bare(path: Path) -> tuple[object, object]:
    """Both libraries' calls and nothing else."""
    import tensorflow as tf

    data = path.read_bytes()
    a = cv2.resize(by_opencv(data), (224, 224))
    return a, np.asarray(tf.image.resize(tf.io.decode_jpeg(data, channels=3), (224, 224)))


def naive(path: Path) -> list[object]:
    """What people write: the same figures after decode and resize, by numpy in float64."""
    import tensorflow as tf

    data = path.read_bytes()
    decoded_a = by_opencv(data)
    decoded_b = tf.io.decode_jpeg(data, channels=3).numpy()
    resized_a, resized_b = cv2.resize(decoded_a, (224, 224)), tf.image.resize(decoded_b, (224, 224)).numpy()
    return [naive_figures(decoded_a, decoded_b), naive_figures(resized_a, resized_b)]


def naive_figures(a: np.ndarray, b: np.ndarray) -> list[object]:
    d = b.astype(np.float64) - a.astype(np.float64)
    magnitude = np.abs(d)
    figures: list[object] = []
    for part, size in ((d, magnitude), *((d[..., c], magnitude[..., c]) for c in range(3))):
        mean_squared = float((part**2).mean())
        figures += [size.max(), size.mean(), part.mean(), np.sqrt(mean_squared), 10 * np.log10(255**2 / mean_squared)]
        figures += [
            np.percentile(size, (50, 95, 99)),
            100 * (size > 0).mean(),
            np.unravel_index(size.argmax(), size.shape),
        ]
    return [*figures, 100 * (magnitude > 0).any(axis=2).mean()]


def serve_bare(folder: Path) -> None:
    """Answers each line of stdin (`bare THREADS` or `naive 1`) with the pictures a second."""
    cv2.setNumThreads(1)
    paths = sorted(folder.glob("*.jpg"))
    calls: dict[str, Callable[[Path], object]] = {"bare": bare, "naive": naive}
    for line in sys.stdin:
        name, threads = line.split()
        chosen = paths if name == "bare" else paths[:NAIVE_PICTURES]
        with ThreadPoolExecutor(int(threads)) as pool:
            start_s, start_cpu_s = time.perf_counter(), time.process_time()
            for _ in pool.map(calls[name], chosen):
                pass
            elapsed_s, cpu_s = time.perf_counter() - start_s, time.process_time() - start_cpu_s
            print(len(chosen) / elapsed_s, 1000 * cpu_s / len(chosen), flush=True)


@contextmanager
def asking(folder: Path) -> Iterator[Callable[[str], Speed]]:
    """A process that runs the bare calls whenever it is asked."""
    command = [sys.executable, "-m", "benchmarks.corpus", "serve", str(folder)]
    environment = {**os.environ, **ONE_THREAD, "TF_CPP_MIN_LOG_LEVEL": "3"}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdin
        assert process.stdout

        def ask(line: str) -> Speed:
            assert process.stdin
            assert process.stdout
            process.stdin.write(f"{line}\n")
            process.stdin.flush()
            return Speed(*map(float, process.stdout.readline().split()))

        yield ask
        process.stdin.close()


def bare_calls(asked: Sequence[Callable[[str], Speed]], processes: int, threads: int) -> Speed:
    """The speed of so many processes at once, each of which does all pictures."""
    with ThreadPoolExecutor(processes) as pool:
        found = list(pool.map(lambda ask: ask(f"bare {threads}"), asked[:processes]))
    return Speed(sum(each.per_s for each in found), float(np.mean([each.cpu_ms for each in found])))


def audit_once(engine: LocalEngine, listing: Listing, folder: Path) -> Speed:
    """The speed with which an audit writes its parts."""
    start_s, start_cpu_s = time.perf_counter(), cpu_seconds(engine)
    chunks = (listing.chunk(number) for number in reversed(range(listing.chunk_count)))
    for part in finished_parts(engine, chunks, lambda: None):
        keep(part, folder)
    elapsed_s, cpu_s = time.perf_counter() - start_s, cpu_seconds(engine) - start_cpu_s
    return Speed(len(listing) / elapsed_s, 1000 * cpu_s / len(listing))


def cpu_seconds(engine: LocalEngine) -> float:
    """The processors' time that the workers have used, as Linux counts it (proc(5): fields 14 and 15 of stat)."""
    stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in engine.pids]
    return sum(int(fields[11]) + int(fields[12]) for fields in stats) / os.sysconf("SC_CLK_TCK")


def keep(part: Part, folder: Path) -> None:
    (folder / f"{part.number}.parquet").write_bytes(part.rows)
    (folder / f"{part.number}.totals").write_bytes(part.totals)


def resident_mb(engine: LocalEngine) -> float:
    """The memory that the largest worker holds, as Linux counts it."""
    statuses = [Path(f"/proc/{pid}/status").read_text().splitlines() for pid in engine.pids]
    return max(int(line.split()[1]) for lines in statuses for line in lines if line.startswith("VmRSS:")) / 1024


def main(pictures: int = 1000, rounds: int = 5) -> None:
    print_machine("numpy", "numba", "opencv-python", "tensorflow", "pyarrow")
    folder = Path(tempfile.mkdtemp(prefix="samepixels-corpus-"))
    try:
        measure(folder, pictures, rounds)
    finally:
        shutil.rmtree(folder)


def measure(folder: Path, pictures: int, rounds: int) -> None:
    write_pictures(folder, pictures)
    listing_file = folder / "pictures.parquet"
    write_listing(listing_file, entries([str(folder)]))
    listing = Listing(listing_file)
    a, b = map(parse_recipe, RECIPES)
    memory: list[list[str]] = []
    found: dict[str, list[Round]] = {}
    with asking(folder) as ask, asking(folder) as ask_another:
        for name, (checkpoints, with_ssim, _) in AUDITS.items():
            with LocalEngine(Job(a, (b,), checkpoints, with_ssim)) as engine:
                audit_once(engine, listing, folder)
                bare_calls((ask, ask_another), 2, 1)  # what comes first in a process takes longer
                first_mb = resident_mb(engine)
                for _ in range(rounds):
                    floors = {floor: bare_calls((ask, ask_another), *each) for floor, each in FLOORS.items()}
                    audited = audit_once(engine, listing, folder)
                    found.setdefault(name, []).append(Round(floors, ask("naive 1"), audited))
                memory.append([name, f"{first_mb:.0f}", f"{resident_mb(engine):.0f}"])
    report(found)
    header = ["", f"MB after {pictures} pictures", f"MB after {pictures * (rounds + 1)}"]
    print_table("Memory of the larger worker process (wanted: flat, under 1500 MB)", header, memory)


class Round(NamedTuple):
    """What was measured one after the other, so that a processor whose speed changes is the same for all of it."""

    floors: dict[str, Speed]
    naive: Speed
    audit: Speed


def report(found: dict[str, list[Round]]) -> None:
    every = [each for rounds in found.values() for each in rounds]
    floor = max(FLOORS, key=lambda name: median(each.floors[name].per_s for each in every))
    rows = [
        *([name, "", *speeds([each.floors[name] for each in every]), "", "", ""] for name in FLOORS),
        ["numpy loop, 1 thread", "", *speeds([each.naive for each in every]), "", "", ""],
        *(
            [
                name,
                str(AUDITS[name][2]),
                *speeds([each.audit for each in rounds]),
                f"{median(each.audit.per_s / each.floors[floor].per_s for each in rounds):.2f}",
                f"{median(each.floors[floor].cpu_ms / each.audit.cpu_ms for each in rounds):.2f}",
                f"{median(each.audit.per_s / each.naive.per_s for each in rounds):.1f}",
            ]
            for name, rounds in found.items()
        ),
    ]
    header = ["", "wanted", "a second", "CPU ms", "of the floor", "of the floor's CPU", "times the numpy loop"]
    print_table("Pictures of 500x375 to 224x224 by OpenCV and by TensorFlow, medians of the rounds", header, rows)


def speeds(found: Sequence[Speed]) -> list[str]:
    return [f"{median(each.per_s for each in found):.0f}", f"{median(each.cpu_ms for each in found):.1f}"]


if __name__ == "__main__":
    serve_bare(Path(sys.argv[2])) if sys.argv[1:2] == ["serve"] else main(*map(int, sys.argv[1:]))
