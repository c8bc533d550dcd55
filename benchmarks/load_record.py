"""What was seen while many people used a server: how long each action took, errors, health and memory."""

import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

CHANGE_S, HEALTH_S, GROWTH = 3.0, 0.2, 1.10
"""What the figures are held to."""


@dataclass
class Record:
    """Everything with the seconds since the beginning at which it began."""

    begun_s: float = field(default_factory=time.monotonic)
    actions: list[tuple[float, str, float]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    health: list[tuple[float, float]] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)
    tracebacks: int = 0

    @property
    def now_s(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self.begun_s

    def names(self) -> list[str]:
        """The actions that there were."""
        return list(dict.fromkeys(name for _, name, _ in self.actions))

    def took_s(self, name: str) -> list[float]:
        """How long the actions called `name` took."""
        return [took for _, each, took in self.actions if each == name]

    def table(self) -> tuple[Sequence[str], list[Sequence[str]]]:
        """Head and rows: seconds by action, then of the health route, and MB."""
        rows = [_row(name, self.took_s(name)) for name in self.names()]
        rows.append(_row("health route", [took for _, took in self.health]))
        settled, end = self._memory()
        rows.append(("memory, MB", "", f"{settled:.0f} after a quarter", f"{end:.0f} at the end", ""))
        rows.append(("errors seen", str(len(self.errors)), "", "", ""))
        return ("seconds", "number", "median", "95 %", "most"), rows

    def failed(self) -> list[str]:
        """What is not as it has to be."""
        settled, end = self._memory()
        checks = (
            (not self.errors, f"{len(self.errors)} people saw an error."),
            (not self.tracebacks, f"The server printed {self.tracebacks} tracebacks."),
            (percentile(self.took_s("recipe"), 95) <= CHANGE_S, f"Changes of a recipe take more than {CHANGE_S:g} s."),
            (max(took for _, took in self.health) <= HEALTH_S, f"The health route took more than {HEALTH_S:g} s."),
            (end <= GROWTH * settled, f"Memory grew from {settled:.0f} to {end:.0f} MB."),
        )
        return [words for is_well, words in checks if not is_well]

    def _memory(self) -> tuple[float, float]:
        """The medians of the second quarter, and of the last."""
        amounts = [amount for _, amount in self.memory]
        quarter = max(1, len(amounts) // 4)
        return statistics.median(amounts[quarter : 2 * quarter] or amounts), statistics.median(amounts[-quarter:])


def percentile(values: Iterable[float], percent: int) -> float:
    """The smallest of `values` that so many percent of them do not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)] if ordered else 0.0


def _row(name: str, took_s: Sequence[float]) -> Sequence[str]:
    figures = (percentile(took_s, 50), percentile(took_s, 95), max(took_s, default=0.0))
    return (name, str(len(took_s)), *(f"{each:.3f}" for each in figures))
