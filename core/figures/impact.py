"""A model's answers drawn: probabilities on the way from A to B, and where in the picture the difference mattered."""

from collections.abc import Sequence

import numpy as np

from ..colormaps import FULL_STEPS, ZERO_INDEX, colormap
from ..image import Image
from ..impacting.answers import class_name
from ..impacting.sensitivity import Occlusion, Sensitivity
from ..palette import Role
from ..preview import preview, shown_range
from .pictures import picture_panel
from .plot import Axis, ColourBar, Curve, Line, Panel, Plot

WAY_SIZE_WH_PX = (860, 400)
PLACES_SIZE_WH_PX = (1000, 520)

_CLASS_ROLES: Sequence[Role] = ("accent", "green", "red", "neutral", "blue", "grey")
_MOST_CLASSES = len(_CLASS_ROLES)


def probabilities_plot(found: Sensitivity, part: float) -> Plot:
    """The probability of each class that leads on either side, against the part of B in the mix; `part` is marked."""
    percents = 100 * found.probabilities
    shown = found.shown[:_MOST_CLASSES]
    curves = []
    for index, role in zip(shown, _CLASS_ROLES, strict=False):
        name = class_name(index, found.class_names)
        hover = f"{name}: %{{y:.1f}} % at %{{x:.2f}} of B<extra></extra>"
        curves.append(Curve(found.parts, percents[:, index], role, name, "line", hover, 2.2))
    top = 1.08 * max(1.0, float(percents[:, list(shown)].max()))
    panel = Panel(
        Axis("part of B in the mix: 0 is A's tensor, 1 is B's", (0, 1)),
        Axis("probability, %", (0, top)),
        (Line((part, 0), (part, top), "neutral"), *curves),
    )
    turn = found.turning_part
    told = "the first choice stays all the way" if turn is None else f"the first choice turns at {turn:.2f} of B"
    return Plot("probabilities", "Probabilities on the way from A to B", told, (panel,), WAY_SIZE_WH_PX)


def occlusion_plot(found: Occlusion, image: Image, level: float) -> Plot:
    """B's tensor, and beside it which part of the logits' way goes back when a block's difference is taken away."""
    height, width = image.shape[:2]
    peak = max(float(np.abs(found.shares).max()), 1e-9)
    steps = np.rint(found.shares / peak * FULL_STEPS["signed"]).astype(int) + ZERO_INDEX["signed"]
    colours = colormap("signed").colours
    rows, columns = (
        np.minimum(np.arange(side) * blocks // side, blocks - 1)
        for side, blocks in zip((height, width), found.shares.shape, strict=True)
    )
    used = np.arange(ZERO_INDEX["signed"] - FULL_STEPS["signed"], ZERO_INDEX["signed"] + FULL_STEPS["signed"] + 1)
    bar = ColourBar(colours[used], -100 * peak, 100 * peak, "% of the way")
    looks = preview(image, shown_range(image, image, level))
    panels = (
        picture_panel(looks, (width, height), "B", "b"),
        picture_panel(
            colours[steps][rows][:, columns], (width, height), "where the difference mattered", colour_bar=bar
        ),
    )
    blocks = " × ".join(map(str, found.shares.shape[::-1]))
    told = f"{blocks} blocks; 100 % is all of the logits' way from A to B, {found.logit_shift:.3g} long"
    return Plot("occlusion", "The difference taken away block by block", told, panels, PLACES_SIZE_WH_PX)
