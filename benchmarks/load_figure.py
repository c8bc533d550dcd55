"""The figure of a server under load: latencies, health and memory over the same minutes."""

from pathlib import Path

from benchmarks.load_record import CHANGE_S, HEALTH_S, Record, percentile
from core.palette import PALETTES

SIZE_INCHES = (9.0, 7.2)
COLOURS = PALETTES["light"]
WINDOW_S = 30.0
NAMES = {
    "recipe": "a",
    "upload": "b",
    "tab": "identical",
    "download": "rounding",
    "ZIP": "different",
    "first page": "grey",
}


def draw(record: Record, title: str, path: Path) -> None:
    """Writes a PNG: each action a dot, the 95th percentile of recipes' changes a line, limits dashed."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=SIZE_INCHES, layout="constrained")
    figure.suptitle(title, x=0.01, ha="left")
    actions, health, memory = figure.subplots(3, 1, sharex=True, height_ratios=(3, 1.3, 1.3))
    for name in record.names():
        dots = [(at / 60, took) for at, each, took in record.actions if each == name]
        colour = COLOURS[NAMES[name]]  # type: ignore[index]
        actions.plot(*zip(*dots, strict=True), ".", color=colour, markersize=3.5, alpha=0.6, label=name)
    actions.plot(*_moving_percentile(record), color=COLOURS["a"], linewidth=1.8, label="95 % of recipes")
    actions.axhline(CHANGE_S, color=COLOURS["neutral"], linestyle="--", linewidth=1)
    actions.set(yscale="log", ylabel="seconds to the end of the page")
    actions.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=7, fontsize="small", frameon=False)
    health.plot([at / 60 for at, _ in record.health], [1000 * took for _, took in record.health], color=COLOURS["b"])
    health.axhline(1000 * HEALTH_S, color=COLOURS["neutral"], linestyle="--", linewidth=1)
    health.set(ylabel="health route, ms", ylim=(0, None))
    memory.plot([at / 60 for at, _ in record.memory], [amount for _, amount in record.memory], color=COLOURS["a"])
    memory.set(ylabel="memory, MB", xlabel="minutes", ylim=(0, None))
    for axes in (actions, health, memory):
        axes.grid(color=COLOURS["grid"], linewidth=0.6)
        axes.spines[["top", "right"]].set_visible(False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110)


def _moving_percentile(record: Record) -> tuple[list[float], list[float]]:
    """Minutes, and the 95th percentile of the changes of a recipe within half a minute around them."""
    changes = [(at, took) for at, name, took in record.actions if name == "recipe"]
    middles = [
        WINDOW_S * (number + 0.5) for number in range(int(max((at for at, _ in changes), default=0) / WINDOW_S) + 1)
    ]
    values = [percentile((took for at, took in changes if abs(at - middle) <= WINDOW_S / 2), 95) for middle in middles]
    return [middle / 60 for middle in middles], values
