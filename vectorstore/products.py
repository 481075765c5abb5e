"""Matrix products on one thread.

OpenBLAS cuts a large product among threads that spin while they wait. On two cores they
stand in the way of ONNX Runtime's, which spin, too, and of Chroma's: measured, the token
vectors of 94 passages then cost a second instead of 0.02.
"""

from __future__ import annotations

import numpy as np

from vectorstore.protocols import Vectors

_ONE_THREAD = 250_000
"""Multiplications up to which OpenBLAS uses one thread."""


def product(rows: Vectors, columns: Vectors) -> Vectors:
    """``rows @ columns``, shapes ``(n, k)`` and ``(k, m)``; the columns contiguous."""
    step = max(1, _ONE_THREAD // columns.size)
    parts = [rows[at : at + step] @ columns for at in range(0, len(rows), step)]
    return np.concatenate(parts) if parts else rows @ columns
