from pathlib import Path

import pytest

from tools import list_licences
from tools.list_licences import document, is_accepted, licences, locked

ROOT = Path(__file__).parents[2]


def rows(text: str) -> dict[str, str]:
    cells = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return {name: licence for name, licence in cells if name != "package"}


def test_the_document_has_every_locked_package() -> None:
    """`make licences` mends it."""
    assert list(rows((ROOT / "docs" / "licences.md").read_text("utf-8"))) == locked()


def test_every_licence_is_one_of_those_accepted() -> None:
    assert {name: licence for name, licence in licences().items() if licence and not is_accepted(licence)} == {}


@pytest.mark.parametrize(
    ("licence", "accepted"),
    [
        ("MIT", True),
        ("MPL-2.0 AND MIT", True),
        ("GPL-3.0 OR MIT", True),
        ("GPL-3.0 AND MIT", False),
        ("unknown", False),
    ],
)
def test_an_expression_is_taken_apart(licence: str, accepted: bool) -> None:
    assert is_accepted(licence) is accepted


def test_another_licence_ends_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_licences, "licences", lambda: {"something": "AGPL-3.0"})
    with pytest.raises(SystemExit, match="something"):
        list_licences.main()


def test_the_document_begins_as_one() -> None:
    assert document().startswith("# Licences\n")
