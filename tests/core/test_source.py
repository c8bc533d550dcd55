import contextlib
import dataclasses
import hashlib
import io
import sys
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SourceError, TooLargeError
from core.limits import Limits
from core.source import Header, read_source
from tests.core.encoded import animation, by_pillow, exif, picture

FILES = {
    "JPEG": by_pillow(picture(), "JPEG", exif=exif(6), progressive=True),
    "PNG": by_pillow(picture("P"), "PNG", exif=exif(6)),
    "GIF": animation("GIF"),
    "BMP": by_pillow(picture(), "BMP"),
    "WebP": animation("WEBP", mode="RGBA"),
    "TIFF": by_pillow(picture(), "TIFF"),
    "AVIF": by_pillow(picture(), "AVIF"),
    "JPEG 2000": by_pillow(picture(), "JPEG2000"),
    "JPEG XL": bytes.fromhex("ff0a5006588248080401"),
    "PNM": by_pillow(picture(), "PPM"),
    "QOI": by_pillow(picture(), "QOI"),
}
FILES_ALSO_WHEN_CUT = sorted(FILES.keys() - {"JPEG XL", "TIFF"})


@pytest.mark.parametrize("name", FILES)
def test_every_format_has_a_reader(name: str) -> None:
    source = read_source(f"picture of {name}", FILES[name])
    assert source.header.format == name
    assert source.header.size_wh is not None
    assert source.header.media_type.startswith("image/")


def test_a_source_has_the_bytes_their_hash_and_their_name() -> None:
    source = read_source("a.jpg", FILES["JPEG"])
    assert (source.name, source.data) == ("a.jpg", FILES["JPEG"])
    assert source.sha256 == hashlib.sha256(FILES["JPEG"]).hexdigest()


def test_a_source_is_frozen_hashable_and_prints_without_its_bytes() -> None:
    source = read_source("a.jpg", FILES["JPEG"])
    assert source == read_source("a.jpg", bytes(bytearray(FILES["JPEG"])))
    assert hash(source) == hash(read_source("b.jpg", FILES["JPEG"]))
    assert source != read_source("b.jpg", FILES["JPEG"])
    assert source != read_source("a.jpg", FILES["PNG"])
    assert source != "a.jpg"
    assert len(repr(source)) < 1000
    with pytest.raises(dataclasses.FrozenInstanceError):
        source.name = "c.jpg"  # type: ignore[misc]


def test_the_bytes_decide_not_the_name() -> None:
    assert read_source("wrong.png", FILES["JPEG"]).header.format == "JPEG"
    assert read_source("../a folder/ä\n.jpg/", FILES["PNG"]).header.format == "PNG"


def test_the_summary_says_the_facts_in_order() -> None:
    jpeg = read_source("a.jpg", FILES["JPEG"]).header
    assert jpeg.summary == (
        "JPEG 67x45",
        "YCbCr",
        "4:2:0",
        "quality ≈ 75",
        "progressive",
        "8 bit",
        "orientation 6",
        "no ICC profile",
    )
    webp = Header(format="WebP", media_type="image/webp", size_wh=None, alpha=True, frames=3, truncated=True)
    assert webp.summary == (
        "WebP of unknown size",
        "alpha",
        "3 frames",
        "orientation 1",
        "no ICC profile",
        "truncated",
    )
    assert webp.oriented_size_wh is None


