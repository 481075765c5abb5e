"""Matrix products on one thread.

OpenBLAS cuts a large product among threads that spin while they wait. On two cores they
stand in the way of ONNX Runtime's, which spin, too, and of Chroma's: measured, the token
vectors of 94 passages then cost a second instead of 0.02.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from vectorstore.protocols import Vectors

_ONE_THREAD = 250_000
"""Multiplications up to which OpenBLAS uses one thread."""


def product(rows: Vectors, columns: Vectors) -> Vectors:
    """``rows @ columns``, shapes ``(n, k)`` and ``(k, m)``; the columns contiguous."""
    products = np.empty((len(rows), columns.shape[1]), np.float32)
    for piece in pieces(len(rows), columns):
        np.matmul(rows[piece], columns, out=products[piece])
    return products


def pieces(rows: int, columns: Vectors) -> Iterator[slice]:
    """Cut so many rows into pieces whose products with columns take one thread each."""
    step = max(1, _ONE_THREAD // columns.size)
    yield from (slice(at, at + step) for at in range(0, rows, step))
