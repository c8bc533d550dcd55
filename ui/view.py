"""How the result is shown: the settings of panes and panels, declared as an operation declares its options.

From these declarations come widgets, their help, and the names and checks of the query parameters.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from core.colormaps import colormap_names
from core.operations.declaration import Choice, Flag, Integer, Number, Option, Size, Value
from core.operations.target_size import TargetSize
from core.palette import VERDICT_MARKS
from core.recipe import parse_stage

TABS = ("Histogram", "Heatmap", "Joint", "Channels", "Numbers", "Stages", "Code", "Export")
PLACES = ("end", "decode", "crop", "resize", "pad", "cast", "channels", "normalize")
ALL_CHANNELS = "all"
AUTOMATIC_GAIN = 0.0
MAX_RANK = 1_000
MAX_CHARACTERS = 1_000
MAX_PAGE = 1_000_000
SLICES = ("subsampling", "quality", "orientation", "size", "format", "folder")
ORDERS = ("mean", "max", "bias", "differing", "psnr", "ssim", "quality", "pixels", "seconds", "name", "list")
"""Spelled out, as are the slices: DuckDB, which the core's tables of them need, is not imported for the other pages."""

AUDIT_PARTS = ("Overview", "Slices", "Pictures", "Errors", "Export")


@dataclass(frozen=True, kw_only=True)
class Place(Option):
    """`count` pixels' coordinates or lengths, such as x and y; or none."""

    count: int

    def parse(self, text: str) -> tuple[float, ...]:
        if not re.fullmatch(r"(\d{1,5}(,\d{1,5})*)?", text):
            raise self.refuse(text)
        return self.check(tuple(int(part) for part in text.split(",") if part))

    def check(self, value: Value) -> tuple[float, ...]:
        if not isinstance(value, tuple) or len(value) not in (0, self.count):
            raise self.refuse(value)
        return tuple(int(number) for number in value)

    def format(self, value: Value) -> str:
        assert isinstance(value, tuple)
        return ",".join(str(int(number)) for number in value)

    @property
    def allowed(self) -> str:
        return f"{self.count} whole numbers with commas between them"


@dataclass(frozen=True, kw_only=True)
class StageText(Option):
    """A stage by its text, or none."""

    def parse(self, text: str) -> str:
        return str(parse_stage(text)) if text else ""

    def check(self, value: Value) -> str:
        if not isinstance(value, str):
            raise self.refuse(value)
        return self.parse(value)

    @property
    def allowed(self) -> str:
        return "a stage, such as opencv.resize(INTER_AREA, 224x224)"


@dataclass(frozen=True, kw_only=True)
class Words(Option):
    """A line of text, such as the name of a folder."""

    default: Value = ""

    def parse(self, text: str) -> str:
        return self.check(text)

    def check(self, value: Value) -> str:
        if not isinstance(value, str) or len(value) > MAX_CHARACTERS or not value.isprintable():
            raise self.refuse(value)
        return value

    @property
    def allowed(self) -> str:
        return f"a line of at most {MAX_CHARACTERS} characters"


def _words(name: str, help_text: str) -> Words:
    return Words(name=name, help=help_text, reference="")


def _size(name: str, width: int, height: int, help_text: str) -> Size:
    size = TargetSize.exact(width, height)
    return Size(name=name, default=size, exact_only=True, help=help_text, reference="")


def _choice(name: str, choices: tuple[str, ...], help_text: str) -> Choice:
    return Choice(name=name, choices=choices, default=choices[0], help=help_text, reference="")


def _flag(name: str, help_text: str, *, default: bool) -> Flag:
    return Flag(name=name, default=default, help=help_text, reference="")


def _number(name: str, default: float, maximum: float, help_text: str) -> Number:
    return Number(name=name, default=default, minimum=0, maximum=maximum, help=help_text, reference="")


