import pytest

from ui.messages import plain


def test_words_stay_as_they_are() -> None:
    assert plain("my cat.jpg is not a picture.") == "my cat.jpg is not a picture."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![x](http://a)", r"!\[x\](http\://a)"),
        ("**bold**", r"\*\*bold\*\*"),
        (":material/home:", r"\:material/home\:"),
        ("$x$", r"\$x\$"),
        ("a\\b", r"a\\b"),
    ],
)
def test_nothing_in_it_acts_as_markdown(text: str, expected: str) -> None:
    assert plain(text) == expected
