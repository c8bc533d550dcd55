"""Timing calls side by side: speeds drift by a third within minutes, so only ratios within one run mean something."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from typing import NamedTuple

Call = Callable[[], object]


class Timing(NamedTuple):
    """The median and the least of a call's seconds. Where other programs use the cores too, the least says more."""

    median_s: float
    least_s: float


def timings(calls: Mapping[str, Call], rounds: int) -> dict[str, Timing]:
    """Each call's seconds over `rounds` rounds, in which the calls take turns, after one round that does not count."""
    seconds: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        call()
    for _ in range(rounds):
        for name, call in calls.items():
            start_s = time.perf_counter()
            call()
            seconds[name].append(time.perf_counter() - start_s)
    return {name: Timing(statistics.median(values), min(values)) for name, values in seconds.items()}


def median_seconds(calls: Mapping[str, Call], rounds: int) -> dict[str, float]:
    """Each call's median alone; see `timings`."""
    return {name: timing.median_s for name, timing in timings(calls, rounds).items()}


def print_table(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A Markdown table."""
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]
    lines = [header, ["-" * width for width in widths], *rows]
    print(f"\n{title}\n")
    for line in lines:
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |")


def print_machine(*packages: str) -> None:
    """The date, the machine and the versions, without which a table says little."""
    versions = ", ".join(f"{package} {version(package)}" for package in packages)
    busy = f"load {os.getloadavg()[0]:.1f}, " if hasattr(os, "getloadavg") else ""
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, {busy}Python {platform.python_version()}, {versions}")
