from core.palette import PALETTES
from ui import theme


def test_every_colour_has_a_light_and_a_dark_variant() -> None:
    sheet = theme._style_sheet()
    for role, light in PALETTES["light"].items():
        assert f"--sp-{role}: light-dark({light}, {PALETTES['dark'][role]});" in sheet


def test_the_style_sheet_names_no_colour_and_no_address_of_its_own() -> None:
    sheet = theme._STYLE.read_text("utf-8")
    assert "#" not in sheet
    assert "url(" not in sheet
    assert "@import" not in sheet


def test_every_colour_that_is_used_is_defined() -> None:
    used = {part.split(")")[0] for part in theme._STYLE.read_text("utf-8").split("var(--sp-")[1:]}
    assert used <= {*PALETTES["light"], "mono", "verdict"}


def test_what_opens_above_the_page_has_the_colours_too() -> None:
    assert theme._style_sheet().startswith('.stApp, [data-testid="stPopoverBody"] { --sp-background:')
