"""How far an audit is, in words."""

from .rate import Tick


def line(tick: Tick) -> str:
    """All of it in one line."""
    if not tick.total:
        return tick.doing
    counts = ", ".join(f"{count:,} {verdict}" for verdict, count in sorted(tick.verdicts.items()))
    parts = (f"{tick.doing}: {tick.done:,} of {tick.total:,} pictures", speed(tick), counts)
    return ", ".join(part for part in parts if part)


def speed(tick: Tick) -> str:
    """The rate and the time that is left; nothing until they can be told."""
    if tick.per_s is None or tick.left_s is None:
        return ""
    return f"{tick.per_s:,.3g} a second, {duration(tick.left_s)} left"


def duration(seconds: float) -> str:
    """Seconds in words: "12 s", "3 min", "2 h 5 min"."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"
