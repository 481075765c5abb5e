"""Who answers this session's questions, as chosen in the settings.

Where ``GOVASSIST_FIXED_MODEL`` is 1, nobody but who starts the app chooses the model: a name can
point to any file of this machine, and to a provider whose key is in its environment.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

import streamlit as st

from assistant.views import cookies

_CHOSEN, _MODEL, _PASSAGES = "settings_chosen", "model", "passages"


@dataclass(frozen=True, slots=True)
class Choice:
    """A language model's name and a number of passages; the app's own where None."""

    model: str | None = None
    passages: int | None = None


def chosen() -> Choice:
    """The choice of this session, or what the browser kept of the one before a reload."""
    if _CHOSEN not in st.session_state:
        passages = cookies.kept(_PASSAGES)
        st.session_state[_CHOSEN] = Choice(
            cookies.kept(_MODEL) or None, int(passages) if passages.isdecimal() else None
        )
    choice: Choice = st.session_state[_CHOSEN]
    return replace(choice, model=None) if model_is_fixed() else choice


def model_is_fixed() -> bool:
    """Whether the app was started so that readers cannot choose the model."""
    return os.environ.get("GOVASSIST_FIXED_MODEL", "0") not in ("", "0")


def choose(choice: Choice) -> None:
    """Answer by another model, or from another number of passages, from the next run on."""
    st.session_state[_CHOSEN] = choice


def keep() -> None:
    """Have the browser keep the choice until it is closed."""
    choice = chosen()
    values = {_MODEL: choice.model or "", _PASSAGES: str(choice.passages or "")}
    cookies.keep(values, key="settings_choice_kept")
