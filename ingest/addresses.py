"""Addresses of institutions, told from sentences about institutions."""

from __future__ import annotations

import re

from ingest import patterns

_INSTITUTION = re.compile(
    r"\b(?=[A-Z])(?i:universit\w*|universidade?|college|"
    r"(?:school|department|faculty|academy|cent(?:er|re)|ministry|hospital|laborator(?:y|ies))"
    r"(?=\s*(?:[^\w\s]|\d|$|(?:of|for|in|on|at|and)\b))|"
    r"institut(?:es?|o)?|institution(?=\s+(?:of|for)\b))\b|"
    r"(?i:\bp\.?\s?r\.?\s?china\b|\bcorresponding author\b)|"
    r"大学|学院|研究[院所]|研究中心|社会科学院|党校"
)
_EMAIL = re.compile(
    r"(?i)(?:\be-?mail\s{0,3}[:：]\s{0,3})?[(（<\[]?\s{0,3}(?:mailto:)?"  # noqa: RUF001
    r"[^\s@()（）<>\[\],;:：]{1,64}@[^\s@()（）<>,;]{1,255}\.\w{2,}\s{0,3}[)）>\]]?"  # noqa: RUF001
)
_SMALL = frozenset("da das de der des di do dos du e et für la of the und y zu".split())


def without_email(text: str) -> str:
    """A clean line without e-mail addresses, and without the brackets around them."""
    return _EMAIL.sub("", text)


def names_institution(text: str) -> bool:
    """Whether a clean text has the name of an institution in it."""
    return bool(_INSTITUTION.search(text))


def institution_part(parts: list[str]) -> int:
    """Which of the parts of a line is the first with the name of an institution, or how many."""
    return next((i for i, part in enumerate(parts) if names_institution(part)), len(parts))


def is_address(text: str) -> bool:
    """Whether a clean text is the address of an institution, and not a sentence about one."""
    enough = len(_INSTITUTION.findall(text)) * 12 >= patterns.words(text)
    return enough and not is_statement(text)


def is_statement(text: str) -> bool:
    """Whether a clean text ends as a sentence does and says something, other than an address.

    An address is made of names; a statement has verbs and common nouns, written small.
    """
    if not patterns.is_terminated(text):
        return False
    words = re.findall(r"[^\W\d_]+", without_email(text))
    small = [w for w in words if w.islower() and w not in _SMALL and not patterns.is_connective(w)]
    return len(small) > 1 or patterns.is_chinese(text)
