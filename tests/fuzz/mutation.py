"""Changes to files: what a bad disk, a bad line, a careless program or an enemy does to them."""

import zlib
from collections.abc import Callable, Sequence
from random import Random
from typing import Literal

Change = Callable[[Random, bytes, Sequence[bytes]], bytes]

PNG = b"\x89PNG\r\n\x1a\n"
MAX_BYTES = 400_000
HEAD_BYTES = 256
# What makes arithmetic overflow, buffers empty and loops endless, in both orders of bytes.
NUMBERS = (0, 1, 2, 3, 7, 8, 127, 128, 255, 256, 32767, 32768, 65500, 65535, 2**24 - 1, 2**31 - 1, 2**31, 2**32 - 1)
ORDERS: tuple[Literal["little", "big"], ...] = ("little", "big")
TEXTS = (b"0", b"-1", b"99999999999", b"1e999", b"nan", b"[" * 2000, b"\0", b"|", b"(", b"=", b"\xff\xfe", b"..", b"{{")


def mutated(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """`data` after one to six changes, half of the PNGs with right checksums; parts are taken from `others`."""
    for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
        data = random.choice(CHANGES)(random, data, others)[:MAX_BYTES]
    return with_checksums(data) if data.startswith(PNG) and random.random() < 0.5 else data


def with_checksums(data: bytes) -> bytes:
    """A PNG with the checksums that its chunks should have: without them, decoders look no further."""
    changed, offset = bytearray(data), len(PNG)
    while offset + 12 <= len(data):
        length = int.from_bytes(data[offset : offset + 4])
        end = offset + 8 + length
        if end + 4 > len(data):
            break
        changed[end : end + 4] = zlib.crc32(data[offset + 4 : end]).to_bytes(4)
        offset = end + 4
    return bytes(changed)


def flip_bits(random: Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    """A few bits anywhere."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 4, 16)) if changed else 0):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def edit_header(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """A telling number among the first bytes, where sizes, counts and offsets are."""
    width = random.choice((1, 2, 4, 8))
    number = (random.choice(NUMBERS) % (1 << 8 * width)).to_bytes(width, random.choice(ORDERS))
    at = random.randrange(max(1, min(len(data), HEAD_BYTES)))
    return data[:at] + number + data[at + width :]


def edit_anywhere(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """The same in the middle: further segments, chunks, frames and directories."""
    at = random.randrange(max(1, len(data)))
    number = random.choice(NUMBERS) % 2**32
    return data[:at] + number.to_bytes(4, random.choice(ORDERS)) + data[at + 4 :]


def cut(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """The end is missing."""
    return data[: random.randrange(len(data) + 1)]


def remove(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """A part is missing."""
    at = random.randrange(len(data) + 1)
    return data[:at] + data[at + random.choice((1, 2, 4, 64, 1000)) :]


def insert(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Bytes that do not belong there."""
    at = random.randrange(len(data) + 1)
    new = random.choice(TEXTS) if random.random() < 0.5 else random.randbytes(random.choice((1, 3, 40)))
    return data[:at] + new + data[at:]


def repeat(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """A part comes again and again: segments, frames, scans, brackets."""
    at = random.randrange(len(data) + 1)
    part = data[at : at + random.choice((1, 12, 100, 1000))]
    return data[:at] + part * random.choice((2, 10, 300)) + data[at:]


def splice(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """This file's beginning with another one's end: two kinds in one."""
    other = random.choice(others)
    start = random.randrange(len(other) + 1)
    return data[: random.randrange(len(data) + 1)] + other[start:]


def graft(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A part of another file in the middle of this one."""
    other = random.choice(others)
    start, at = random.randrange(len(other) + 1), random.randrange(len(data) + 1)
    return data[:at] + other[start : start + random.choice((8, 60, 500))] + data[at:]


CHANGES: tuple[Change, ...] = (
    flip_bits,
    flip_bits,
    edit_header,
    edit_header,
    edit_anywhere,
    cut,
    remove,
    insert,
    repeat,
    splice,
    graft,
)
