"""The statistics of a comparison as CSV: all channels and each, after every pair of stages and at the end."""

import csv
import io

from ..document import FIGURES, Json

COLUMNS = (
    *("stage", "verdict", "channel", *FIGURES),
    *("values", "differing_values", "non_finite_values", "level", "max_at_x", "max_at_y", "max_at_channel"),
)


def statistics_csv(document: Json) -> str:
    """The table of what `core.document.document` gives; unknown figures are empty. Lines end as RFC 4180 has it."""
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, restval="", extrasaction="ignore")
    table.writeheader()
    for stage in [*document["stages"], {"name": "final", **document}]:
        difference = stage["difference"]
        about = {"stage": stage["name"], "verdict": stage["verdict"]}
        table.writerow(about | _row("all", difference))
        table.writerows(about | _row(channel["name"], channel) for channel in difference["channels"])
    return text.getvalue()


def _row(channel: str, figures: Json) -> Json:
    x, y, channel_index = figures["max_at"] or (None, None, None)
    return {**figures, "channel": channel, "max_at_x": x, "max_at_y": y, "max_at_channel": channel_index}
