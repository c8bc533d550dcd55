"""Real files of every kind that is read, small, made on the spot: what the mutations begin with."""

import io
import zipfile
from functools import cache
from importlib.resources import files
from typing import Any

import cv2
import numpy as np
from PIL import ImageCms

from core.presets import presets
from tests.core.encoded import animation, by_opencv, by_pillow, exif, picture, rgb
from tests.core.models.making import channel_means, channel_shares

SAMPLE_BYTES = 60_000
"""Larger built-in samples are left out: they would take most of the time."""

Files = dict[str, bytes]


@cache
def picture_files() -> Files:
    """Of each format: its kinds of pixels, its compressions, metadata and animations."""
    return {**_jpegs(), **_pngs(), **_by_format(), **_tiffs(), **_by_opencv(), **_samples()}


def _jpegs() -> Files:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    variants: dict[str, tuple[str, dict[str, Any]]] = {
        "444": ("RGB", {"subsampling": 0, "quality": 95}),
        "420": ("RGB", {"subsampling": 2, "exif": exif(6), "icc_profile": profile}),
        "progressive": ("RGB", {"progressive": True}),
        "restarts": ("RGB", {"restart_marker_blocks": 3}),
        "grey": ("L", {}),
        "cmyk": ("CMYK", {}),
        "progressive grey": ("L", {"progressive": True, "quality": 30}),
    }
    made = {f"jpeg {name}": by_pillow(picture(mode), "JPEG", **options) for name, (mode, options) in variants.items()}
    several = by_pillow(picture(), "MPO", save_all=True, append_images=[picture()])
    return {**made, "jpeg of several pictures": several}


def _pngs() -> Files:
    modes = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")
    made = {f"png {mode}": by_pillow(picture(mode), "PNG", exif=exif(3)) for mode in modes}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    return {
        **made,
        "png with a profile": by_pillow(picture(), "PNG", icc_profile=profile),
        "png animated": animation("PNG"),
        "png animated with alpha": animation("PNG", mode="RGBA", disposal=1, blend=1),
    }


def _by_format() -> Files:
    made = {
        f"{name} {mode}": by_pillow(picture(mode), name)
        for name, modes in {
            "GIF": ("P", "L", "RGB"),
            "WEBP": ("RGB", "RGBA"),
            "BMP": ("1", "L", "P", "RGB", "RGBA"),
            "AVIF": ("RGB", "RGBA", "L"),
            "JPEG2000": ("RGB", "RGBA", "L", "LA"),
            "PPM": ("1", "L", "RGB", "I;16"),
            "QOI": ("RGB", "RGBA"),
        }.items()
        for mode in modes
    }
    return {
        **made,
        "GIF animated": animation("GIF", transparency=0),
        "WEBP lossless": by_pillow(picture("RGBA"), "WEBP", lossless=True, exif=exif(8)),
        "WEBP animated": animation("WEBP"),
        "WEBP animated with alpha": animation("WEBP", mode="RGBA"),
        "AVIF sequence": animation("AVIF"),
        "JPEG2000 bare": by_pillow(picture(), "JPEG2000", no_jp2=True, tile_size=(32, 32)),
        "JPEG XL bare": bytes.fromhex("ff0a5006588248080401"),
    }


def _tiffs() -> Files:
    compressions = ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg")
    made = {f"tiff {each}": by_pillow(picture(), "TIFF", compression=each) for each in compressions}
    modes = {f"tiff {mode}": by_pillow(picture(mode), "TIFF") for mode in ("1", "P", "LA", "CMYK", "I;16", "F")}
    return {
        **made,
        **modes,
        "tiff of faxes": by_pillow(picture("1"), "TIFF", compression="group4"),
        "tiff of pages": by_pillow(picture(), "TIFF", save_all=True, append_images=[picture("L")] * 2),
        "tiff big": by_pillow(picture("RGBA"), "TIFF", big_tiff=True),
        "tiff of floats": by_opencv(".tiff", rgb().astype(np.float32)),
        "tiff of 16 bits": by_opencv(".tiff", rgb().astype(np.uint16) * 257),
    }


def _by_opencv() -> Files:
    alpha = np.dstack([rgb(), rgb()[..., :1]])
    return {
        "opencv bmp": by_opencv(".bmp", alpha),
        "opencv png": by_opencv(".png", rgb().astype(np.uint16) * 257),
        "opencv gif": by_opencv(".gif", rgb()),
        "opencv webp": by_opencv(".webp", alpha, cv2.IMWRITE_WEBP_QUALITY, 101),
        "opencv avif": by_opencv(".avif", rgb(), cv2.IMWRITE_AVIF_QUALITY, 60),
        "opencv jp2": by_opencv(".jp2", rgb()[..., 0].astype(np.uint16) * 257),
        "opencv pgm": by_opencv(".pgm", rgb()[..., 0]),
        "opencv plain ppm": by_opencv(".ppm", rgb()[:9, :9], cv2.IMWRITE_PXM_BINARY, 0),
    }


def _samples() -> Files:
    folder = files("core.samples")
    found = {each.name: each.read_bytes() for each in folder.iterdir() if each.name.endswith((".jpg", ".png"))}
    return {name: data for name, data in sorted(found.items()) if len(data) <= SAMPLE_BYTES}


@cache
def array_files() -> Files:
    """Arrays as numpy writes them, and lossless pictures."""
    arrays = {"bytes": rgb(), "floats": rgb().astype("f4"), "wide": rgb()[..., 0].astype(">u2"), "none": np.zeros(())}
    made = {}
    for name, array in arrays.items():
        stream = io.BytesIO()
        np.save(stream, array)
        made[f"npy {name}"] = stream.getvalue()
    for name, save in (("npz", np.savez), ("npz deflated", np.savez_compressed)):
        stream = io.BytesIO()
        save(stream, a=arrays["bytes"])
        made[name] = stream.getvalue()
    chosen = ("png RGB", "png I;16", "tiff raw", "tiff tiff_lzw", "BMP RGB", "jpeg 420")
    return made | {name: picture_files()[name] for name in chosen}


@cache
def model_files() -> Files:
    """Models that are opened without TensorFlow, and the beginning of others."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("config.json", '{"class_name": "Functional", "config": {"layers": []}}')
    return {
        "means.onnx": channel_means(),
        "shares.onnx": channel_shares(),
        "layers.keras": stream.getvalue(),
        "pickle.pt": b"\x80\4\x95\0\0",
        "means.tflite": b"\x1c\0\0\0TFL3" + bytes(64),
    }


@cache
def texts() -> dict[str, str]:
    """Recipes as they are written."""
    extra = {
        "long": " | ".join(["opencv.imdecode", *["channels.swap"] * 20]),
        "numbers": "pillow.open | normalize.affine(scale=1e30, offset=-0.5)",
    }
    return {name: str(each.recipe) for name, each in presets().items()} | extra


@cache
def toml_files() -> Files:
    """Presets, and the settings of a gate."""
    own = '[mine]\nrecipe = "opencv.imdecode | opencv.resize(INTER_AREA, 8x8)"\nused_by = "me"\n'
    gate = 'files = ["*.jpg"]\na = "opencv"\nb = "pillow"\nlimits = ["max_abs <= 1"]\n[checks.one]\nb = "tensorflow"\n'
    return {"presets": own.encode(), "gate": gate.encode()}
