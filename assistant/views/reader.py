"""Who reads: a browser, told from others by a random id that it keeps, and by nothing else.

Conversations are listed for the browser that began them. This is no lock: the address of a
conversation, which holds its id, opens it for whoever has it.
"""

from __future__ import annotations

import re
import secrets

import streamlit as st

from assistant.views import cookies

_READER = "reader"
_DAYS = 365


def reader() -> str:
    """The id of this browser, 24 hexadecimal digits: what it kept, or a new one."""
    if _READER not in st.session_state:
        kept = cookies.kept(_READER)
        whole = re.fullmatch("[0-9a-f]{24}", kept)
        st.session_state[_READER] = kept if whole else secrets.token_hex(12)
    known: str = st.session_state[_READER]
    return known


def keep() -> None:
    """Have the browser keep its id for a year from now."""
    cookies.keep({_READER: reader()}, key="reader_kept", days=_DAYS)
