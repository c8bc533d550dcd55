"""What the header of a picture's file says, before anything is decoded."""

from typing import Literal, NamedTuple, TypeAlias

Color: TypeAlias = Literal["YCbCr", "RGB", "grey", "palette", "CMYK", "YCCK", "unknown"]

SIDES_SWAPPED_FROM = 5  # EXIF orientations 5 to 8 turn the picture by a quarter


class HeaderError(ValueError):
    """The bytes begin like a format but their header is broken or incomplete; the text says where."""


class Header(NamedTuple):
    """The facts in a file's header. What a format cannot say, or does not say in its header, is None.

    A tuple, as a frozen dataclass of so many fields takes five times as long to make.

    Attributes:
        format: "JPEG", "PNG", "GIF", "BMP", "WebP", "TIFF", "AVIF", "HEIC", "JPEG XL", "JPEG 2000", …
        media_type: "image/jpeg" and so on.
        size_wh: width and height in pixels as they are stored, before the orientation is applied.
        color: how colours are stored; "palette" for indices into a table.
        bit_depth: bits a channel, or an index of a palette, takes.
        alpha: whether there is transparency of any kind.
        frames: pictures in the file.
        animated: whether they are stored as an animation, even where it has one frame only.
        subsampling: a YCbCr JPEG's chroma subsampling, "4:2:0" and so on, or its sampling factors, "2x2, 1x2, 1x1".
        quality_estimate: a JPEG's quality on libjpeg's scale, 1 to 100, where its tables are those of libjpeg.
        progressive: whether it is a progressive JPEG.
        orientation: the orientation to be applied for display, 1 to 8 as in EXIF (CIPA DC-008, tag 0x0112).
        icc_profile: the description of the ICC profile.
        lossless: whether the pixels that were stored come back exactly.
        truncated: whether the end of the file is missing.
        claimed_wh: the largest sides that any part of the file claims: its frames, its tiles, a second header.
        samples: stored numbers a pixel, where a format may have more than its colours need.
        scans: passes over the whole picture in which a JPEG is stored.
        least_bytes: the size below which no file of the format holds so many pixels, even if half of it is missing.
    """

    format: str
    media_type: str
    size_wh: tuple[int, int] | None
    color: Color = "unknown"
    bit_depth: int | None = None
    alpha: bool = False
    frames: int = 1
    animated: bool = False
    subsampling: str | None = None
    quality_estimate: int | None = None
    progressive: bool = False
    orientation: int = 1
    icc_profile: str | None = None
    lossless: bool | None = None
    truncated: bool | None = None
    claimed_wh: tuple[int, int] = (0, 0)
    samples: int = 0
    scans: int = 1
    least_bytes: int = 0

    @property
    def largest_wh(self) -> tuple[int, int]:
        """The width and height for which a decoder may take memory."""
        width, height = self.size_wh or (0, 0)
        return max(width, self.claimed_wh[0]), max(height, self.claimed_wh[1])

    @property
    def channels(self) -> int:
        """The most numbers that a decoder makes of a pixel; of grey it may make RGB."""
        needed = 4 if self.color in ("CMYK", "YCCK", "unknown") else 3
        return max(needed + self.alpha, self.samples)

    @property
    def oriented_size_wh(self) -> tuple[int, int] | None:
        """Width and height once the orientation is applied."""
        if self.size_wh is None or self.orientation < SIDES_SWAPPED_FROM:
            return self.size_wh
        return self.size_wh[1], self.size_wh[0]

    @property
    def summary(self) -> tuple[str, ...]:
        """The facts in a few words each, the most telling first: "JPEG 640x427", "YCbCr", "4:2:0" and so on."""
        size = "x".join(map(str, self.size_wh)) if self.size_wh else "of unknown size"
        facts = (
            (f"{self.format} {size}", True),
            (self.color, self.color != "unknown"),
            (self.subsampling, self.subsampling),
            (f"quality ≈ {self.quality_estimate}", self.quality_estimate),
            ("progressive", self.progressive),
            (f"{self.bit_depth} bit", self.bit_depth),
            ("alpha", self.alpha),
            (f"{self.frames} frames", self.frames > 1),
            (f"orientation {self.orientation}", True),
            (f"ICC: {self.icc_profile}" if self.icc_profile else "no ICC profile", True),
            ("truncated", self.truncated),
        )
        return tuple(text for text, is_said in facts if text and is_said)
