"""Many mutated files against what the server promises: `python -m tests.fuzz --files 100000 --seed 1`.

Headers, texts and arrays are read in this process, as the server reads them; decodes and resizes are carried out by a
pool of worker processes, as the server has them carried out. A worker that dies, hangs or wants too much memory is
counted, its file is kept, and the run goes on. Ends with 1 where a file had no answer or nobody stopped it.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from core.isolation.limits import WorkerLimits
from core.isolation.pool import Pool, PoolSettings
from core.limits import Limits, put_in_force
from core.operations.libraries import OPENCV, TENSORFLOW
from core.pipeline import carry_out, put_in_charge
from core.recipe import stage
from tests.fuzz import drives, files, web
from tests.fuzz.drives import Drive
from tests.fuzz.tally import Tally, drive_one, own_peak_mb, peak_mb

SMALL = Limits(
    width_px=20_000,
    height_px=20_000,
    pixels=4_000_000,
    frames=200,
    animation_pixels=20_000_000,
    image_bytes=100_000_000,
    target_pixels=4_000_000,
    array_values=4_000_000,
)
"""A thousandth of what the server allows, so that a hundred thousand files take no days; the borders are as sharp."""

WORKER_LIMITS = WorkerLimits(stage_s=10, memory_bytes=1 << 30)
OTHERS_SHARE = 20
BATCH = 64
REPORT_S = 20.0


def main() -> None:
    """Runs every drive and prints what came of it."""
    arguments = _arguments()
    put_in_force(SMALL)
    with _pool(with_tensorflow=not arguments.without_tensorflow) as pool:
        pictures = drives.pictures(with_tensorflow=not arguments.without_tensorflow)
        models = drives.models(with_keras=not arguments.without_tensorflow)
        others = (drives.ARRAYS, drives.RECIPES, drives.TOML, web.ADDRESSES, web.ROUTES, models)
        plan = [(pictures, arguments.files), *((each, arguments.files // OTHERS_SHARE) for each in others)]
        chosen = [(each, count) for each, count in plan if arguments.drive in ("", each.name)]
        tallies = [_run(each, count, arguments, pool) for each, count in chosen]
    sys.exit(0 if all(tally.is_kept for tally in tallies) else 1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--files", type=int, default=2_000, help="Pictures; of each other kind, a twentieth.")
    parser.add_argument("--first", type=int, default=0, help="The number of the first.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--drive", default="", help="One kind alone: pictures, arrays, recipes, …")
    parser.add_argument("--threads", type=int, default=4, help="Files under way at once.")
    parser.add_argument("--without-tensorflow", action="store_true")
    parser.add_argument("--out", type=Path, default=Path("build", "fuzz"), help="Where files that matter are kept.")
    return parser.parse_args()


@contextmanager
def _pool(*, with_tensorflow: bool) -> Iterator[Pool]:
    with Pool(PoolSettings(workers=2, tensorflow_workers=1, limits=WORKER_LIMITS)) as pool:
        pool.begin(None if with_tensorflow else OPENCV)
        before = put_in_charge(pool)
        for each in drives.decoders(with_tensorflow=with_tensorflow):
            carry_out(stage(each.name), files.picture_files()["jpeg 444"])  # waits until the workers are there
        try:
            yield pool
        finally:
            put_in_charge(before)


def _run(drive: Drive, count: int, arguments: argparse.Namespace, pool: Pool) -> Tally:
    tally = Tally(drive.name, arguments.out)
    peaks: dict[int, float] = {}
    start_s = last_s = time.monotonic()

    def one(index: int) -> None:
        data, found = drive_one(drive, arguments.seed, index)
        tally.keep(f"{drive.name}-{arguments.seed}-{index}", data, found)

    indices = iter(range(arguments.first, arguments.first + count))
    drive.seeds()
    with ThreadPoolExecutor(1 if drive.is_native else arguments.threads) as executor:
        while batch := list(islice(indices, BATCH)):
            list(executor.map(one, batch))
            for team in (pool.team(OPENCV), pool.team(TENSORFLOW)):
                peaks.update({pid: max(peaks.get(pid, 0), peak_mb(pid)) for pid in team.pids})
            if time.monotonic() - last_s > REPORT_S:
                last_s = time.monotonic()
                print(f"{drive.name}: {tally.files:,} files, {last_s - start_s:.0f} s", file=sys.stderr, flush=True)
    tally.seconds = time.monotonic() - start_s
    print("\n".join(_report(tally, sorted(peaks.values()))), flush=True)
    return tally


def _report(tally: Tally, worker_peaks_mb: Sequence[float]) -> Iterator[str]:
    yield f"\n{tally.drive}: {tally.files:,} files in {tally.seconds:.0f} s"
    counts = dict.fromkeys(("read", "refused by a limit", "refused in words", "lost"), 0)
    rows = {asked: dict(counts) for asked, _ in sorted(tally.answers)}
    for (asked, answer), count in tally.answers.items():
        rows[asked][answer] = count
    yield f"  {'':28}" + "".join(f"{answer:>20}" for answer in counts)
    for asked, row in rows.items():
        yield f"  {asked:28}" + "".join(f"{count:>20,}" for count in row.values())
    yield f"  processes lost and replaced: {sum(tally.lost.values()):,}; hangs: {tally.hangs}"
    yield f"  exceptions that are no answer: {sum(tally.failures.values()):,}"
    yield from (f"    {count:>6} {words}" for words, count in tally.failures.most_common())
    yield f"  slowest file {tally.slowest_s:.2f} s, of which reading it {tally.slowest_source_s * 1000:.0f} ms at most"
    workers = f"; a worker {worker_peaks_mb[-1]:.0f} MB" if worker_peaks_mb else ""
    yield f"  peak memory: this process {own_peak_mb():.0f} MB{workers}"


if __name__ == "__main__":
    main()
