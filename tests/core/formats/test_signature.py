import pytest

from core.formats.signature import appearance, picture_format
from tests.core.encoded import by_opencv, by_pillow, picture, rgb

PILLOW_NAMES = {
    "JPEG": "JPEG",
    "PNG": "PNG",
    "GIF": "GIF",
    "BMP": "BMP",
    "WEBP": "WebP",
    "TIFF": "TIFF",
    "AVIF": "AVIF",
    "JPEG2000": "JPEG 2000",
    "PPM": "PNM",
    "QOI": "QOI",
}


@pytest.mark.parametrize("pillow_name", PILLOW_NAMES)
def test_files_of_pillow(pillow_name: str) -> None:
    assert picture_format(by_pillow(picture(), pillow_name)) == PILLOW_NAMES[pillow_name]


def test_files_of_opencv_and_bare_codestreams() -> None:
    assert picture_format(by_opencv(".tiff", rgb())) == "TIFF"
    assert picture_format(by_opencv(".ppm", rgb())) == "PNM"
    assert picture_format(by_pillow(picture(), "JPEG2000", no_jp2=True)) == "JPEG 2000"


@pytest.mark.parametrize(
    ("brands", "found"),
    [
        (b"avif\0\0\0\0mif1", "AVIF"),
        (b"mif1\0\0\0\0heicmif1", "HEIC"),
        (b"mif1\0\0\0\0miafavif", "AVIF"),
        (b"isom\0\0\2\0isommp41", None),
    ],
)
def test_iso_media_files_are_told_by_their_brands(brands: bytes, found: str | None) -> None:
    assert picture_format((len(brands) + 8).to_bytes(4) + b"ftyp" + brands) == found


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (bytes(300), "300 zero bytes"),
        (b"hello, world\n", "text"),
        ("Grüße".encode() * 500, "text"),
        (b"\n <!DOCTYPE html><html><body>404", "an HTML page"),
        (b'<?xml version="1.0"?><svg width="1"/>', "an SVG drawing"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"PK\3\4rest", "a ZIP archive"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"\x93NUMPY\1\0", "a numpy array (.npy)"),
        (b"RIFF\0\0\0\0WAVE", "a RIFF file (a sound or a video)"),
        (b"\0\0\0\x14ftypisom\0\0\2\0isom", "an MP4 video or a relative of it"),
        (b"version https://git-lfs.github.com/spec/v1\n", "a Git LFS pointer instead of the file"),
        (bytes(range(1, 256)), "data of an unknown kind"),
        (b"\xff\xfe\xfd\xfc", "data of an unknown kind"),
    ],
)
def test_what_is_no_picture_is_named(data: bytes, words: str) -> None:
    assert picture_format(data) is None
    assert appearance(data) == words
