import pytest

from core.consequences import consequences
from core.header import Color, Header

JPEG = Header(
    format="JPEG",
    media_type="image/jpeg",
    size_wh=(640, 427),
    color="YCbCr",
    bit_depth=8,
    subsampling="4:2:0",
    quality_estimate=90,
    lossless=False,
    truncated=False,
)
GREY_JPEG = JPEG._replace(color="grey", subsampling=None)
PNG = Header(format="PNG", media_type="image/png", size_wh=(8, 8), color="RGB", bit_depth=8, lossless=True)
WEBP = Header(format="WebP", media_type="image/webp", size_wh=(8, 8), color="YCbCr", bit_depth=8)
GIF = Header(format="GIF", media_type="image/gif", size_wh=(8, 8), color="palette", bit_depth=8)
TIFF = Header(format="TIFF", media_type="image/tiff", size_wh=(8, 8), color="RGB", bit_depth=8)
BMP = Header(format="BMP", media_type="image/bmp", size_wh=(8, 8), color="RGB", bit_depth=8)


def facts(header: Header) -> list[tuple[str, str, str]]:
    return [(each.effect, each.fact, each.option) for each in consequences(header)]


def words(header: Header, fact: str) -> str:
    return " ".join(each.text for each in consequences(header) if each.fact == fact)


def test_a_usual_jpeg() -> None:
    assert facts(JPEG) == [("differs", "JPEG", "dct_method"), ("differs", "4:2:0", "fancy_upscaling")]


@pytest.mark.parametrize(
    ("subsampling", "effect"),
    [("4:2:0", "differs"), ("4:2:2", "differs"), ("4:4:0", "differs"), ("4:4:4", "agrees"), ("4:1:1", "agrees")],
)
def test_where_fancy_upscaling_matters(subsampling: str, effect: str) -> None:
    assert (effect, subsampling, "fancy_upscaling") in facts(JPEG._replace(subsampling=subsampling))


def test_nothing_is_said_of_sampling_factors_that_were_not_measured() -> None:
    assert "fancy_upscaling" not in {option for _, _, option in facts(JPEG._replace(subsampling="2x2, 2x1, 1x1"))}


@pytest.mark.parametrize("color", ["grey", "RGB"])
def test_without_subsampled_colour_fancy_upscaling_cannot_matter(color: Color) -> None:
    header = GREY_JPEG._replace(color=color)
    assert ("agrees", color, "fancy_upscaling") in facts(header)


@pytest.mark.parametrize(("quality", "is_said"), [(None, False), (94, False), (95, True), (100, True)])
def test_high_qualities_are_warned_of(quality: int | None, is_said: bool) -> None:
    assert (f"quality ≈ {quality}" in str(facts(JPEG._replace(quality_estimate=quality)))) == is_said


def test_processes_of_jpeg() -> None:
    assert ("agrees", "progressive", "") in facts(JPEG._replace(progressive=True))
    assert facts(JPEG._replace(bit_depth=12))[0] == ("fails", "12 bit", "")
    assert facts(JPEG._replace(lossless=True, color="RGB", subsampling=None)) == [("fails", "lossless JPEG", "")]
    assert facts(JPEG._replace(color="CMYK", subsampling=None))[0] == ("differs", "CMYK", "")


def test_grey_has_one_channel_in_tensorflow() -> None:
    assert "tensorflow.decode_jpeg and pillow.open give 1 channel where OpenCV gives 3" in words(GREY_JPEG, "grey")
    assert "tensorflow.decode_image and pillow.open" in words(PNG._replace(color="grey"), "grey")
    assert words(TIFF._replace(color="grey"), "grey") == ""


def test_a_quarter_turn_names_both_sizes() -> None:
    text = words(JPEG._replace(orientation=6), "orientation 6")
    assert "OpenCV turns it from 640x427 to 427x640, unless IMREAD_IGNORE_ORIENTATION" in text
    assert "TensorFlow does not" in text


def test_a_half_turn_names_none() -> None:
    assert "upside down: OpenCV turns it, unless" in words(JPEG._replace(orientation=3), "orientation 3")


def test_orientation_differs_by_format() -> None:
    assert ("agrees", "orientation 6", "") in facts(TIFF._replace(orientation=6))
    avif = Header(format="AVIF", media_type="image/avif", size_wh=(8, 8), orientation=6)
    assert "OpenCV does not turn an AVIF" in words(avif, "orientation 6")
    assert "orientation" not in str(facts(GIF._replace(orientation=6)))


