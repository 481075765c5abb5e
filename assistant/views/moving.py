"""Places to read at, kept in the session, and the buttons and lists that move them."""

from __future__ import annotations

import streamlit as st


def step(label: str, icon: str, name: str, place: int, *, disabled: bool = False) -> None:
    """A button that moves to a place.

    Args:
        label: What it says.
        icon: The name of its icon.
        name: The key of the place.
        place: Where to.
        disabled: There is no such place.
    """
    st.button(
        label,
        icon=f":material/{icon}:",
        on_click=_go,
        args=(name, place),
        disabled=disabled,
        key=f"{name}:{icon}",
    )


def _go(name: str, place: int) -> None:
    st.session_state[name] = place


def jump(name: str, widget: str) -> None:
    """Move to the place that a list has; made to be called when it changes.

    Args:
        name: The key of the place.
        widget: The key of the list.
    """
    st.session_state[name] = st.session_state[widget]
