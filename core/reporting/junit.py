"""The verdicts as JUnit's XML, which every CI system can show.

Of more pictures than `CASES` only those that failed are listed; `tests` counts all.
"""

from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET

from ..auditing.queries import Rows
from ..tolerance import Condition

CASES = 10_000


def junit_xml(rows: Rows, summary: dict[str, Any], conditions: Sequence[Condition]) -> str:
    """A suite for each B, a case for each picture: a failure beyond the tolerance, an error where it is not known."""
    judged = rows.judged(conditions)
    failed_only = sum(judged.values()) > CASES
    found = rows.judgements(conditions, failed_only=failed_only, limit=CASES)
    root = ET.Element("testsuites", name="samepixels corpus", tests=str(sum(judged.values())))
    for number, pair in enumerate(summary["pairs"]):
        of_pair = [each for each in found if each["recipe_b"] == number]
        root.append(_suite(f"{summary['a']} against {pair['b']}", sum(pair["verdicts"].values()), of_pair, conditions))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(name: str, tests: int, found: list[dict[str, Any]], conditions: Sequence[Condition]) -> ET.Element:
    counts = {judgement: sum(each["judgement"] == judgement for each in found) for judgement in ("beyond", "unknown")}
    suite = ET.Element(
        "testsuite", name=name, tests=str(tests), failures=str(counts["beyond"]), errors=str(counts["unknown"])
    )
    for each in found:
        case = ET.SubElement(suite, "testcase", name=_text(each["picture"]), classname="samepixels")
        case.set("time", f"{each['seconds']:.4f}")
        if each["judgement"] == "beyond":
            text = f"{each['verdict']}: max {each['max_abs']:.4g}, mean {each['mean_abs']:.4g}, bias {each['bias']:.4g}"
            ET.SubElement(case, "failure", message=text).text = f"Not allowed: {', '.join(map(str, conditions))}"
        elif each["judgement"] == "unknown":
            ET.SubElement(case, "error", message=_text(each["error"] or "a figure is unknown"))
    return suite


def _text(text: str) -> str:
    """Without the control characters that XML has no way to hold."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