OPTIONS: tuple[Option, ...] = (
    _choice("at", PLACES, "Which pair of images is shown: the last, or the one after the stages of a kind."),
    _choice("tab", TABS, "The open tab."),
    _choice("mode", ("side", "swipe", "onion", "blink", "difference", "a", "b"), "How the viewer lays A over B."),
    _choice("channel", (ALL_CHANNELS, "red", "green", "blue", "grey", "alpha"), "One channel, or all of them."),
    _flag("signed", "B − A around a neutral zero, rather than |B − A|.", default=True),
    _number("gain", AUTOMATIC_GAIN, 255, "Amplification of differences before they are coloured; 0 chooses it."),
    _number("threshold", 0, 255, "Differences of less than this many levels are shown as none."),
    _choice("signed_map", colormap_names("signed"), "The colours of signed differences."),
    _choice("magnitude_map", colormap_names("absolute"), "The colours of absolute differences."),
    _number("opacity", 0.5, 1, "How much of B lies over A in the onion skin."),
    _number("swipe", 0.5, 1, "Where the swipe's line is, as a share of the width."),
    _number("rate_hz", 1.5, 3, "How often the blinking changes sides in a second; faster flashes can cause seizures."),
    _flag("log", "Counts on a logarithmic axis, where single pixels stay visible.", default=True),
    Place(name="pixel", count=2, default=(), help="The chosen pixel, x and y; none for the worst.", reference=""),
    Place(name="region", count=4, default=(), help="The chosen region: x, y, width, height.", reference=""),
    Integer(name="rank", default=1, minimum=1, maximum=MAX_RANK, help="Which of the worst pixels.", reference=""),
    _flag("link", "A change of size in one recipe is made in the other as well.", default=False),
    _choice("axis", ("x", "y"), "The axis whose weights are drawn."),
    _choice("survey", ("resizes", "decoders"), "What the atlas lays side by side."),
    _size("size_in", 500, 375, "The size of the pictures that the atlas' resizes are given."),
    _size("size_out", 224, 224, "The size that the atlas' resizes make."),
    _choice("respect", ("worst", "weights", "natural", "uint8", "max", "mean"), "In which respect ways are compared."),
    _choice("model", ("embedded", "own"), "Which model is asked: the embedded one, or a file of one's own."),
    _choice("over", ("picture", "samples", "mine"), "Over what the model is asked: one picture, or a set."),
    _choice("labels", ("none", "ilsvrc2012", "csv"), "Where the true classes of a set come from."),
    _number("mix", 1, 1, "How much of B's tensor is in the mix that the model is asked about."),
    _choice("corpus", ("samples", "mine", "folder", "audit"), "Which pictures are audited, or a finished audit."),
    _words("folder", "The folder whose pictures are audited."),
    _words("audit", "The folder of a finished audit."),
    _choice("stages", ("all", "final"), "Figures after every stage, or at the end alone, which is a bit faster."),
    _flag("with_ssim", "The structural similarity of each pair as well, which doubles the time.", default=False),
    _choice("part", AUDIT_PARTS, "Which part of the audit is shown."),
    Integer(name="against", default=1, minimum=1, maximum=MAX_RANK, help="Which of the audit's B.", reference=""),
    _choice("slice", SLICES, "What the pictures are grouped by."),
    _words("group", "Only pictures of this group."),
    _choice("verdict", ("any", *VERDICT_MARKS), "Only pictures with this verdict."),
    _words("find", "Only pictures with this in their name."),
    _choice("order", ORDERS, "What the pictures are ordered by."),
    _flag("ascending", "The smallest first.", default=False),
    Integer(name="page", default=1, minimum=1, maximum=MAX_PAGE, help="Which page of the pictures.", reference=""),
    StageText(name="way_a", default="", help="The chosen row of the atlas.", reference=""),
    StageText(name="way_b", default="", help="The chosen column of the atlas.", reference=""),
)

DEFAULTS: Mapping[str, Value] = {
    option.name: option.check(option.default) for option in OPTIONS if option.default is not None
}


def option(name: str) -> Option:
    """The declaration of the setting called `name`."""
    return next(each for each in OPTIONS if each.name == name)
