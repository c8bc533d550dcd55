import pytest

from core.isolation.endings import is_about_memory, needed_more, process_ended, took_longer


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (took_longer(30.0), "it took longer than 30 s"),
        (needed_more(4 << 30), "it needed more than 4 GB of memory"),
        (needed_more(96 << 20), "it needed more than 96 MB of memory"),
        (process_ended(-6), "its process ended with signal 6 (Aborted)"),
        (process_ended(-11), "its process ended with signal 11 (Segmentation fault)"),
        (process_ended(70), "its process ended with exit code 70"),
    ],
)
def test_ends_in_words(words: str, expected: str) -> None:
    assert words == expected


@pytest.mark.parametrize(
    ("words", "is_it"),
    [
        ("terminate called after throwing an instance of 'std::bad_alloc'", True),
        ("(-4:Insufficient memory) Failed to allocate 108000000 bytes in function 'OutOfMemoryError'", True),
        ("OOM when allocating tensor with shape[6000,4000,3]", True),
        ("Unable to allocate 8.00 GiB for an array", True),
        ("pillow.open ran out of memory.", True),
        ("room for improvement", False),
        ("Corrupt JPEG data: premature end of data segment", False),
    ],
)
def test_what_is_about_memory(words: str, is_it: bool) -> None:
    assert is_about_memory(words) is is_it
