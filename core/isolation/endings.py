"""How a worker can end, in words."""

import re
import signal

_MEMORY_WORDS = re.compile(
    r"bad_alloc|out of memory|insufficient memory|failed to allocate|(?:cannot|unable to) allocate|\bOOM\b",
    re.IGNORECASE,
)


class WorkerEndedError(Exception):
    """A worker has ended, or was ended, before it answered; `what` says how in a clause."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def is_about_memory(words: str) -> bool:
    """Whether `words` of a library say that it got no memory."""
    return _MEMORY_WORDS.search(words) is not None


def took_longer(limit_s: float) -> str:
    """That the time was over."""
    return f"it took longer than {limit_s:g} s"


def needed_more(memory_bytes: int) -> str:
    """That the memory was not enough."""
    size = f"{memory_bytes / 2**30:.3g} GB" if memory_bytes >= 2**30 else f"{memory_bytes / 2**20:.3g} MB"
    return f"it needed more than {size} of memory"


def process_ended(exit_code: int) -> str:
    """That the process is gone, by Python's exit code: minus the signal's number where one ended it."""
    if exit_code >= 0:
        return f"its process ended with exit code {exit_code}"
    return f"its process ended with signal {-exit_code} ({signal.strsignal(-exit_code) or 'unknown'})"
