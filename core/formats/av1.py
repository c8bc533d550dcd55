"""The size that an AV1 stream states for itself, in its sequence header (AV1 specification, 5.3 and 5.5).

AVIF states a size in its boxes, too. A decoder takes memory for the stream's, whatever the boxes say.
"""

_SEQUENCE_HEADER, _TEMPORAL_DELIMITER = 1, 2
_HEAD_BYTES = 128
_MAX_UNITS = 4


class _Bits:
    """Reads the highest bits first; beyond the end there are zeros."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data.ljust(_HEAD_BYTES, b"\0")[:_HEAD_BYTES])
        self._left = 8 * _HEAD_BYTES

    def take(self, count: int) -> int:
        self._left -= count
        return self._value >> self._left & (1 << count) - 1 if self._left >= 0 else 0

    def skip_if(self, count: int) -> bool:
        """Reads a flag and, where it is set, passes over what follows it."""
        is_set = bool(self.take(1))
        if is_set:
            self.take(count)
        return is_set


def stream_size_wh(data: bytes) -> tuple[int, int]:
    """The width and height of the largest frame of a stream; (0, 0) where `data` is none."""
    offset = 0
    for _ in range(_MAX_UNITS):
        if offset + 2 > len(data):
            break
        kind, has_extension, has_size = data[offset] >> 3 & 15, data[offset] & 4, data[offset] & 2
        size, start = _length(data, offset + (2 if has_extension else 1)) if has_size else (len(data), offset + 1)
        if data[offset] & 0x80 or kind not in (_SEQUENCE_HEADER, _TEMPORAL_DELIMITER):
            break
        if kind == _SEQUENCE_HEADER:
            return _sequence_size_wh(_Bits(data[start : start + min(size, _HEAD_BYTES)]))
        offset = start + size
    return 0, 0


def _length(data: bytes, offset: int) -> tuple[int, int]:
    """A number in groups of seven bits, the lowest first, and where it ends."""
    value = 0
    for index, byte in enumerate(data[offset : offset + 8]):
        value |= (byte & 127) << 7 * index
        if not byte & 128:
            return value, offset + index + 1
    return value, offset + 8


def _sequence_size_wh(bits: _Bits) -> tuple[int, int]:
    bits.take(4)  # profile, still picture
    if bits.take(1):  # the reduced header of a still picture
        bits.take(5)
    else:
        _skip_operating_points(bits)
    width_bits, height_bits = bits.take(4) + 1, bits.take(4) + 1
    return bits.take(width_bits) + 1, bits.take(height_bits) + 1


def _skip_operating_points(bits: _Bits) -> None:
    delay_bits = _skip_timing(bits)
    has_delays = bits.take(1)
    for _ in range(bits.take(5) + 1):
        bits.take(12)
        if bits.take(5) > 7:
            bits.take(1)
        if delay_bits:
            bits.skip_if(2 * delay_bits + 1)
        if has_delays:
            bits.skip_if(4)


def _skip_timing(bits: _Bits) -> int:
    """Passes over the timing; gives the bits of a buffer's delay, 0 where there is no model of the decoder."""
    if not bits.take(1):
        return 0
    bits.take(64)
    if bits.take(1):  # a number in as many bits as zeros stand before it
        zeros = 0
        while zeros < 32 and not bits.take(1):
            zeros += 1
        bits.take(zeros)
    if not bits.take(1):
        return 0
    delay_bits = bits.take(5) + 1
    bits.take(42)
    return delay_bits
