"""The list of pictures: chunks that stay the same, and names that are no text."""

from pathlib import Path

from core.auditing.entries import Entry, file_entry, problem_entry
from core.auditing.listing import CHUNK_SIZES, CHUNKS_OF_A_SIZE, Listing, write_listing


def test_chunks_grow(tmp_path: Path) -> None:
    growing = [size for size in CHUNK_SIZES for _ in range(CHUNKS_OF_A_SIZE)]
    count = sum(growing) + CHUNK_SIZES[-1] + 1
    write_listing(tmp_path / "list", (file_entry(f"{number}.jpg") for number in range(count)))
    listing = Listing(tmp_path / "list")
    assert len(listing) == count
    assert listing.sizes == (*growing, CHUNK_SIZES[-1], 1)
    last = listing.chunk(listing.chunk_count - 1)
    assert last.entries == ((count - 1, file_entry(f"{count - 1}.jpg")),)
    assert listing.entry(CHUNK_SIZES[0]) == file_entry(f"{CHUNK_SIZES[0]}.jpg")


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
