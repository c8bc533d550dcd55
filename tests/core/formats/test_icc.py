import struct

import pytest
from PIL import ImageCms

from core.formats.icc import icc_description


def profile_of(tag: bytes, kind: bytes = b"desc") -> bytes:
    """The smallest profile with one tag."""
    return bytes(36) + b"acsp" + bytes(88) + struct.pack(">I4sII", 1, kind, 144, len(tag)) + tag


def names(*each: tuple[str, str]) -> bytes:
    """A tag with names by their languages."""
    records, texts = b"", b""
    for language, text in each:
        encoded = text.encode("utf-16-be")
        records += struct.pack(">4sII", language.encode(), len(encoded), 16 + 12 * len(each) + len(texts))
        texts += encoded
    return b"mluc" + bytes(4) + struct.pack(">II", len(each), 12) + records + texts


@pytest.mark.parametrize("name", ["LAB", "sRGB", "XYZ"])
def test_descriptions_are_those_of_littlecms(name: str) -> None:
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile(name))  # type: ignore[arg-type]
    assert icc_description(made.tobytes()) == ImageCms.getProfileDescription(made).strip()


def test_the_older_type_and_languages() -> None:
    old = b"desc" + bytes(4) + struct.pack(">I", 11) + b"Display  P\0rest"
    assert icc_description(profile_of(old)) == "Display P"
    assert icc_description(profile_of(names(("deDE", "Anzeige"), ("enUS", "Display")))) == "Display"
    assert icc_description(profile_of(names(("deDE", "Anzeige ü")))) == "Anzeige ü"


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        (b"", None),
        (b"no profile", "unreadable"),
        (profile_of(b"")[:100], "unreadable"),
        (profile_of(names(("enUS", "")) + b""), "without a description"),
        (profile_of(b"text", kind=b"cprt"), "without a description"),
        (profile_of(b"desc"), "unreadable"),
        (profile_of(b"mluc" + bytes(4) + b"\xff" * 8), "unreadable"),
        (profile_of(names(("enUS", "a\x1b\u202e" + "b" * 9999))), "a" + "b" * 197),
    ],
)
def test_profiles_without_a_name(profile: bytes, words: str | None) -> None:
    assert icc_description(profile) == words
