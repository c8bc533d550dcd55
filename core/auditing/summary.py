"""The summary of an audit: verdict, merged figures, distributions, slices and worst pictures, as one JSON document.

See docs/corpus.md, and core/schema/corpus.json for validators.
"""

import math
from typing import Any

from ..document import difference_document
from ..environment import environment
from ..image import CHANNEL_NAMES
from ..statistics import PEAK
from ..words import levels, percent
from .audit_folder import AuditFolder
from .picture import FINAL, Key
from .queries import DISTRIBUTED, SLICES, Rows
from .totals import Totals

CORPUS_SCHEMA = "samepixels/corpus/1"
WORST_LISTED = 24
BROKEN_LISTED = 200
WORST_FIRST = ("different", "rounding", "identical")
"""The verdict on a corpus is the worst of those that could be compared, else `incomparable`."""

Json = dict[str, Any]


def summary_document(folder: AuditFolder, listed: int) -> Json:
    """All that the report shows beside the rows; `listed` is how many pictures the list has."""
    audit = folder.audit()
    totals = Totals.from_bytes(folder.totals_file.read_bytes())
    with Rows(folder.parts) as rows:
        pairs = [_pair(rows, totals, number, audit["job"]) for number in range(len(audit["job"]["b"]))]
        duplicates = pairs[0]["errors"].get("duplicate", 0)
        return {
            "schema": CORPUS_SCHEMA,
            "pictures": listed - duplicates,
            "duplicates": duplicates,
            "same_bytes": rows.same_bytes(),
            "verdict": worst_verdict(pairs),
            "a": audit["job"]["a"],
            "pairs": pairs,
            "audit": {name: audit[name] for name in ("addresses", "command", "job", "versions")},
            "environment": environment(probe=True).as_dict(operations=False),
        }


def worst_verdict(pairs: list[Json]) -> str:
    """The verdict on all pictures of `pairs`, which are parts of a summary."""
    found = {verdict for pair in pairs for verdict in pair["verdicts"]}
    return next((verdict for verdict in WORST_FIRST if verdict in found), "incomparable")


def _pair(rows: Rows, totals: Totals, number: int, job: Json) -> Json:
    verdicts = rows.verdicts(number)
    groups = [_group(key, pictures, difference) for key, pictures, difference in totals if key.recipe_b == number]
    distributions = {figure: found for figure in DISTRIBUTED if (found := rows.distribution(number, figure))}
    return {
        "b": job["b"][number],
        "verdicts": verdicts,
        "errors": rows.errors(number),
        "sentence": corpus_sentence(verdicts, [group for group in groups if group["stage"] == FINAL]),
        "totals": groups,
        "distributions": distributions,
        "slices": {by: _finite(rows.slices(number, by)) for by in SLICES},
        "worst": _finite(rows.worst(number, WORST_LISTED)),
        "broken": rows.broken(number, BROKEN_LISTED),
    }


def _group(key: Key, pictures: int, difference: Any) -> Json:  # noqa: ANN401
    statistics = difference.statistics(peak=PEAK * key.level)
    histogram = difference.signed_histogram()
    return {
        **{name: value for name, value in key._asdict().items() if name != "recipe_b"},
        "pictures": pictures,
        "pixels": difference.pixels,
        "difference": difference_document(statistics, key.level, CHANNEL_NAMES[key.channels]),
        "histogram": {"edges": histogram.edges.tolist(), "counts": histogram.counts.tolist()},
    }


def corpus_sentence(verdicts: Json, finals: list[Json]) -> str:
    """How many pictures differ, and by how much all of them together."""
    count = sum(verdicts.values())
    compared = count - verdicts.get("incomparable", 0)
    if not compared:
        return f"None of the {count:,} pictures could be compared."
    parts = [f"{verdicts.get(verdict, 0):,} {words}" for verdict, words in _WORDS.items() if verdicts.get(verdict)]
    text = f"Of {count:,} pictures {', '.join(parts)}."
    return f"{text} {_amount(finals)}".strip()


_WORDS = {
    "different": "differ by more than rounding",
    "rounding": "differ by rounding alone",
    "identical": "are identical",
    "incomparable": "could not be compared",
}


def _amount(finals: list[Json]) -> str:
    if not finals:
        return ""
    largest = max(finals, key=lambda group: group["pixels"])["difference"]
    if not largest["max_abs_levels"]:
        return ""
    share = percent(largest["differing_values_pct"])
    bias = largest["bias_levels"]
    darker = f"B is {'darker' if bias < 0 else 'brighter'} by {levels(abs(bias))}; " if abs(bias) >= 0.005 else ""
    mean, most = levels(largest["mean_abs_levels"]), levels(largest["max_abs_levels"])
    return f"Over all their values {darker}{share} differ, by {mean} on average and at most by {most}."


def _finite(records: list[Json]) -> list[Json]:
    return [{name: _number(value) for name, value in record.items()} for record in records]


def _number(value: Any) -> Any:  # noqa: ANN401 - a cell of any type
    return None if isinstance(value, float) and not math.isfinite(value) else value
