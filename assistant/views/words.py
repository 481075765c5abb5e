"""The words of the interface, in the language of the session.

Views write English; ``locale/zh.po`` has it in Chinese. ``make words`` brings the file up to
date with the views, and a test sees that nothing in it is missing, empty or stale.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import streamlit as st

from assistant.views import cookies

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

Language = Literal["en", "zh"]

LANGUAGES: dict[Language, str] = {"en": "English", "zh": "简体中文"}
"""Each language by its own name."""

_LOCALE = Path(__file__).parent / "locale"
_CHOSEN = "language"
_KEPT_DAYS = 365


def language() -> Language:
    """The language of this session: the one chosen, else the browser's where we speak it."""
    chosen = st.session_state.get(_CHOSEN)
    if chosen is None:
        wanted = cookies.kept(_CHOSEN) or (st.context.locale or "en").partition("-")[0].lower()
        chosen = wanted if wanted in get_args(Language) else "en"
        st.session_state[_CHOSEN] = chosen
    return "zh" if chosen == "zh" else "en"


def choose(chosen: Language) -> None:
    """Speak another language from the next run on."""
    st.session_state[_CHOSEN] = chosen


def keep() -> None:
    """Have the browser keep the language of this session, for when it comes back."""
    cookies.keep({_CHOSEN: language()}, key="language_kept", days=_KEPT_DAYS)


def _(text: str, **values: object) -> str:
    """Words in the language of the session.

    Args:
        text: In English, with ``{name}`` where a value goes.
        **values: The values by name.

    Returns:
        The translation with the values in it.
    """
    return _translated(text).format(**values)


def plural(one: str, many: str, n: int, **values: object) -> str:
    """Words that depend on a number, which is ``{n}`` in them.

    Args:
        one: In English, for one.
        many: In English, for any other number.
        n: The number.
        **values: Further values by name.

    Returns:
        The translation with the values in it.
    """
    english = one if n == 1 else many
    if language() == "en":
        return english.format(n=n, **values)
    return _translated(one).format(n=n, **values)


def _translated(text: str) -> str:
    if language() == "en":
        return text
    message = catalog("zh").get(text)
    return str(message.string) if message and message.string else text


@cache
def catalog(name: str) -> Catalog:
    """What a file of ``locale/`` has in Chinese, by its English."""
    from babel.messages.pofile import read_po

    with (_LOCALE / f"{name}.po").open("rb") as file:
        return read_po(file, locale="zh")
