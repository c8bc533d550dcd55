"""How far an audit is: a bar on a terminal, a line now and then in a log, JSON lines for programs."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.text import Text

from ..auditing.wording import line, speed
from .output import print_json

if TYPE_CHECKING:
    from ..corpus import Tick

TICK_SCHEMA = "samepixels/corpus-progress/1"
LOG_EVERY_S = 10.0
JSON_EVERY_S = 1.0


@contextmanager
def ticks(out: Console, *, as_json: bool) -> Iterator[Callable[["Tick"], None]]:
    """Gives the listener of an audit."""
    if as_json:
        yield _now_and_then(JSON_EVERY_S, _print_json)
    elif out.is_terminal:
        columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
        with Progress(*columns, TextColumn("{task.fields[speed]}"), console=out, transient=True) as progress:
            task = progress.add_task("starting", total=None, speed="")

            def show(tick: "Tick") -> None:
                total = tick.total or None
                progress.update(task, description=tick.doing, completed=tick.done, total=total, speed=speed(tick))

            yield show
    else:
        yield _now_and_then(LOG_EVERY_S, lambda tick: out.print(Text(line(tick)), soft_wrap=True))


def _now_and_then(every_s: float, tell: Callable[["Tick"], None]) -> Callable[["Tick"], None]:
    """Tells of what is new being done at once, of progress only every so many seconds."""
    told_s, doing = -every_s, ""

    def listen(tick: "Tick") -> None:
        nonlocal told_s, doing
        if tick.doing != doing or time.monotonic() - told_s >= every_s:
            told_s, doing = time.monotonic(), tick.doing
            tell(tick)

    return listen


def _print_json(tick: "Tick") -> None:
    print_json({"schema": TICK_SCHEMA, **vars(tick)})
