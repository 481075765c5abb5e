"""Names for files that are uploaded."""

from __future__ import annotations

import re
import unicodedata

from ingest.files import SUFFIXES

_LONGEST_NAME = 150
_SIGNS = frozenset(" -_.,()+&'")
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(?:\.|$)")


def safe_name(name: str) -> str:
    """A name for a file that was uploaded, which no system takes for anything else.

    Args:
        name: As the browser gives it; it may be anything.

    Returns:
        Letters of any language, digits, and a few signs, with a suffix of papers; neither
        hidden nor reserved, and at most 150 bytes.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(sign if _is_harmless(sign) else "_" for sign in last)
    stem, dot, suffix = kept.rpartition(".")
    if f".{suffix.lower()}" not in SUFFIXES or not dot:
        stem, suffix = kept, "pdf"  # other files without such a suffix are refused
    room = _LONGEST_NAME - len(suffix) - 2
    stem = stem.strip(" ._-").encode()[:room].decode(errors="ignore").rstrip(" .") or "paper"
    return f"{'_' if _RESERVED.match(stem) else ''}{stem}.{suffix.lower()}"


def _is_harmless(sign: str) -> bool:
    return sign in _SIGNS or unicodedata.category(sign)[0] in "LMN"
