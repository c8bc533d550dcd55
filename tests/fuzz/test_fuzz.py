"""A few hundred mutated files of each kind, the same in each run; `python -m tests.fuzz` drives as many as one likes.

TensorFlow's decoders, Keras, and what ends a process, are left to the long run, which has workers for them.
"""

import struct
import zlib
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.source import read_source
from tests.core.limiting import limited
from tests.fuzz import drives, files, web
from tests.fuzz.__main__ import SMALL
from tests.fuzz.drives import Drive, answer
from tests.fuzz.mutation import CHANGES, mutated, with_checksums
from tests.fuzz.tally import drive_one

SEED = 2
COUNTS = {
    drives.pictures(with_tensorflow=False): 250,
    drives.ARRAYS: 250,
    drives.RECIPES: 400,
    drives.TOML: 200,
    web.ADDRESSES: 300,
    web.ROUTES: 60,
    drives.models(with_keras=False): 150,
}

number = st.sampled_from([0, 1, 2, 3, 8, 255, 256, 40_000, 2**31 - 1, 2**31, 2**32 - 1]) | st.integers(0, 2**32 - 1)
small = st.integers(0, 3) | st.integers(0, 65_535)


@pytest.fixture(autouse=True)
def _small_limits() -> Iterator[None]:
    with limited(**vars(SMALL)):
        yield


@pytest.mark.parametrize("drive", COUNTS, ids=lambda drive: drive.name)
def test_every_mutated_file_has_an_answer(drive: Drive) -> None:
    failures = {}
    for index in range(COUNTS[drive]):
        _, found = drive_one(drive, SEED, index)
        if found.failure:
            failures[index] = found.failure
    assert failures == {}


def test_a_file_is_the_same_for_the_same_seed_and_number() -> None:
    drive = drives.pictures(with_tensorflow=False)
    made = [drive_one(drive, SEED, index)[0] for index in (0, 1, 0)]
    assert made[0] == made[2] != made[1]


def test_every_change_takes_every_length() -> None:
    random = Random(0)  # noqa: S311 - no secret
    for change in CHANGES:
        for data in (b"", b"a", b"abc" * 500):
            assert isinstance(change(random, data, (b"", b"other")), bytes)
    assert len(mutated(random, bytes(10**6), (b"x",))) <= 10**6


def test_checksums_are_repaired() -> None:
    whole = files.picture_files()["png RGB"]
    assert with_checksums(whole) == whole
    at = whole.index(b"IDAT") + 20
    damaged = whole[:at] + b"\0\1\2" + whole[at + 3 :]
    assert with_checksums(damaged) != damaged
    assert with_checksums(whole[:-6]) == whole[:-6]


def png_chunk(kind: bytes, body: bytes, claimed: int | None) -> bytes:
    length = len(body) if claimed is None else claimed
    return struct.pack(">I", length) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


png_chunks = st.builds(
    png_chunk,
    st.sampled_from([b"IHDR", b"IDAT", b"acTL", b"fcTL", b"iCCP", b"eXIf", b"tRNS", b"IEND", b"zTXt"]),
    st.binary(max_size=40) | st.builds(struct.pack, st.just(">IIBBBBB"), number, number, *[st.integers(0, 255)] * 5),
    st.none() | number,
)
tiff_entry = st.builds(
    struct.pack,
    st.just("<HHII"),
    st.sampled_from([256, 257, 258, 262, 273, 274, 277, 279, 322, 323, 330, 338, 34675, 0x8769]),
    st.integers(0, 20),
    number,
    number,
)
gif_block = st.one_of(
    st.builds(struct.pack, st.just("<BHHHHB"), st.just(0x2C), small, small, small, small, st.integers(0, 255)),
    st.binary(max_size=4).map(lambda body: b"\x21\xf9" + bytes([len(body)]) + body + b"\0"),
    st.binary(max_size=20).map(lambda body: bytes([len(body)]) + body),
    st.sampled_from([b"\0", b"\x3b", b"\xff"]),
)
box = st.builds(
    lambda kind, body, claimed: struct.pack(">I", len(body) + 8 if claimed is None else claimed) + kind + body,
    st.sampled_from([b"meta", b"iprp", b"ipco", b"ispe", b"pixi", b"av1C", b"moov", b"stsz", b"jp2h", b"ihdr"]),
    st.binary(max_size=30),
    st.none() | number,
)
structures = st.one_of(
    st.lists(png_chunks, max_size=6).map(lambda chunks: b"\x89PNG\r\n\x1a\n" + b"".join(chunks)),
    st.lists(tiff_entry, max_size=9).map(
        lambda entries: b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + b"".join(entries) + b"\x08\0\0\0"
    ),
    st.tuples(small, small, st.integers(0, 255), st.lists(gif_block, max_size=8)).map(
        lambda parts: b"GIF89a" + struct.pack("<HHBBB", *parts[:3], 0, 0) + b"".join(parts[3])
    ),
    st.lists(st.binary(max_size=20), max_size=8).map(
        lambda bodies: b"\xff\xd8" + b"".join(b"\xff\xc0" + struct.pack(">H", len(each) + 2) + each for each in bodies)
    ),
    st.lists(box, max_size=5).map(lambda boxes: b"\0\0\0\x10ftypavif\0\0\0\0" + b"".join(boxes)),
    st.lists(box, max_size=5).map(lambda boxes: b"\0\0\0\x0cjP  \r\n\x87\n" + b"".join(boxes)),
    st.binary(max_size=60).map(lambda rest: b"\xff\x4f\xff\x51" + rest),
    st.binary(max_size=60).map(lambda rest: b"BM" + rest),
    st.binary(max_size=60).map(lambda rest: b"\xff\x0a" + rest),
    st.binary(max_size=30).map(lambda rest: b"qoif" + rest),
    st.text("0123456789 #\n\t-", max_size=40).map(lambda rest: b"P6 " + rest.encode()),
    st.lists(st.binary(max_size=30), max_size=6).map(
        lambda bodies: b"RIFF\xff\0\0\0WEBP" + b"".join(b"ANMF" + struct.pack("<I", len(b)) + b for b in bodies)
    ),
)


@settings(max_examples=400)
@given(data=structures)
def test_any_structure_of_a_format_is_a_source_or_an_answer(data: bytes) -> None:
    answer(lambda: read_source("made up", data))
