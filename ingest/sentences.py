"""Sentence boundaries, by sentencex (Wikimedia's multilingual segmenter)."""

from __future__ import annotations

import re

_CJK = re.compile(r"[\u3400-\u9fff]")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a clean text stand.

    Args:
        text: Clean text, whitespace collapsed.

    Returns:
        ``(start, end)`` pairs in order, without surrounding spaces; together
        they hold every character of the text that is not a space.
    """
    import sentencex

    language = "zh" if len(_CJK.findall(text)) * 3 > len(text) else "en"
    ranges: list[tuple[int, int]] = []
    at = 0
    for sentence in sentencex.segment(language, text):
        start = text.index(sentence, at)
        at = start + len(sentence)
        stripped = sentence.strip()
        if stripped:
            begin = start + len(sentence) - len(sentence.lstrip())
            ranges.append((begin, begin + len(stripped)))
    return ranges
