from pathlib import Path

import pytest

from core.errors import SourceError, TooLargeError
from core.limits import Limits
from core.pictures import read_bytes
from tests.core.limiting import limited


def test_the_bytes_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(b"12345")
    assert read_bytes(str(file)) == b"12345"


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"the cat does not exist\."):
        read_bytes(str(tmp_path / "cat.jpg"), "the cat")
    with pytest.raises(SourceError, match=r"the cats is a folder, not a picture\. Name the pictures in it"):
        read_bytes(str(tmp_path), "the cats")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(SourceError, match=r"below cannot be read: Not a directory\."):
        read_bytes(str(tmp_path / "file" / "below.jpg"), "below")


def test_a_callers_limit_and_the_one_in_force_both_hold(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(bytes(2000))
    with pytest.raises(TooLargeError, match=r"a has 0\.0 MB, the limit is 0\.001"):
        read_bytes(str(file), "a", Limits(file_bytes=1000))
    with limited(file_bytes=1500), pytest.raises(TooLargeError, match=r"a has 0\.0 MB, the limit is 0\.0015"):
        read_bytes(str(file), "a", Limits(file_bytes=3000))
