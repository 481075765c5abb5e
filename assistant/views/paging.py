"""Long lists, a page of them at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

_Item = TypeVar("_Item")


def on_this_page(items: Sequence[_Item], size: int, key: str) -> Sequence[_Item]:
    """What stands on the page that was chosen; on the first, where there is no such page any more.

    Call it before `pager`, which may stand above or below what it turns.

    Args:
        items: All.
        size: How many stand on a page.
        key: Of the pager.

    Returns:
        Those of the page.
    """
    if st.session_state.get(key, 1) > _count_pages(len(items), size):
        st.session_state[key] = 1
    page = st.session_state.get(key, 1)
    return items[(page - 1) * size : page * size]


def pager(count: int, size: int, key: str) -> None:
    """Let somebody turn pages, where there are several.

    Args:
        count: How many items there are.
        size: How many stand on a page.
        key: Of the pager, one of its own on the page.
    """
    if _count_pages(count, size) > 1:
        with st.container(horizontal_alignment="center"):
            st.pagination(_count_pages(count, size), key=key, persist_state="session")


def _count_pages(count: int, size: int) -> int:
    return max(1, -(-count // size))
