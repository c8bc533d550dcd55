"""Small files that would become large are refused by their headers, in little memory."""

import tracemalloc

import pytest

from core.errors import SourceError
from core.source import read_source
from tests.fuzz.bombs import BOMBS, HARMLESS

MOST_BYTES = 50_000_000


def peak_bytes(data: bytes) -> int:
    """What reading the header takes beside the file."""
    tracemalloc.start()
    try:
        read_source("bomb", data)
    except SourceError:
        pass
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return peak


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_by_its_header(name: str) -> None:
    make, words = BOMBS[name]
    data = make()
    with pytest.raises(SourceError) as caught:
        read_source("bomb", data)
    assert words in caught.value.message
    assert caught.value.remedy
    assert peak_bytes(data) < MOST_BYTES


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_harmless_is_read_in_little_memory(name: str) -> None:
    data = HARMLESS[name]()
    assert read_source("bomb", data).header.size_wh == (5, 5)
    assert peak_bytes(data) < MOST_BYTES
