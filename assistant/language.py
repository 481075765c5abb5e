"""In which language a question is asked, told from its script."""

from __future__ import annotations

import re
from typing import Literal

Language = Literal["en", "zh"]

NAMES: dict[Language, str] = {"en": "English", "zh": "Chinese (简体中文)"}

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LETTERS = re.compile(r"[^\W\d_]")


def language_of(text: str) -> Language:
    """Chinese where at least a fifth of the letters are Chinese characters, else English.

    A fifth, because a Chinese question keeps English names and terms, which take many
    letters for what takes two characters.
    """
    letters = len(_LETTERS.findall(text))
    return "zh" if letters and len(_HAN.findall(text)) >= letters / 5 else "en"
