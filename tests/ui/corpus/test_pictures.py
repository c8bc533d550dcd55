"""Which pictures an audit of the page lists, and under which names."""

from pathlib import Path

from core.samples import load_sample
from core.source import read_source
from ui.corpus.access import access
from ui.corpus.pictures import pictures_below, sample_pictures, uploaded_pictures


def test_pictures_of_a_root_have_the_roots_name_and_links_out_of_it_are_rows_with_an_error(tmp_path: Path) -> None:
    (tmp_path / "photos/inner").mkdir(parents=True)
    for name in ("photos/a.jpg", "photos/inner/b.jpg", "secret.jpg"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "photos/link.jpg").symlink_to(tmp_path / "secret.jpg")
    (tmp_path / "photos/near.jpg").symlink_to(tmp_path / "photos/a.jpg")
    (tmp_path / "photos/broken.tar").write_text("no shard")
    found = {
        each.picture: each
        for each in pictures_below(access([tmp_path / "photos"], None, {}), tmp_path / "photos").entries()
    }
    assert {name: each.problem_kind for name, each in found.items()} == {
        "photos/a.jpg": None,
        "photos/broken.tar": "unreadable",
        "photos/inner/b.jpg": None,
        "photos/link.jpg": "unreadable",
        "photos/near.jpg": None,
    }
    assert found["photos/inner/b.jpg"].address == str(tmp_path / "photos/inner/b.jpg")
    assert found["photos/inner/b.jpg"].folder == "photos/inner"
    assert str(tmp_path) not in "".join(f"{each.picture}{each.folder}{each.problem}" for each in found.values())


def test_a_local_persons_pictures_have_their_whole_names(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"")
    local = access([], "localhost", {"host": "localhost"})
    assert [each.picture for each in pictures_below(local, tmp_path).entries()] == [str(tmp_path / "a.jpg")]


def test_uploads_are_written_under_their_digest_and_keep_their_names(tmp_path: Path) -> None:
    data = load_sample("hopper").data
    sources = [read_source(name, data + bytes(place)) for place, name in enumerate(("../../x.jpg", "a/b.so me", "ö"))]
    pictures = uploaded_pictures(sources, tmp_path / "uploads")
    assert not (tmp_path / "uploads").exists()
    entries = list(pictures.entries())
    assert [each.picture for each in entries] == ["../../x.jpg", "a/b.so me", "ö"]
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == sorted(
        [f"{sources[0].sha256}.jpg", sources[1].sha256, sources[2].sha256]
    )
    assert all(Path(each.address).read_bytes() == source.data for each, source in zip(entries, sources, strict=True))


def test_other_bytes_under_the_same_name_are_another_set(tmp_path: Path) -> None:
    data = load_sample("hopper").data
    one, two = (uploaded_pictures([read_source("a.jpg", data + bytes(extra))], tmp_path) for extra in (0, 1))
    assert one.addresses == two.addresses
    assert one.digest != two.digest


def test_samples_are_named_as_the_command_line_names_them() -> None:
    assert sample_pictures().addresses[0] == "sample:raccoon"
    assert len(list(sample_pictures().entries())) == len(sample_pictures().addresses)
