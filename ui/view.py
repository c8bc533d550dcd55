"""How the result is shown: the settings of the panels, declared as an operation declares its options.

From these declarations come the widgets, their help, and the names and checks of the query parameters.
"""

from collections.abc import Mapping

from core.operations.declaration import Choice, Flag, Integer, Number, Option, Value

TABS = ("Histogram", "Heatmap", "Joint", "Channels", "Numbers", "Stages", "Code", "Export")
ALL_CHANNELS = "all"


def _choice(name: str, choices: tuple[str, ...], help_text: str) -> Choice:
    return Choice(name=name, choices=choices, default=choices[0], help=help_text, reference="")


OPTIONS: tuple[Option, ...] = (
    _choice(
        "at",
        ("end", "decode", "crop", "resize", "pad", "cast", "channels", "normalize"),
        "Which pair of images is shown: the last, or the one after the stages of a kind.",
    ),
    _choice("tab", TABS, "The open tab."),
    _choice("channel", (ALL_CHANNELS, "red", "green", "blue", "grey", "alpha"), "One channel, or all of them."),
    Flag(name="log", default=True, help="Counts on a logarithmic axis: single pixels stay visible.", reference=""),
    Flag(
        name="absolute",
        default=False,
        help="Show |B − A| on a sequential map instead of the signed B − A around a neutral zero.",
        reference="",
    ),
    Number(
        name="gain",
        default=16.0,
        minimum=0.25,
        maximum=255,
        help="Amplification: at a gain of 16 a difference of 255 / 16 ≈ 16 levels has the strongest colour.",
        reference="",
    ),
    Number(
        name="threshold",
        default=0.0,
        minimum=0,
        maximum=255,
        help="Differences of less than this many levels are shown as none.",
        reference="",
    ),
    Integer(name="x", default=-1, minimum=-1, help="Column of the chosen pixel; -1 for the worst one.", reference=""),
    Integer(name="y", default=-1, minimum=-1, help="Row of the chosen pixel; -1 for the worst one.", reference=""),
    Integer(name="rank", default=1, minimum=1, maximum=10_000, help="Which of the worst pixels.", reference=""),
    Flag(name="link", default=False, help="A change of size in one recipe is made in the other as well.", reference=""),
)

DEFAULTS: Mapping[str, Value] = {option.name: option.default for option in OPTIONS if option.default is not None}


def option(name: str) -> Option:
    """The declaration of the setting called `name`."""
    return next(each for each in OPTIONS if each.name == name)
