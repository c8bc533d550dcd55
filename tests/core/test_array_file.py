import io
import zipfile
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from core.array_file import is_raw, parse_shape, read_array
from core.errors import ArrayError
from tests.core import encoded
from tests.core.limiting import limited


def npy(values: npt.NDArray[Any], **options: Any) -> bytes:
    stream = io.BytesIO()
    np.save(stream, values, **options)
    return stream.getvalue()


def npz(**arrays: npt.NDArray[Any]) -> bytes:
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)  # type: ignore[arg-type]
    return stream.getvalue()


def numbers(dtype: str) -> npt.NDArray[Any]:
    return np.arange(24).reshape(2, 4, 3).astype(dtype)


@pytest.mark.parametrize("dtype", ["u1", "i1", "<f2", ">f4", "<f8", ">u2", "i8"])
def test_npy_of_every_number(dtype: str) -> None:
    read = read_array("a.npy", npy(numbers(dtype)))
    np.testing.assert_array_equal(read, numbers(dtype))
    assert read.dtype == np.dtype(dtype).newbyteorder("=")


def test_fortran_order_is_put_right() -> None:
    np.testing.assert_array_equal(read_array("a", npy(np.asfortranarray(numbers("f4")))), numbers("f4"))


def test_npz_with_one_array_or_a_key() -> None:
    np.testing.assert_array_equal(read_array("a.npz", npz(image=numbers("u1"))), numbers("u1"))
    two = npz(image=numbers("u1"), other=numbers("f4"))
    np.testing.assert_array_equal(read_array("a.npz", two, key="other"), numbers("f4"))


def test_raw_values_need_shape_and_dtype() -> None:
    data = numbers("<f4").tobytes()
    np.testing.assert_array_equal(read_array("a.raw", data, shape=(2, 4, 3), dtype="float32"), numbers("f4"))


@pytest.mark.parametrize(
    ("extension", "array"),
    [
        (".png", encoded.rgb()),
        (".png", encoded.rgb()[:, :, 0]),
        (".png", np.dstack([encoded.rgb(), encoded.rgb()[:, :, :1]])),
        (".tiff", encoded.rgb()),
        (".tiff", encoded.rgb().astype(np.float32) / 255),
    ],
)
def test_pictures_come_through_the_adapters_in_rgb_order(extension: str, array: npt.NDArray[Any]) -> None:
    read = read_array("a", encoded.by_opencv(extension, array))
    np.testing.assert_array_equal(read, array.reshape(*array.shape[:2], -1))


def test_shapes_are_written_with_commas_or_crosses() -> None:
    assert parse_shape("224,224,3") == parse_shape("224x224X3") == (224, 224, 3)
    for text in ("", "a", "3,", "0,4", "-1,4"):
        with pytest.raises(ArrayError, match="is not a shape"):
            parse_shape(text)


OBJECTS = npy(np.array([{"a": 1}], dtype=object), allow_pickle=True)
CUT = npy(numbers("f4"))[:-5]
DAMAGED = npy(numbers("f4")).replace(b"descr", b"dxscr")
TWO = npz(a=numbers("u1"), b=numbers("u1"))


ONE = npz(a=numbers("f4"))
FLIPPED = ONE[:55] + b"\xff" + ONE[56:]  # the first of the deflated bytes: zlib.error
OFFSET = ONE[:-6] + b"\xff\xff\xff\x0f" + ONE[-2:]  # where the list of members begins: ValueError
NEGATIVE = npy(numbers("f4")).replace(b"(2, 4, 3)", b"(-2,4, 3)")
LEADING_ZERO = npy(numbers("f4")).replace(b"(2, 4, 3)", b"(2, 04,3)")
BYTES_KEY = npy(numbers("f4")).replace(b" 'shape'", b"b'shape'")


@pytest.mark.parametrize(
    ("data", "options", "words"),
    [
        (FLIPPED, {}, "begins like .npz, but cannot be read"),
        (OFFSET, {}, "begins like .npz, but cannot be read"),
        (NEGATIVE, {}, "its header is damaged: an axis has the length -2"),
        (LEADING_ZERO, {}, "its header is damaged"),
        (BYTES_KEY, {}, "its header is damaged"),
        (b"", {}, "a is empty"),
        (
            b"hello",
            {},
            "a cannot be read: it is neither .npy, .npz, PNG nor TIFF. Raw values need their shape and dtype",
        ),
        (OBJECTS, {}, "a holds object, .* since reading them may run code"),
        (npy(np.ones((2, 2), complex)), {}, "a holds complex128"),
        (npy(np.ones((2, 2), bool)), {}, "a holds bool"),
        (CUT, {}, r"a is cut short: \d+ of \d+ bytes"),
        (DAMAGED, {}, "its header is damaged"),
        (b"\x93NUMPY\x09\x00 ", {}, "damaged: .*version 9.0|damaged"),
        (TWO, {}, "a has 2 arrays: a, b. Name the one with --key"),
        (TWO, {"key": "c"}, "a has no array 'c'. It has a, b"),
        (TWO[:60], {}, "begins like .npz, but cannot be read"),
        (encoded.by_pillow(encoded.picture(), "JPEG"), {}, "a is JPEG, which may have changed the pixels"),
        (encoded.by_opencv(".png", encoded.rgb())[:80], {}, "a cannot be read"),
        (b"1234", {"shape": (2, 2)}, "a has no dtype"),
        (b"1234", {"dtype": "uint8"}, "a has no shape"),
        (b"1234", {"shape": (2, 2), "dtype": "object"}, "'object' is no dtype of raw values"),
        (b"1234", {"shape": (2, 3), "dtype": "uint8"}, "a has 4 bytes, and 2x3 values of uint8 are 6"),
        (b"1234", {"shape": (2**20, 2**20), "dtype": "uint8"}, "values, and at most 200,000,000 are read"),
    ],
)
def test_errors_name_the_file_and_what_to_do(data: bytes, options: dict[str, Any], words: str) -> None:
    with pytest.raises(ArrayError, match=words) as caught:
        read_array("a", data, **options)
    assert caught.value.remedy


def test_a_header_cannot_claim_more_than_is_read() -> None:
    huge = npy(np.zeros((1, 1, 3), "f4")).replace(b"(1, 1, 3)", b"(99999, 99999, 3)".ljust(9)[:17])
    with pytest.raises(ArrayError):
        read_array("a.npy", huge)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.npy", bytes(1_000_000))
    with limited(array_values=1000), pytest.raises(ArrayError, match="bomb is too large"):
        read_array("a.npz", stream.getvalue())
    with limited(array_values=1000), pytest.raises(ArrayError, match="at most 1,000 are read"):
        read_array("a.npy", npy(np.zeros((40, 40), "u1")))


def test_a_name_says_whether_a_shape_is_needed() -> None:
    assert [is_raw(name) for name in ("a.raw", "A.BIN", "a.npy", "raw")] == [True, True, False, False]
