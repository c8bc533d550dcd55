"""A picture's bytes, and what is said where they cannot be had."""

from pathlib import Path

import fsspec
import pytest

from core.auditing.addresses import entries
from core.auditing.entries import file_entry
from core.auditing.reading import read_entry
from core.errors import SourceError, TooLargeError
from core.limits import Limits
from core.pictures import read_picture
from tests.core.auditing.corpora import jpeg, write_shard

LIMITS = Limits()


def test_bytes_of_a_file_a_member_a_sample_and_an_address_with_a_scheme(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(jpeg(0))
    write_shard(tmp_path / "s.tar", {"b.jpg": jpeg(1), "c.jpg": jpeg(2)})
    fsspec.filesystem("memory").pipe("/reading/d.jpg", jpeg(3))
    addresses = [str(tmp_path), "memory://reading/d.jpg", "sample:hopper"]
    found = [read_entry(entry, LIMITS).data for entry in entries(addresses)]
    assert found[:4] == [jpeg(number) for number in range(4)]
    assert found[4] == read_picture("sample:hopper").data


@pytest.mark.parametrize(
    ("data", "words"), [(b"", "it is empty"), (b"Hello, world.", "it is text"), (jpeg(0)[:40], "begins like JPEG, but")]
)
def test_what_is_wrong_is_said_in_the_words_of_compare(tmp_path: Path, data: bytes, words: str) -> None:
    file = tmp_path / "odd.jpg"
    file.write_bytes(data)
    with pytest.raises(SourceError, match=words) as caught:
        read_entry(file_entry(str(file)), LIMITS)
    with pytest.raises(SourceError) as compared:
        read_picture(str(file))
    assert str(caught.value) == str(compared.value)


def test_a_member_of_a_shard_that_was_cut_short_since(tmp_path: Path) -> None:
    shard = write_shard(tmp_path / "s.tar", {"a.jpg": jpeg(0)})
    (entry,) = entries([str(shard)])
    shard.write_bytes(shard.read_bytes()[:1000])
    with pytest.raises(SourceError, match=r"a\.jpg ends after 488 of \d+ bytes"):
        read_entry(entry, LIMITS)


def test_limits_of_the_file_and_of_the_picture(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(jpeg(0))
    fsspec.filesystem("memory").pipe("/reading/a.jpg", jpeg(0))
    with pytest.raises(TooLargeError, match=r"a\.jpg has 0\.0 megapixels \(67x45\), the limit is 0\.003"):
        read_entry(file_entry(str(file)), Limits(pixels=3000))
    for address in (str(file), "memory://reading/a.jpg"):
        with pytest.raises(TooLargeError, match=r"MB, the limit is 0\.0005"):
            read_entry(file_entry(address), Limits(file_bytes=500))


def test_what_vanished(tmp_path: Path) -> None:
    for address in (str(tmp_path / "gone.jpg"), "memory://reading/gone.jpg"):
        with pytest.raises(SourceError, match="does not exist"):
            read_entry(file_entry(address), LIMITS)