@pytest.mark.parametrize("name", FILES_ALSO_WHEN_CUT)
def test_a_cut_file_has_the_header_of_the_whole_one(name: str) -> None:
    data = FILES[name]
    cut, whole = (read_source("a", part).header for part in (data[: len(data) // 2], data))
    assert (cut.format, cut.size_wh, cut.color, cut.bit_depth, cut.orientation) == (
        whole.format,
        whole.size_wh,
        whole.color,
        whole.bit_depth,
        whole.orientation,
    )


def zip_archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.jpg", FILES["JPEG"])
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it is empty. Save it again"),
        (b"once upon a time", "it is text. Give a JPEG"),
        (zip_archive(), "it is a ZIP archive. Give a JPEG"),
        (bytes(range(1, 256)) * 9, "it is data of an unknown kind. Give a JPEG"),
    ],
)
def test_what_is_no_picture_is_refused_by_name(data: bytes, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_source("holiday.jpg", data)
    assert str(caught.value).startswith("holiday.jpg is not a picture: ")
    assert words in str(caught.value)


def test_a_broken_header_is_refused_by_name() -> None:
    with pytest.raises(SourceError) as caught:
        read_source("holiday.jpg", FILES["JPEG"][:20])
    assert caught.value.message == (
        "holiday.jpg begins like JPEG, but the JPEG has no frame header (SOF): it ends too early or is damaged."
    )
    assert "again" in caught.value.remedy


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (by_pillow(picture(), "ICO"), "an icon (.ico)"),
        (b"8BPS\0\1", "a Photoshop document"),
        (b"v/1\1\2\0\0\0", "an OpenEXR picture"),
        (b"#?RADIANCE\n", "a Radiance picture (.hdr)"),
        (bytes(128) + b"DICM", "a DICOM picture"),
    ],
)
def test_pictures_that_are_not_read_are_refused_by_name(data: bytes, kind: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_source("holiday", data)
    assert caught.value.message == f"holiday is {kind}, which is not read here."
    assert caught.value.remedy.startswith("Convert it: give a JPEG, PNG")


@given(data=st.binary(max_size=200))
def test_any_bytes_are_a_source_or_a_source_error(data: bytes) -> None:
    assert_source_or_error(data)


@given(name=st.sampled_from(sorted(FILES)), changes=st.dictionaries(st.integers(0, 400), st.integers(0, 255)))
def test_changed_headers_are_a_source_or_a_source_error(name: str, changes: dict[int, int]) -> None:
    data = bytearray(FILES[name])
    for offset, value in changes.items():
        data[offset % len(data)] = value
    assert_source_or_error(bytes(data))


@given(name=st.sampled_from(sorted(FILES)), length=st.integers(0, 600))
def test_files_cut_anywhere_are_a_source_or_a_source_error(name: str, length: int) -> None:
    assert_source_or_error(FILES[name][:length])


@given(name=st.sampled_from(sorted(FILES)), start=st.integers(8, 300), inserted=st.binary(min_size=1, max_size=40))
def test_files_with_bytes_inserted_are_a_source_or_a_source_error(name: str, start: int, inserted: bytes) -> None:
    assert_source_or_error(FILES[name][:start] + inserted + FILES[name][start:])


def assert_source_or_error(data: bytes) -> None:
    """Any other error than `SourceError`, and any warning, fails the test."""
    with contextlib.suppress(SourceError):
        check_header(read_source("a.jpg", data).header)


def check_header(header: Header) -> None:
    assert 1 <= header.orientation <= 8
    assert header.frames >= 1
    assert header.size_wh is None or all(isinstance(side, int) for side in header.size_wh)
    assert header.quality_estimate is None or 1 <= header.quality_estimate <= 100


def test_a_header_takes_no_memory_beside_the_file() -> None:
    """A 65,500 x 65,500 picture would take 12.9 GB."""
    data = bytearray(FILES["JPEG"])
    frame = data.index(b"\xff\xc2")
    data[frame + 5 : frame + 9] = (65_500).to_bytes(2) * 2
    huge = Limits(width_px=65_500, height_px=65_500, pixels=65_500**2, image_bytes=10**11)
    tracemalloc.start()
    with pytest.raises(TooLargeError, match="a width of 65,500 pixels"):
        read_source("huge.jpg", bytes(data))
    with pytest.raises(SourceError, match="bytes cannot hold the 65500x65500 pixels of its header"):
        read_source("huge.jpg", bytes(data), huge)
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak_bytes < 2**20


def test_nothing_is_decoded() -> None:
    """A picture whose pixels are all missing still has its header."""
    data = FILES["JPEG"]
    scan = data.index(b"\xff\xda")
    header = read_source("no pixels.jpg", data[:scan]).header
    assert (header.size_wh, header.truncated) == ((67, 45), True)
    assert sys.getsizeof(header) < 1000
