"""How many tokens a text is, where no tokenizer of the model is at hand."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from math import ceil
from typing import Any

_PIECES = re.compile(
    r"(?P<capitals>[A-Z]{2,})|(?P<word>[A-Za-z]+)|(?P<mark>[!-/:-@\[-`{-~0-9])"
    r"|(?P<space>[ ]+|\s+)|(?P<accent>[\u0080-\u024f])|(?P<alphabet>[\u0250-\u058f])"
    r"|(?P<script>[\u0590-\u10ff\u1200-\u1fff])|(?P<hangul>[\u1100-\u11ff\uac00-\ud7af])"
    r"|(?P<wide>[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])|(?P<other>.)",
    re.DOTALL,
)
_EACH = {"mark": 1.0, "accent": 1.5, "alphabet": 1.0, "script": 1.4, "hangul": 3.0, "wide": 2.0}
_ENGLISH = re.compile(r"(?i)\b(?:the|of|and|to|in|is|are|that|for|as|by|with|on|it|be|from|or)\b")
_ENGLISH_SHARE = 0.15
"""Of all words, those that make a text an English one."""


def estimate(text: str) -> int:
    """An upper estimate of a text's tokens, for any of today's tokenizers.

    Args:
        text: Any text.

    Returns:
        Tokens: a word counts 1, or a token for each 3 letters where that is more, 6 in an
        English text, and one in capitals a token for each 1.5; a digit, a mark and a Greek
        or Cyrillic letter count 1, a letter with an accent 1.5, one of Arabic, Hindi or
        Thai 1.4, a Chinese or Japanese character 2, a Korean one 3, white space 1 but a
        single space nothing, and anything else, such as an emoji, its bytes.
    """
    pieces = [(piece.lastgroup or "", piece.group()) for piece in _PIECES.finditer(text)]
    words = sum(kind == "word" for kind, _ in pieces)
    english = len(_ENGLISH.findall(text)) > _ENGLISH_SHARE * words
    return ceil(sum(_cost(kind, piece, 6 if english else 3) for kind, piece in pieces))


def _cost(kind: str, piece: str, letters: int) -> float:
    match kind:
        case "word":
            return max(1.0, len(piece) / letters)
        case "capitals":
            return len(piece) / 1.5
        case "space":
            return 0.0 if piece == " " else 1.0
        case "other":
            return float(len(piece.encode("utf-8", "replace")))
    return _EACH[kind]


def counter_of_openai(model: str) -> Callable[[str], int]:
    """The tokenizer of one of OpenAI's models, or the estimate where it is not known.

    Args:
        model: The model's name, without a provider.

    Returns:
        A function from a text to its tokens.
    """
    if find_spec("bpe_openai") is None:
        return estimate
    if re.match(r"gpt-3\.5|gpt-4(?!o|\.)", model):
        return lambda text: len(_vocabulary("cl100k_base").encode_ordinary(text))
    if re.match(r"chatgpt-|gpt-|o\d", model):
        return lambda text: len(_vocabulary("o200k_base").encode_ordinary(text))
    return estimate


@cache
def _vocabulary(name: str) -> Any:
    """One of OpenAI's vocabularies; the package brings it, so nothing is downloaded."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # its way to open its own files
        import bpe_openai

        return bpe_openai.get_encoding(name)
