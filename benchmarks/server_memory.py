"""What a server holds in memory, with the processes that it has started."""

from typing import NamedTuple

import psutil

MB = 1 << 20


class Memory(NamedTuple):
    """Resident memory of a server and its processes, and their share of it, in which pages of several count once.

    `pss_mb` is what the machine has less because of them; only Linux tells it, and elsewhere it is that of `rss_mb`.
    """

    rss_mb: float
    pss_mb: float


def server_memory(pid: int) -> Memory:
    """What the process `pid` and all below it hold now."""
    server = psutil.Process(pid)
    resident = shared_out = 0
    for process in (server, *server.children(recursive=True)):
        try:
            info = process.memory_full_info()
        except (psutil.NoSuchProcess, psutil.AccessDenied):  # a worker that has just ended
            continue
        resident += info.rss
        shared_out += getattr(info, "pss", info.rss)
    return Memory(resident / MB, shared_out / MB)
