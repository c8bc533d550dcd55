"""Every colour can be read and told apart: WCAG 2.2 contrast, CIEDE2000 under simulated vision deficiencies."""

import re
import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any, get_args

import numpy as np
import numpy.typing as npt
import pytest
from skimage.color import deltaE_ciede2000, rgb2lab

from core.colormaps import ZERO_INDEX, colormap, colormap_names
from core.image import CHANNEL_NAMES
from core.palette import ON_PICTURES, PALETTES, VERDICT_MARKS, Role, Theme

ROOT = Path(__file__).parents[2]
THEMES: tuple[Theme, ...] = ("light", "dark")

TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3, level AA
GRAPHICS_CONTRAST = 3.0  # WCAG 2.2, 1.4.11
TEXT_ROLES: tuple[Role, ...] = ("text", "muted", "neutral", "a", "b", *VERDICT_MARKS)
GRAPHICS_ROLES: tuple[Role, ...] = ("accent", "red", "green", "blue", "grey", "alpha")

# Two colours at a CIEDE2000 distance of 10 are different colours to anybody; about 2 is where a trained eye begins.
DISTINCT = 10.0
SIDE_BY_SIDE: tuple[tuple[Role, ...], ...] = (
    ("a", "b", "neutral"),
    ("identical", "rounding", "different", "incomparable"),
    ("red", "green", "blue", "alpha"),
)

# By Machado, Oliveira and Fernandes in "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009:
# severity 1.0, for linear RGB.
DEFICIENCIES = {
    "none": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}

INTERFACE_SUFFIXES = {".py", ".css", ".js", ".ts", ".html"}

every_theme = pytest.mark.parametrize("theme", THEMES)


def linear_rgb(colour: str) -> npt.NDArray[np.float64]:
    encoded = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def contrast(colour: str, background: str) -> float:
    """WCAG's ratio of relative luminances, 1 to 21."""
    darker, lighter = sorted(float(linear_rgb(each) @ [0.2126, 0.7152, 0.0722]) for each in (colour, background))
    return (lighter + 0.05) / (darker + 0.05)


def seen_lab(colour: str, deficiency: str) -> npt.NDArray[np.float64]:
    linear = np.clip(np.asarray(DEFICIENCIES[deficiency]) @ linear_rgb(colour), 0, 1)
    encoded = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.asarray(rgb2lab(encoded))


def test_contrast_agrees_with_known_ratios() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@every_theme
def test_a_palette_has_every_role_as_a_hexadecimal_colour(theme: Theme) -> None:
    assert set(PALETTES[theme]) == set(get_args(Role))
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in PALETTES[theme].values())


@every_theme
def test_every_channel_has_a_colour(theme: Theme) -> None:
    names = {name for names in CHANNEL_NAMES.values() for name in names}
    assert names <= set(PALETTES[theme])


@every_theme
@pytest.mark.parametrize("role", TEXT_ROLES)
@pytest.mark.parametrize("background", ["background", "surface"])
def test_text_can_be_read(theme: Theme, role: Role, background: Role) -> None:
    assert contrast(PALETTES[theme][role], PALETTES[theme][background]) >= TEXT_CONTRAST


@every_theme
@pytest.mark.parametrize("role", GRAPHICS_ROLES)
@pytest.mark.parametrize("background", ["background", "surface"])
def test_lines_and_marks_stand_out(theme: Theme, role: Role, background: Role) -> None:
    assert contrast(PALETTES[theme][role], PALETTES[theme][background]) >= GRAPHICS_CONTRAST


@every_theme
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize("roles", SIDE_BY_SIDE, ids="-".join)
def test_colours_side_by_side_can_be_told_apart(theme: Theme, deficiency: str, roles: tuple[Role, ...]) -> None:
    labs = [seen_lab(PALETTES[theme][role], deficiency) for role in roles]
    assert min(deltaE_ciede2000(one, other) for one, other in combinations(labs, 2)) >= DISTINCT


def test_a_kept_pixels_colour_is_nobody_elses() -> None:
    maps = {
        colour for mode in ZERO_INDEX for name in colormap_names(mode) for colour in colormap(mode, name).hexadecimal
    }
    assert ON_PICTURES["kept"] not in maps | {colour for palette in PALETTES.values() for colour in palette.values()}


def test_verdicts_have_marks_of_their_own() -> None:
    assert len({mark.character for mark in VERDICT_MARKS.values()}) == len(VERDICT_MARKS)
    assert len({mark.marker for mark in VERDICT_MARKS.values()}) == len(VERDICT_MARKS)


@every_theme
def test_streamlits_theme_agrees(theme: Theme) -> None:
    palette = PALETTES[theme]
    configured: dict[str, Any] = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["theme"][theme]
    assert configured == configured | {
        "primaryColor": palette["accent"],
        "backgroundColor": palette["background"],
        "secondaryBackgroundColor": palette["surface"],
        "textColor": palette["text"],
        "borderColor": palette["grid"],
        "blueColor": palette["a"],
        "blueTextColor": palette["a"],
        "orangeColor": palette["b"],
        "orangeTextColor": palette["b"],
        "chartCategoricalColors": [palette["a"], palette["b"], palette["neutral"]],
    }


def test_the_interface_has_no_colours_of_its_own() -> None:
    known = {colour for palette in PALETTES.values() for colour in palette.values()} | set(ON_PICTURES.values())
    files = [path for room in ("ui", "pages") for path in (ROOT / room).rglob("*") if path.suffix in INTERFACE_SUFFIXES]
    used = {(path.name, colour) for path in files for colour in re.findall("#[0-9a-f]{6}\\b", path.read_text().lower())}
    assert {(name, colour) for name, colour in used if colour not in known} == set()
