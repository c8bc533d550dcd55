"""What a file, a picture, a target or a text may take at most: checked before anything is decoded or allocated.

One value is in force in a process: the defaults, until `put_in_force` is called (by the server from its configuration,
by a worker with what its server has). The checks are functions that take the limits, so that an audit has its own.
"""

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any, Final

from .errors import RecipeError, SettingsError, TooLargeError
from .header import Header

_BYTES_PER_VALUE = 4  # float32; what has more bits becomes that


def _limit(default: float, purpose: str) -> Any:  # noqa: ANN401 - what `field` gives stands for the field's own type
    return field(default=default, metadata={"purpose": purpose})


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Each limit with its unit in its name; what it is for stands in its field's metadata, under "purpose"."""

    file_bytes: int = _limit(1_000_000_000, "A picture's file.")
    width_px: int = _limit(32_768, "A picture's width, as its header has it.")
    height_px: int = _limit(32_768, "A picture's height, as its header has it.")
    pixels: int = _limit(200_000_000, "A picture's width times its height.")
    frames: int = _limit(1_000, "Pictures in one file.")
    animation_pixels: int = _limit(500_000_000, "Pixels of all frames of an animation: some decoders hold them all.")
    scans: int = _limit(100, "Passes over a progressive JPEG: each takes a decoder's time for the whole picture.")
    image_bytes: int = _limit(2_400_000_000, "An image after a stage, and what a resize holds between its two axes.")
    target_side_px: int = _limit(32_768, "A side of what a resize or a padding makes.")
    target_pixels: int = _limit(200_000_000, "Width times height of what a resize or a padding makes.")
    array_values: int = _limit(200_000_000, "Numbers in an array from elsewhere: 64 megapixels, 800 MB of float32.")
    model_bytes: int = _limit(1_000_000_000, "A model's file.")
    recipe_characters: int = _limit(4_096, "A recipe's text.")
    recipe_stages: int = _limit(32, "A recipe's stages.")
    toml_bytes: int = _limit(1_000_000, "A file of presets or settings.")
    picture_s: float = _limit(60.0, "Seconds in which an audit has to be done with a picture.")

    def __post_init__(self) -> None:
        for each in fields(self):
            value: Any = getattr(self, each.name)
            is_number = isinstance(value, _types(each)) and not isinstance(value, bool)
            if not (is_number and value > 0):
                raise SettingsError(f"The limit {each.name} cannot be {value!r}.", "Give a number above 0.")


def _types(limit: Field[Any]) -> type | tuple[type, ...]:
    return (int, float) if limit.type is float else int


DEFAULTS: Final = Limits()


def limits_from(values: Mapping[str, Any]) -> Limits:
    """The limits with `values` by their names, the others at their defaults; raises `SettingsError`."""
    known = [each.name for each in fields(Limits)]
    unknown = sorted(values.keys() - set(known))
    if unknown:
        raise SettingsError(f"There is no limit {', '.join(unknown)}.", f"There are {', '.join(known)}.")
    return Limits(**values)


class _InForce:
    """The process's one current value."""

    limits = DEFAULTS


def limits() -> Limits:
    """The limits that are in force in this process."""
    return _InForce.limits


def put_in_force(new: Limits) -> Limits:
    """Makes `new` the limits of this process, for all its threads, and gives those that were in force before."""
    before, _InForce.limits = _InForce.limits, new
    return before


def check_file(name: str, size_bytes: int, most: Limits) -> None:
    """Raises `TooLargeError` where a picture's file of `size_bytes` is too large."""
    if size_bytes > most.file_bytes:
        raise _too_large(name, f"{size_bytes / 1e6:,.1f} MB", f"{most.file_bytes / 1e6:,g}", "file_bytes")


def check_header(name: str, header: Header, most: Limits) -> None:
    """Raises `TooLargeError` where what a header says, or a decoder may take from it, is beyond a limit."""
    width, height = header.largest_wh
    if width > most.width_px:
        raise _too_large(name, f"a width of {width:,} pixels", f"{most.width_px:,}", "width_px")
    if height > most.height_px:
        raise _too_large(name, f"a height of {height:,} pixels", f"{most.height_px:,}", "height_px")
    if width * height > most.pixels:
        megapixels = f"{width * height / 1e6:,.1f} megapixels ({width}x{height})"
        raise _too_large(name, megapixels, f"{most.pixels / 1e6:,g}", "pixels")
    if header.frames > most.frames:
        raise _too_large(name, f"{header.frames:,} frames", f"{most.frames:,}", "frames")
    if header.animated and header.frames * width * height > most.animation_pixels:
        total = f"{header.frames * width * height / 1e6:,.1f} megapixels in {header.frames:,} frames"
        raise _too_large(name, total, f"{most.animation_pixels / 1e6:,g}", "animation_pixels")
    if header.scans > most.scans:
        raise _too_large(name, f"{header.scans:,} scans", f"{most.scans:,}", "scans")
    _check_bytes(name, header, (width, height), most)


def _check_bytes(name: str, header: Header, size_wh: tuple[int, int], most: Limits) -> None:
    width, height = size_wh
    value_bytes = 1 if (header.bit_depth or 8) <= 8 else _BYTES_PER_VALUE
    needed = width * height * header.channels * value_bytes
    if needed > most.image_bytes:
        size = f"{width}x{height} with {header.channels} channels of {header.bit_depth} bits"
        raise _too_large(
            name, f"{needed / 1e6:,.0f} MB once decoded ({size})", f"{most.image_bytes / 1e6:,g}", "image_bytes"
        )


def _too_large(name: str, found: str, limit: str, key: str) -> TooLargeError:
    return TooLargeError(
        f"{name} has {found}, the limit is {limit}.", f"Give a smaller picture, or raise the limit {key}."
    )


def check_target(
    size: object, source_wh: tuple[int, int], target_wh: tuple[int, int], channels: int, most: Limits
) -> None:
    """Raises `RecipeError` where `size`, as its text names it, makes too much of a picture of `source_wh`.

    A resize works on one axis first, so that it holds the one side of the source with the other of the target between;
    which of the two, the library chooses.
    """
    (width, height), (source_width, source_height) = target_wh, source_wh
    if max(target_wh) > most.target_side_px:
        raise _target_refused(size, source_wh, target_wh, f"A side may have at most {most.target_side_px:,} pixels.")
    if width * height > most.target_pixels:
        raise _target_refused(size, source_wh, target_wh, f"A resize may make at most {most.target_pixels:,} pixels.")
    between = max(width * source_height, height * source_width, width * height) * channels * _BYTES_PER_VALUE
    if between > most.image_bytes:
        raise _target_refused(
            size,
            source_wh,
            target_wh,
            f"At most {most.image_bytes / 1e6:,.0f} MB are allowed: choose a smaller size.",
            on_the_way=f", on the way to which it takes {between / 1e6:,.0f} MB",
        )


def _target_refused(
    size: object, source_wh: tuple[int, int], target_wh: tuple[int, int], remedy: str, on_the_way: str = ""
) -> RecipeError:
    source, target = (f"{width}x{height}" for width, height in (source_wh, target_wh))
    return RecipeError(f"{size} makes this {source} picture {target} pixels large{on_the_way}.", remedy)
