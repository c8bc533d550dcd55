"""The server's own figures beside Streamlit's at `/_stcore/metrics`, in the form that Prometheus reads."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from streamlit.runtime import Runtime
from streamlit.runtime.stats import GaugeStat

from ui.activity import ACTIVITY
from ui.cached import ATLASES, COMPARISONS, DRAWINGS, FIGURES, STEPS, WORST_PIXELS, ByteBoundedCache
from ui.pixel_store import PixelStore
from ui.viewer.session import STORE
from ui.warming import WARMING

CACHE_BYTES = "samepixels_cache_bytes"
WORK = "samepixels_work_under_way"
READY = "samepixels_libraries_ready"
PROCESSES = "samepixels_worker_processes"
_CACHES: Mapping[str, ByteBoundedCache[Any] | PixelStore] = {
    "steps": STEPS,
    "comparisons": COMPARISONS,
    "drawings": DRAWINGS,
    "figures": FIGURES,
    "worst_pixels": WORST_PIXELS,
    "atlases": ATLASES,
    "viewer": STORE,
}


class ServerStats:
    """What `Runtime.stats_mgr` asks: the names of the figures, and the figures. All are there without computing."""

    stats_families = (CACHE_BYTES, WORK, READY, PROCESSES)

    def get_stats(self, family_names: Sequence[str] | None = None) -> Mapping[str, Sequence[GaugeStat]]:
        """The figures by their families, those of `family_names` alone if there are any."""
        made = {family: list(_figures(family)) for family in self.stats_families}
        return {family: figures for family, figures in made.items() if not family_names or family in family_names}


def _figures(family: str) -> Iterator[GaugeStat]:
    if family == CACHE_BYTES:
        for name, cache in _CACHES.items():
            yield GaugeStat(family, cache.used_bytes, {"cache": name}, "bytes", "Kept values.")
    elif family == WORK:
        counts = ACTIVITY.counts()
        for kind in ("page", "job"):
            yield GaugeStat(family, counts.get(kind, 0), {"kind": kind}, help="Pages being made, jobs behind them.")
    elif family == PROCESSES:
        for name, count in WARMING.processes.items():
            yield GaugeStat(family, count, {"libraries": name}, help="Worker processes that are ready.")
    else:
        for name, is_ready in (("quick", WARMING.is_ready), ("tensorflow", WARMING.is_done)):
            yield GaugeStat(family, int(is_ready), {"libraries": name}, help="1 once they are imported.")


def register() -> None:
    """Adds the figures to those of the running server."""
    Runtime.instance().stats_mgr.register_provider(ServerStats())
