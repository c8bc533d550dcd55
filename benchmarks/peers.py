"""What other tools take for one pair of 12 megapixels, and what they say about it.

    python -m benchmarks.peers

All are given the same two BMP files, which cost the least to read, and are timed as a person runs them: a process with
its start and its reading. Those that are libraries are also timed on arrays in memory. Options are each tool's default,
and once more the strictest that it has.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from benchmarks.pictures import Levels, pair
from benchmarks.timing import print_machine, print_table
from core.difference import measure
from core.statistics import Statistics

MEGAPIXELS = 12
ROUNDS = 5
PEERS_FOLDER = Path(tempfile.gettempdir()) / "samepixels-peers"

SAMEPIXELS_SCRIPT = """
import sys, cv2
from core.difference import measure
a, b = (cv2.imread(name, cv2.IMREAD_COLOR_RGB) for name in sys.argv[1:])
print(measure(a, b).statistics().differing_pixels_pct)
"""

PIXELMATCH_SCRIPT = """
import {readFileSync} from "node:fs";
import pixelmatch from "pixelmatch";
const [width, height, threshold] = process.argv.slice(2, 5).map(Number);
const [a, b] = process.argv.slice(5).map(name => new Uint8Array(readFileSync(name)));
const start = performance.now();
const count = pixelmatch(a, b, null, width, height, {threshold});
console.log(count + ";" + (performance.now() - start));
"""


@dataclass(frozen=True)
class Peer:
    """A way to compare: `run` returns its seconds and what it reports; `is_there` says whether it can run here."""

    name: str
    run: Callable[[], tuple[float, str]]
    is_there: bool = True
    install: str = ""


@dataclass(frozen=True)
class Files:
    """The pair as arrays and as files: BMP for all tools, raw RGBA for pixelmatch, which reads no files itself."""

    a: Levels
    b: Levels
    folder: Path

    @property
    def bmp(self) -> list[str]:
        return [str(self.folder / name) for name in ("a.bmp", "b.bmp")]

    @property
    def rgba(self) -> list[str]:
        return [str(self.folder / name) for name in ("a.rgba", "b.rgba")]

    def write(self) -> None:
        for image, bmp, rgba in zip((self.a, self.b), self.bmp, self.rgba, strict=True):
            cv2.imwrite(bmp, cv2.cvtColor(image, cv2.COLOR_RGB2BGR))
            Path(rgba).write_bytes(cv2.cvtColor(image, cv2.COLOR_RGB2RGBA).tobytes())


def timed(call: Callable[[], str]) -> tuple[float, str]:
    start_s = time.perf_counter()
    said = call()
    return time.perf_counter() - start_s, said


def output(*command: str) -> str:
    """What a command prints; comparers also end with another exit code than 0 when they find a difference."""
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return result.stdout.strip() or result.stderr.strip()


def described(figures: Statistics) -> str:
    return (
        f"{figures.differing_pixels_pct:.2f} % of pixels differ, max {figures.max_abs:g}, mean {figures.mean_abs:.4f}, "
        f"bias {figures.bias:+.4f}, {figures.psnr_db or 0:.2f} dB"
    )


def wrapping_numpy(a: Levels, b: Levels) -> str:
    return f'"mean difference" {np.abs(a - b).mean():.2f}, since `uint8` wraps around'


def float64_numpy(a: Levels, b: Levels) -> str:
    difference = b.astype(np.float64) - a
    share = 100 * (difference != 0).any(axis=2).mean()
    return f"{share:.2f} % of pixels differ, mean {np.abs(difference).mean():.4f}"


def in_process(files: Files) -> list[Peer]:
    a, b = files.a, files.b
    return [
        Peer("SamePixels, in memory", lambda: timed(lambda: described(measure(a, b, threads=2).statistics()))),
        Peer("numpy, `np.abs(a - b).mean()`, in memory", lambda: timed(lambda: wrapping_numpy(a, b))),
        Peer("numpy, float64, in memory", lambda: timed(lambda: float64_numpy(a, b))),
    ]


def processes(files: Files) -> list[Peer]:
    python = [sys.executable, "-c", SAMEPIXELS_SCRIPT]
    magick = shutil.which("compare") or "compare"
    is_there = shutil.which("compare") is not None
    hint = "apt-get install imagemagick"

    def compare(metric: str, unit: str) -> Callable[[], tuple[float, str]]:
        return lambda: timed(lambda: f"{output(magick, '-metric', metric, *files.bmp, 'null:')} {unit}")

    return [
        Peer(
            "SamePixels, process",
            lambda: timed(lambda: f"{float(output(*python, *files.bmp)):.2f} % of pixels differ, and all of the above"),
        ),
        Peer("ImageMagick `compare -metric AE`", compare("AE", "pixels differ"), is_there, hint),
        Peer("ImageMagick `compare -metric PSNR`", compare("PSNR", "dB"), is_there, hint),
    ]


def node_tools(files: Files, folder: Path) -> list[Peer]:
    return [*odiff(files, folder), *pixelmatch(files, folder)]


def odiff(files: Files, folder: Path) -> list[Peer]:
    command = folder / "node_modules" / ".bin" / "odiff"

    def run(*options: str) -> Callable[[], tuple[float, str]]:
        def said() -> str:
            printed = output(str(command), *files.bmp, "--parsable-stdout", *options)
            return f"{printed.split(';')[0]} pixels differ"

        return lambda: timed(said)

    hint = f"npm install --prefix {folder} odiff-bin"
    return [
        Peer("odiff, process, threshold 0.1 (default)", run(), command.exists(), hint),
        Peer("odiff, process, threshold 0", run("--threshold", "0"), command.exists(), hint),
    ]


def pixelmatch(files: Files, folder: Path) -> list[Peer]:
    height, width, _ = files.a.shape
    script = folder / "pixelmatch-benchmark.mjs"
    is_there = (folder / "node_modules" / "pixelmatch").exists() and shutil.which("node") is not None

    def run(threshold: str) -> tuple[float, str]:
        script.write_text(PIXELMATCH_SCRIPT)
        printed = output("node", str(script), str(width), str(height), threshold, *files.rgba)
        count, elapsed_ms = printed.split(";")
        return float(elapsed_ms) / 1000, f"{count} pixels differ"

    hint = f"npm install --prefix {folder} pixelmatch"
    return [
        Peer("pixelmatch (JS), in memory, threshold 0.1 (default)", lambda: run("0.1"), is_there, hint),
        Peer("pixelmatch (JS), in memory, threshold 0", lambda: run("0"), is_there, hint),
    ]


def rows(peers: list[Peer]) -> list[list[str]]:
    """Taking turns; a peer that is missing has the line that installs it in place of a result."""
    there = [peer for peer in peers if peer.is_there]
    said = {peer.name: peer.run()[1] for peer in there}
    seconds: dict[str, list[float]] = {peer.name: [] for peer in there}
    for _ in range(ROUNDS):
        for peer in there:
            seconds[peer.name].append(peer.run()[0])
    return [
        [peer.name, f"{1000 * statistics.median(seconds[peer.name]):.0f}", said[peer.name]]
        if peer.is_there
        else [peer.name, "-", f"not installed: {peer.install}"]
        for peer in peers
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path, default=PEERS_FOLDER, help="where npm has installed odiff and pixelmatch")
    folder: Path = parser.parse_args().peers
    print_machine("numpy", "numba", "opencv-python")
    with tempfile.TemporaryDirectory() as temporary:
        files = Files(*pair(MEGAPIXELS), Path(temporary))
        files.write()
        found = rows([*in_process(files), *processes(files), *node_tools(files, folder)])
    print_table(f"One pair of {MEGAPIXELS} megapixels", ["", "ms", "what it says about the pair"], found)


if __name__ == "__main__":
    main()
