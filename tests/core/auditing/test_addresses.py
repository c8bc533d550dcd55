"""What the user names becomes one entry for each picture, in an order that does not change."""

import os
from pathlib import Path

import fsspec
import pytest

from core.auditing.addresses import entries
from core.auditing.entries import Entry
from tests.core.auditing.corpora import jpeg, write_pictures, write_shard


def listed(*addresses: object) -> list[Entry]:
    return list(entries(map(str, addresses)))


def names(found: list[Entry]) -> list[str]:
    return [entry.picture for entry in found if entry.problem_kind is None]


def problems(found: list[Entry]) -> list[tuple[str | None, str | None]]:
    return [(entry.problem_kind, entry.problem) for entry in found if entry.problem_kind]


def test_a_folder_gives_the_pictures_below_it_in_order(tmp_path: Path) -> None:
    for name in ("b/2.JPG", "b/1.jpeg", "a.png", "notes.md", "c/d/e.webp"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = listed(tmp_path)
    assert names(found) == [str(tmp_path / name) for name in ("a.png", "b/1.jpeg", "b/2.JPG", "c/d/e.webp")]
    assert {entry.folder for entry in found} == {str(tmp_path), str(tmp_path / "b"), str(tmp_path / "c/d")}


def test_a_named_file_is_taken_whatever_its_ending(tmp_path: Path) -> None:
    assert names(listed(tmp_path / "data.bin", "missing.jpg")) == [str(tmp_path / "data.bin"), "missing.jpg"]


def test_patterns_lists_and_samples(tmp_path: Path) -> None:
    folder = write_pictures(tmp_path / "pictures", 3)
    text = tmp_path / "list.txt"
    text.write_text(f"# two of them\n{folder}/000.jpg\n\n{folder}/[12].jpg\n{folder}/00[12].jpg\nsample:hopper\n")
    found = listed(text)
    assert names(found) == [f"{folder}/00{number}.jpg" for number in range(3)] + ["sample:hopper"]
    assert problems(found) == [("unreadable", f"{folder}/[12].jpg matches nothing.")]
    assert names(listed(f"{tmp_path}/**/*.jpg")) == [f"{folder}/00{number}.jpg" for number in range(3)]


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(tmp_path: Path) -> None:
    odd = tmp_path / "a[1].jpg"
    odd.touch()
    assert names(listed(odd)) == [str(odd)]


def test_a_second_mention_is_a_duplicate(tmp_path: Path) -> None:
    folder = write_pictures(tmp_path / "pictures", 2)
    found = listed(folder, folder / "001.jpg")
    assert names(found) == [str(folder / "000.jpg"), str(folder / "001.jpg")]
    assert problems(found) == [("duplicate", f"{folder / '001.jpg'} was listed before.")]


def test_a_folder_named_like_a_picture_is_a_problem_and_its_pictures_are_taken(tmp_path: Path) -> None:
    odd = write_pictures(tmp_path / "album.jpg", 1)
    for found in (listed(tmp_path), listed(odd)):
        assert names(found) == [str(odd / "000.jpg")]
        assert problems(found) == [("unreadable", f"{odd} is a folder, not a picture.")]


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    assert problems(listed(tmp_path)) == [("unreadable", f"{tmp_path} is an empty folder.")]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may look into every folder")
def test_a_folder_that_may_not_be_looked_into_is_a_problem(tmp_path: Path) -> None:
    closed = write_pictures(tmp_path / "closed", 1)
    closed.chmod(0)
    try:
        found = problems(listed(tmp_path))
    finally:
        closed.chmod(0o755)
    assert found == [("unreadable", f"{closed} cannot be looked into: Permission denied.")]


def test_a_shard_gives_its_pictures_by_their_places(tmp_path: Path) -> None:
    members = {"a.jpg": jpeg(0), "a.cls": b"7", "b/c.png": jpeg(1)}
    shard = write_shard(tmp_path / "shard-000.tar", members)
    found = listed(tmp_path)
    assert names(found) == [f"{shard}::a.jpg", f"{shard}::b/c.png"]
    data = shard.read_bytes()
    for entry, name in zip(found, ("a.jpg", "b/c.png"), strict=True):
        assert entry.offset is not None
        assert entry.size is not None
        assert data[entry.offset : entry.offset + entry.size] == members[name]
        assert entry.folder == str(shard)


def test_of_a_shard_that_is_cut_short_the_whole_pictures_are_taken(tmp_path: Path) -> None:
    shard = write_shard(tmp_path / "shard.tar", {"a.jpg": jpeg(0), "b.jpg": jpeg(1)})
    cut = listed(shard)[1]
    assert cut.offset is not None
    shard.write_bytes(shard.read_bytes()[: cut.offset + 10])
    found = listed(shard)
    assert names(found) == [f"{shard}::a.jpg", f"{shard}::b.jpg"]
    ((kind, words),) = problems(found)
    assert kind == "unreadable"
    assert words is not None
    assert words.startswith(f"{shard} is no whole .tar file")


def test_addresses_with_a_scheme(tmp_path: Path) -> None:
    files = fsspec.filesystem("memory")
    shard = write_shard(tmp_path / "s.tar", {"m.jpg": jpeg(2)})
    for name in ("bucket/a.jpg", "bucket/b/c.png", "bucket/readme"):
        files.pipe(f"/{name}", jpeg(0))
    files.pipe("/bucket/s.tar", shard.read_bytes())
    try:
        everything = ["memory://bucket/a.jpg", "memory://bucket/b/c.png", "memory://bucket/s.tar::m.jpg"]
        assert [name.replace(":///", "://") for name in names(listed("memory://bucket"))] == everything
        assert [name.replace(":///", "://") for name in names(listed("memory://bucket/*.jpg"))] == everything[:1]
    finally:
        files.rm("/bucket", recursive=True)


def test_a_scheme_that_nobody_knows_is_a_problem() -> None:
    ((kind, words),) = problems(listed("nowhere://bucket/a.jpg"))
    assert kind == "unreadable"
    assert words is not None
    assert words.startswith("nowhere://bucket/a.jpg cannot be opened")
