"""README.txt of an export: what was compared, what came of it, and what each file is."""

from collections.abc import Sequence

from ..compare import Comparison
from ..environment import Environment
from ..pipeline import Trace
from ..words import sentence
from .arrays import STEPS_PER_LEVEL, ZERO_16_BIT

_CONVENTIONS = f"""\
Differences are B - A. A level is 1/255 of white. Images are height x width x channels in RGB(A) order, of uint8 or
float32. A .npy holds the exact values: numpy.load("a.npy"). A .png of a uint8 image is lossless; a preview of a float32
image is rounded and, after a normalise stage, shown from its lowest value to its highest.
In a difference's .png a 16-bit value v stands for (v - {ZERO_16_BIT}) / {STEPS_PER_LEVEL} levels, which is exact for
uint8 images and rounded to 1/{STEPS_PER_LEVEL} level for float32. A heatmap shows of each pixel the channel that
differs most, unless one was chosen."""


def readme(comparison: Comparison, environment: Environment, files: Sequence[tuple[str, str]]) -> str:
    """The text; `files` are names and one line about each."""
    source = comparison.a.source
    sections = (
        f"SamePixels {environment.samepixels}: {sentence(comparison)}",
        f"Picture  {source.name}\nsha256   {source.sha256}\nbytes    {len(source.data)}",
        f"Verdict  {comparison.final.verdict}",
        _side("A", comparison.a),
        _side("B", comparison.b),
        _title("Files") + "\n".join(_listed(files)),
        _title("How to read them") + _CONVENTIONS,
        _title("Made with") + "\n".join(_versions(environment)),
    )
    return "\n\n".join(sections) + "\n"


def _title(text: str) -> str:
    return f"{text}\n{'-' * len(text)}\n"


def _side(name: str, trace: Trace) -> str:
    lines = [f"{name}        {trace.recipe}"]
    if trace.image is not None:
        height, width, channels = trace.image.shape
        lines.append(f"         gives {width}x{height}, {channels} channels, {trace.image.dtype}")
    if trace.failure:
        lines.append(f"         stopped at {trace.failure.stage}: {trace.failure.error}")
    lines += [f"         {warning}" for warning in trace.warnings]
    return "\n".join(lines)


def _listed(files: Sequence[tuple[str, str]]) -> list[str]:
    width = max(len(name) for name, _ in files)
    return [f"{name:{width}}  {about}" for name, about in files]


def _versions(environment: Environment) -> list[str]:
    lines = [f"Python {environment.python} on {environment.platform}"]
    for library in environment.libraries:
        found = library.distribution.requirement if library.distribution else "not installed"
        lines.append(f"{library.title}: {found}" + (f" ({library.jpeg})" if library.jpeg else ""))
    return lines
