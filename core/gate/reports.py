"""A check's result as JUnit's XML and as Markdown."""

from typing import Any
from xml.etree import ElementTree as ET

Json = dict[str, Any]


def check_junit(found: Json) -> str:
    """A case for each picture and B, and one for each change against the baseline."""
    suite = ET.Element("testsuite", name="samepixels check")
    counts = {"beyond": 0, "unknown": 0}
    for each in found["results"]:
        name = f"{each['image']}: {each['a']} against {each['b']}"
        case = ET.SubElement(suite, "testcase", classname=each["check"] or "samepixels", name=_printable(name))
        _add_problem(case, each["judgement"], "; ".join(each["broken"]) or each["sentence"], each["sentence"])
        counts[each["judgement"]] = counts.get(each["judgement"], 0) + 1
    for each in found["changes"]:
        name = f"{each['image']}: {each['recipe']}"
        case = ET.SubElement(suite, "testcase", classname="samepixels baseline", name=_printable(name))
        _add_problem(case, each["judgement"], change_words(each), "")
        counts[each["judgement"]] += 1
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(counts["beyond"]))
    suite.set("errors", str(counts["unknown"]))
    ET.indent(suite)
    return ET.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _add_problem(case: ET.Element, judgement: str, message: str, text: str) -> None:
    kind = {"beyond": "failure", "unknown": "error"}.get(judgement)
    if kind:
        ET.SubElement(case, kind, message=_printable(message)).text = _printable(text)


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def check_markdown(found: Json) -> str:
    """The answer first, then what is not within the limits."""
    failed = [each for each in found["results"] if each["judgement"] != "within"]
    total = len(found["results"])
    words = f"{len(failed)} of {total} are not within the limits" if failed else f"all {total} are within the limits"
    lines = [f"### SamePixels: {words}", ""]
    if failed:
        lines += ["| picture | B | verdict | why |", "|---|---|---|---|"]
        lines += [_line(each["image"], each["b"], each["verdict"], _why(each)) for each in failed]
        lines += [""]
    if found["changes"]:
        lines += [f"{len(found['changes'])} outputs are not those of the baseline:", ""]
        lines += [f"- `{each['image']}`: {change_words(each)}" for each in found["changes"]]
        lines += [""]
    return "\n".join(lines)


def _why(result: Json) -> str:
    return "; ".join(result["broken"]) if result["judgement"] == "beyond" else result["sentence"]


def _line(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def change_words(change: Json) -> str:
    """Which library, version and stage changed, and how much."""
    if change["library"] is None:
        return f"{change['recipe']} {change['words']}"
    versions = (
        f"{change['was']}, now {change['now']}" if change["was"] != change["now"] else f"{change['now']}, as before"
    )
    return f"{change['stage']} of {change['library']} (was {versions}) gives other pixels, {change['words']}"
