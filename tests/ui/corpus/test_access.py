"""Who may read which folder of the server."""

from pathlib import Path

import pytest

from core.errors import CorpusError
from ui.corpus.access import Access, access

HERE = {"Host": "localhost:8501"}


@pytest.mark.parametrize(
    ("server_address", "headers", "is_local"),
    [
        ("localhost", HERE, True),
        ("127.0.0.1", {"host": "127.0.0.1:8501"}, True),
        ("::1", {"host": "[::1]:8501"}, True),
        # To everybody, which is also what no address means.
        ("0.0.0.0", HERE, False),  # noqa: S104
        ("::", HERE, False),
        (None, HERE, False),
        ("", HERE, False),
        ("192.168.1.4", HERE, False),
        ("unix:///run/app.sock", HERE, False),
        # Through a proxy, a name that points here, or nobody knows how.
        ("127.0.0.1", {**HERE, "X-Forwarded-For": "203.0.113.9"}, False),
        ("127.0.0.1", {**HERE, "Forwarded": "for=203.0.113.9"}, False),
        ("localhost", {"host": "pixels.example.org"}, False),
        ("localhost", {"host": "localhost.example.org"}, False),
        ("localhost", {}, False),
    ],
)
def test_all_folders_are_for_a_person_at_this_machine_alone(
    server_address: str | None, headers: dict[str, str], *, is_local: bool
) -> None:
    found = access([], server_address, headers)
    assert found.is_local is is_local
    assert bool(found.roots) is is_local


def test_roots_that_are_configured_are_all_even_for_a_local_person(tmp_path: Path) -> None:
    assert access([tmp_path], "localhost", HERE) == Access({tmp_path.name: tmp_path.resolve()})


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A root with a folder, and beside it what nobody may read, to which links lead."""
    (tmp_path / "photos/summer").mkdir(parents=True)
    (tmp_path / "photos/text.txt").write_text("no folder")
    (tmp_path / "secret/inner").mkdir(parents=True)
    (tmp_path / "photos/out").symlink_to(tmp_path / "secret")
    (tmp_path / "photos/in").symlink_to(tmp_path / "photos/summer")
    (tmp_path / "photos/loop").symlink_to(tmp_path / "photos/loop")
    return tmp_path / "photos"


def test_folders_below_a_root_have_the_roots_name(photos: Path) -> None:
    found = access([photos], None, {})
    assert found.resolve("photos/summer") == photos / "summer"
    assert found.resolve("photos") == found.resolve("/photos/") == photos
    assert found.resolve("photos/in") == photos / "summer"
    assert found.shown(photos / "summer") == "photos/summer"
    assert found.folders("") == ["photos"]
    assert found.folders("photos") == ["photos/in", "photos/summer"]
    assert (found.above("photos/summer"), found.above("photos")) == ("photos", "")


@pytest.mark.parametrize(
    "text",
    [
        *("", "secret", "photos/out", "photos/out/inner", "photos/../secret", "../secret", "photos/missing"),
        *("photos/text.txt", "photos/loop", "photos/\0", "/etc", "/", "~", "photos/summer/../../secret"),
    ],
)
def test_what_is_elsewhere_is_refused_in_the_same_words_as_what_is_missing(photos: Path, text: str) -> None:
    with pytest.raises(CorpusError, match=r"^There is no folder .* that may be read here\. Folders lie below photos;"):
        access([photos], None, {}).resolve(text)


def test_files_are_read_where_their_links_lead(photos: Path) -> None:
    found = access([photos], None, {})
    (photos / "link.txt").symlink_to(photos.parent / "secret/inner")
    assert found.may_read(photos / "text.txt")
    assert not found.may_read(photos / "link.txt")
    assert not found.may_read(photos.parent / "secret")
    assert not found.may_read("a\0b")


def test_a_folder_whose_name_begins_like_a_root_is_not_below_it(tmp_path: Path) -> None:
    for name in ("photos", "photos-of-others"):
        (tmp_path / name).mkdir()
    assert not access([tmp_path / "photos"], None, {}).may_read(tmp_path / "photos-of-others")


def test_roots_that_end_alike_are_told_apart(tmp_path: Path) -> None:
    for name in ("a/photos/x", "b/photos/y"):
        (tmp_path / name).mkdir(parents=True)
    found = access([tmp_path / "a/photos", tmp_path / "b/photos"], None, {})
    assert found.resolve("photos-2/y") == tmp_path / "b/photos/y"
    assert found.folders("") == ["photos-1", "photos-2"]


def test_a_local_person_names_whole_paths(photos: Path) -> None:
    found = access([], "localhost", HERE)
    assert found.resolve(str(photos / "summer")) == photos / "summer"
    assert found.resolve(str(photos / "out")) == photos.parent / "secret"
    assert found.resolve("~").is_dir()
    assert found.shown(photos) == found.hidden(str(photos)) == str(photos)
    assert found.folders("") == [str(Path.home()), "/"]
    assert (found.above(str(photos)), found.above("/")) == (str(photos.parent), "")
    with pytest.raises(CorpusError, match="photos does not begin at the root"):
        found.resolve("photos")
    with pytest.raises(CorpusError, match=r"There is no folder /photos-9\. Check the path\."):
        found.resolve("/photos-9")


def test_nobody_else_reads_any_folder() -> None:
    found = access([], None, {})
    assert not found.may_read("/")
    assert found.folders("") == []
    with pytest.raises(CorpusError, match="Folders lie below no root"):
        found.resolve("/")
