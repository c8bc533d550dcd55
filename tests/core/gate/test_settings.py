from pathlib import Path

import pytest

from core.auditing.addresses import entries
from core.errors import SettingsError
from core.gate.settings import find_settings, read_settings
from core.presets import parse_recipe
from core.tolerance import parse_conditions
from tests.core.auditing.corpora import A, B
from tests.core.gate.projects import SETTINGS, write_project

DOCS = Path(__file__).parents[3] / "docs/ci.md"


def test_settings_are_found_here_and_above_and_a_foreign_pyproject_is_passed_over(tmp_path: Path) -> None:
    inner = tmp_path / "src" / "package"
    inner.mkdir(parents=True)
    (tmp_path / "src" / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    path = write_project(tmp_path, f"[tool.samepixels]\n{SETTINGS}", name="pyproject.toml")
    assert find_settings(inner) == path
    own = write_project(inner)
    assert find_settings(inner) == own


def test_a_check_has_recipes_limits_and_addresses_from_the_files_folder(tmp_path: Path) -> None:
    settings = read_settings(write_project(tmp_path))
    (check,) = settings.checks
    assert (check.a, check.bs) == (parse_recipe(A), (parse_recipe(B),))
    assert check.limits == parse_conditions("max_abs<=200")
    assert settings.baseline == tmp_path / "baseline.json"
    found = list(entries(settings.addresses(check)))
    assert [settings.name_of(entry) for entry in found] == ["pictures/000.jpg", "pictures/001.jpg"]


def test_further_checks_take_what_they_leave_out_from_above(tmp_path: Path) -> None:
    more = '[checks.small]\nb = ["opencv", "pillow"]\n[checks.other]\nfiles = "sample:hopper"\nlimits = []\n'
    top, small, other = read_settings(write_project(tmp_path, SETTINGS + more)).checks
    assert [check.name for check in (top, small, other)] == ["", "small", "other"]
    assert (small.files, small.limits) == (top.files, top.limits)
    assert small.bs == (parse_recipe("opencv"), parse_recipe("pillow"))
    assert (other.files, other.limits) == (("sample:hopper",), ())


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("limit = 3", "has limit. Allowed are a, b, baseline"),
        ('[checks.one]\nfiles = "x.jpg"', r"checks\.one of .* lacks a, b"),
        (SETTINGS.replace('files = ["pictures/*.jpg"]', "files = 3"), "files of .* is 3"),
        ("files = [", "cannot be read"),
    ],
)
def test_wrong_settings_are_named(tmp_path: Path, settings: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        read_settings(write_project(tmp_path, settings))


def test_the_example_in_the_documents_is_valid(tmp_path: Path) -> None:
    text = DOCS.read_text("utf-8").partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "presets.toml").write_text(
        f'[training]\nrecipe = "{A}"\nused_by = "x"\n[serving]\nrecipe = "{B}"\nused_by = "x"\n'
    )
    path = write_project(tmp_path, text, name="pyproject.toml")
    assert [(check.name, len(check.limits), len(check.bs)) for check in read_settings(path).checks] == [
        ("", 3, 1),
        ("thumbnails", 1, 2),
    ]
