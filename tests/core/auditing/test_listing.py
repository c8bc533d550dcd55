"""The list of pictures: chunks that stay the same, and names that are no text."""

from pathlib import Path

from core.auditing.entries import Entry, file_entry, problem_entry
from core.auditing.listing import LARGE_CHUNK, SMALL_CHUNK, SMALL_CHUNKS, Listing, write_listing


def test_small_chunks_come_first_and_large_ones_follow(tmp_path: Path) -> None:
    count = SMALL_CHUNK * SMALL_CHUNKS + LARGE_CHUNK + 1
    write_listing(tmp_path / "list", (file_entry(f"{number}.jpg") for number in range(count)))
    listing = Listing(tmp_path / "list")
    assert len(listing) == count
    assert listing.sizes == (*[SMALL_CHUNK] * SMALL_CHUNKS, LARGE_CHUNK, 1)
    last = listing.chunk(SMALL_CHUNKS + 1)
    assert last.entries == ((count - 1, file_entry(f"{count - 1}.jpg")),)
    assert listing.entry(SMALL_CHUNK) == file_entry(f"{SMALL_CHUNK}.jpg")


def test_entries_come_back_as_they_were(tmp_path: Path) -> None:
    kept = [
        file_entry("写真/a.jpg"),
        file_entry("odd\udcff.jpg"),
        Entry("s.tar::m.jpg", "s.tar", "s.tar", 512, 99),
        problem_entry("x*", "unreadable", "x* matches nothing.", "Check the pattern."),
    ]
    write_listing(tmp_path / "list", kept)
    assert [entry for _, entry in Listing(tmp_path / "list").chunk(0).entries] == kept
    assert kept[1].picture == "odd\\udcff.jpg"


def test_an_empty_list_has_no_chunks(tmp_path: Path) -> None:
    write_listing(tmp_path / "list", [])
    assert (len(Listing(tmp_path / "list")), Listing(tmp_path / "list").chunk_count) == (0, 0)
