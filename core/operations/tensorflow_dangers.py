"""Files that end TensorFlow's process, keep it for ever or fill its memory: refused before it sees them.

Each was met with TensorFlow 2.21.0, most by tests/fuzz. A server has worker processes besides.
"""

from ..errors import StageError
from ..formats.gif import read_gif
from ..formats.signature import picture_format
from ..formats.webp import read_webp
from ..header import HeaderError
from ..limits import limits
from .declaration import Value

_ANIMATIONS = {"GIF": read_gif, "WebP": read_webp}
_BEGINNINGS = (b"GIF8", b"RIFF")


def refuse_what_crashes(data: bytes, channels: Value) -> None:
    """Raises `StageError` for an animated WebP without alpha: TensorFlow 2.21 writes RGBA into RGB's memory, and dies.

    With `channels=3` it refuses by itself. The flags are those of
    https://developers.google.com/speed/webp/docs/riff_container#extended_file_format.
    """
    is_extended_webp = data[:4] == b"RIFF" and data[8:16] == b"WEBPVP8X" and len(data) > 20
    if channels == 0 and is_extended_webp and data[20] & 0x02 and not data[20] & 0x10:
        raise StageError(
            "This is an animated WebP without an alpha channel, at which TensorFlow crashes.",
            "Decode it with opencv.imdecode or pillow.open.",
        )


def refuse_large_batch(data: bytes) -> None:
    """Raises `StageError` for an animation whose frames together are beyond what one picture may have.

    TensorFlow would hold them all, only to be told that they are not one picture.
    """
    if not data.startswith(_BEGINNINGS):
        return  # nearly all files, without a look at the other signatures
    try:
        header = _ANIMATIONS[picture_format(data) or ""](data)
    except (KeyError, HeaderError):
        return
    width, height = header.largest_wh
    if header.frames * width * height > limits().pixels:
        raise StageError(
            f"TensorFlow would give a batch of {header.frames} frames of {width}x{height}, not one picture.",
            "Use tensorflow.decode_image(expand_animations=false), which gives the first frame.",
        )


def refuse_what_hangs(data: bytes, try_recover_truncated: Value) -> None:
    """Raises `StageError` for a JPEG that ends in the middle of a marker: recovering it, TensorFlow reads on for ever.

    Inside a baseline scan it comes to an end all the same, but nothing short of decoding tells where a scan ends.
    """
    if try_recover_truncated and data.endswith(b"\xff"):
        raise StageError(
            "The JPEG ends in the middle of a marker, which TensorFlow cannot recover: it may read on for ever.",
            "Set try_recover_truncated=false, or take the last byte off the file.",
        )
