"""Files, damaged at random, and always the same way for the same seed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from random import Random

_LONGEST = 4_096
"""Bytes that one mutation cuts out, doubles or moves, at most."""

_TELLING = (b"\x00", b"\xff" * 4, b"-1", b"99999999999", b"<", b">>", b"(((((((", b"&#x0;", b"\xed")


def mutated(data: bytes, others: Sequence[bytes], draw: Random) -> bytes:
    """Damage a file in one to four ways; archives also within.

    Args:
        data: The file.
        others: Files of its kind, of which pieces may be spliced in.
        draw: What decides.

    Returns:
        Another file, mostly.
    """
    if data.startswith(b"PK") and draw.random() < 0.8:
        return _within_archive(data, others, draw)
    for _ in range(draw.randint(1, 4)):
        data = draw.choice(_WAYS)(data, draw.choice(others), draw)
    return data


def _within_archive(data: bytes, others: Sequence[bytes], draw: Random) -> bytes:
    """Damage one part of an archive, which stays whole itself."""
    parts = _parts(data)
    name = draw.choice(sorted(parts))
    same = [other[name] for other in map(_parts, others) if name in other]
    parts[name] = mutated(parts[name], same or [parts[name]], draw)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(zipfile.ZipInfo(part), content)
    return file.getvalue()


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _flip(data: bytes, _other: bytes, draw: Random) -> bytes:
    flipped = bytearray(data)
    for _ in range(draw.choice((1, 8, 64)) if data else 0):
        flipped[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    return bytes(flipped)


def _cut(data: bytes, _other: bytes, draw: Random) -> bytes:
    start, end = _range(data, draw)
    return data[:start] + data[end:]


def _end_early(data: bytes, _other: bytes, draw: Random) -> bytes:
    return data[: draw.randint(0, len(data))]


def _insert(data: bytes, _other: bytes, draw: Random) -> bytes:
    at = draw.randint(0, len(data))
    noise = draw.randbytes(draw.randint(1, 64))
    return data[:at] + draw.choice((*_TELLING, noise)) + data[at:]


def _duplicate(data: bytes, _other: bytes, draw: Random) -> bytes:
    start, end = _range(data, draw)
    return data[:end] + data[start:end] * draw.choice((1, 2, 50)) + data[end:]


def _splice(data: bytes, other: bytes, draw: Random) -> bytes:
    start, end = _range(other, draw)
    at, to = _range(data, draw)
    return data[:at] + other[start:end] + data[to:]


def _swap(data: bytes, _other: bytes, draw: Random) -> bytes:
    a, b, c, d = sorted(draw.randint(0, len(data)) for _ in range(4))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _range(data: bytes, draw: Random) -> tuple[int, int]:
    start = draw.randint(0, len(data))
    return start, min(len(data), start + draw.randint(0, _LONGEST))


_WAYS: tuple[Callable[[bytes, bytes, Random], bytes], ...] = (
    _flip,
    _cut,
    _end_early,
    _insert,
    _duplicate,
    _splice,
    _swap,
)