def test_png() -> None:
    assert facts(PNG) == [("agrees", "PNG", "dct_method")]
    assert facts(PNG._replace(bit_depth=16)) == [("differs", "16 bit", "IMREAD_ANYDEPTH")]
    assert "white" in words(PNG._replace(bit_depth=16, color="grey"), "16-bit grey")
    assert "not blended" in words(PNG._replace(alpha=True), "alpha")
    assert "NEAREST" in words(PNG._replace(color="palette"), "palette")


def test_bmp() -> None:
    assert facts(BMP) == [("agrees", "BMP", "dct_method")]
    assert ("differs", "palette", "") in facts(BMP._replace(color="palette"))
    assert ("differs", "palette", "") in facts(BMP._replace(color="grey", bit_depth=1))


def test_webp() -> None:
    assert facts(WEBP) == [("differs", "WebP", "expand_animations"), ("agrees", "WebP", "")]
    assert ("differs", "alpha", "channels") in facts(WEBP._replace(alpha=True))
    assert facts(WEBP._replace(animated=True))[0] == ("fails", "animated", "")
    assert "fails" not in str(facts(WEBP._replace(animated=True, alpha=True)))


def test_gif() -> None:
    assert ("differs", "GIF", "expand_animations") in facts(GIF)
    assert "first of 7 pictures" in words(GIF._replace(frames=7), "7 frames")
    assert "black in TensorFlow" in words(GIF._replace(alpha=True), "alpha")


def test_tiff() -> None:
    assert facts(TIFF) == [("fails", "TIFF", "")]
    assert "multiplies" in words(TIFF._replace(alpha=True), "alpha")
    assert "rounds" in words(TIFF._replace(bit_depth=16), "16 bit")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("AVIF", "TensorFlow cannot read AVIF."),
        ("JPEG 2000", "TensorFlow cannot read JPEG 2000."),
        ("JPEG XL", "Only tensorflow.decode_image reads JPEG XL."),
        ("QOI", "Only Pillow reads QOI."),
        ("HEIC", "None of the libraries here reads HEIC: convert it to JPEG or PNG."),
    ],
)
def test_who_reads_what(name: str, text: str) -> None:
    first = consequences(Header(format=name, media_type="", size_wh=(8, 8)))[0]
    assert (first.effect, first.text) == ("fails", text)


def test_profiles_are_nobodys_business() -> None:
    assert ("agrees", "ICC profile (Display P3)", "") in facts(JPEG._replace(icc_profile="Display P3"))


def test_truncated_files() -> None:
    assert facts(JPEG._replace(truncated=True))[0] == ("fails", "truncated", "acceptable_fraction")
    assert "all three refuse a PNG" in words(PNG._replace(truncated=True), "truncated")


@pytest.mark.parametrize(
    ("size_wh", "effect"),
    [((9000, 9000), None), ((10_000, 9000), "agrees"), ((14_000, 12_000), "agrees"), ((15_000, 12_000), "fails")],
)
def test_pillows_limits(size_wh: tuple[int, int], effect: str | None) -> None:
    found = [each.effect for each in consequences(PNG._replace(size_wh=size_wh)) if "million" in each.fact]
    assert found == ([effect] if effect else [])


def test_an_unknown_size_says_nothing_of_size() -> None:
    assert facts(PNG._replace(size_wh=None)) == facts(PNG)
    assert "turns it, unless" in words(JPEG._replace(size_wh=None, orientation=6), "orientation 6")


def test_failures_come_first_and_agreements_last() -> None:
    header = JPEG._replace(truncated=True, progressive=True, orientation=6)
    effects = [each.effect for each in consequences(header)]
    assert effects == sorted(effects, key=["fails", "differs", "agrees"].index)


@pytest.mark.parametrize("header", [JPEG, GREY_JPEG, PNG, WEBP, GIF, TIFF, BMP])
def test_each_is_a_sentence_about_libraries_of_the_catalogue(header: Header) -> None:
    for each in consequences(header._replace(alpha=True, orientation=6, truncated=True, icc_profile="x", frames=2)):
        assert each.text.endswith(".")
        assert {name.partition(".")[0] for name in each.concerns} <= {"opencv", "tensorflow", "pillow"}
