"""What bytes look like, from how they begin."""

_ISO_BRANDS = {
    b"avif": "AVIF",
    b"avis": "AVIF",
    b"heic": "HEIC",
    b"heix": "HEIC",
    b"heim": "HEIC",
    b"heis": "HEIC",
    b"hevc": "HEIC",
    b"hevx": "HEIC",
}
_SIGNATURES = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "JPEG XL"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"qoif", "QOI"),
    *((b"P%d" % digit + space, "PNM") for digit in range(1, 7) for space in (b"\n", b" ", b"\r", b"\t")),
)
# Some library reads these too, but nothing here reads their headers first, so that none of them is handed on.
_OTHER_PICTURES = (
    (b"8BPS", "a Photoshop document"),
    (b"\0\0\1\0", "an icon (.ico)"),
    (b"\0\0\2\0", "a cursor (.cur)"),
    (b"icns", "an icon (.icns)"),
    (b"v/1\1", "an OpenEXR picture"),
    (b"#?RADIANCE", "a Radiance picture (.hdr)"),
    (b"#?RGBE", "a Radiance picture (.hdr)"),
    (b"PF\n", "a portable float map"),
    (b"Pf\n", "a portable float map"),
    (b"P7\n", "a portable arbitrary map"),
    (b"Y\xa6j\x95", "a Sun raster picture"),
    (b"\1\xda", "an SGI picture"),
    (b"DDS ", "a DirectDraw surface"),
    (b"SIMPLE  =", "a FITS picture"),
    (b"%!PS", "a PostScript document"),
    (b"\xd7\xcd\xc6\x9a", "a Windows metafile"),
    (b"II\xbc\1", "a JPEG XR picture"),
    (b"IIRO", "a camera's raw picture"),
    (b"IIU\0", "a camera's raw picture"),
    (b"FUJIFILM", "a camera's raw picture"),
    (b"\x0a\5\1\x08", "a PCX picture"),
)
_OTHER_KINDS = (
    (b"%PDF", "a PDF document"),
    (b"PK\3\4", "a ZIP archive"),
    (b"PK\5\6", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x93NUMPY", "a numpy array (.npy)"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM video"),
    (b"OggS", "an Ogg sound or video"),
    (b"ID3", "an MP3 sound"),
    (b"RIFF", "a RIFF file (a sound or a video)"),
    (b"version https://git-lfs", "a Git LFS pointer instead of the file"),
)
_MARKUP = ((b"<svg", "an SVG drawing"), (b"<!doctype html", "an HTML page"), (b"<html", "an HTML page"))


def picture_format(data: bytes) -> str | None:
    """The format whose signature `data` begins with, or None."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    if data[4:8] == b"ftyp":
        return _iso_format(data)
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return name
    return None


def _iso_format(data: bytes) -> str | None:
    """By the major brand, or for the generic "mif1" and "msf1" by a compatible one (ISO/IEC 23008-12, annex B)."""
    brands = [data[offset : offset + 4] for offset in (8, *range(16, min(int.from_bytes(data[:4]), 256), 4))]
    return next((_ISO_BRANDS[brand] for brand in brands if brand in _ISO_BRANDS), None)


def unread_picture(data: bytes) -> str | None:
    """In words, the kind of picture that `data` is where nothing here reads it, or None."""
    if data[128:132] == b"DICM":
        return "a DICOM picture"
    return next((kind for signature, kind in _OTHER_PICTURES if data.startswith(signature)), None)


def appearance(data: bytes) -> str:
    """In words, what `data` looks like where it is no picture, for instance "empty", "text" or "an HTML page"."""
    if not data:
        return "empty"
    if not data.strip(b"\0"):
        return f"{len(data)} zero bytes"
    head = data[:2048]
    if kind := next((kind for signature, kind in _OTHER_KINDS if head.startswith(signature)), None):
        return kind
    if head[4:8] == b"ftyp":
        return "an MP4 video or a relative of it"
    if kind := next((kind for tag, kind in _MARKUP if tag in head.lower()), None):
        return kind
    return "text" if _is_text(head) else "data of an unknown kind"


def _is_text(head: bytes) -> bool:
    """Whether `head` is UTF-8, perhaps cut inside its last character, without control characters."""
    text = head.decode("utf-8", errors="replace").rstrip("�")
    return bool(text) and "�" not in text and all(character.isprintable() or character.isspace() for character in text)
