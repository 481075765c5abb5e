"""Instructions planted in a paper: sentences that speak to a machine which reads it.

A passage is data, and what it orders is not done. This finds the sentences that order
something (indirect prompt injection: Greshake et al. 2023, arXiv 2302.12173). Some marks
are proof by themselves: the tags of a chat, text that decodes to text, invisible signs.
Everything else is weighed: academic prose seldom speaks to "you", asks for words or
offers links. Each sentence is described by `features`, and `WEIGHTS` were fitted by
``training/planted.py``. No detector finds all of them: see docs/injection.md.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.orders import ALPHABET, FUNCTION_WORDS, features, share
from ingest.sentences import split_sentences

_REMEMBERED = 2_000
"""Passages: an answer looks at the same ones several times."""
_MIRROR = str.maketrans(ALPHABET[1:], ALPHABET[:0:-1])

WEIGHTS: Mapping[str, float] = {
    "order": 3.07,
    "noun or order": 2.06,
    "order with object": 3.03,
    "policy": 1.78,
    "later order": 1.88,
    "asked": 2.88,
    "asks": 2.91,
    "asks what": 2.13,
    "unrelated": 1.35,
    "exclaims": 2.32,
    "states": -1.86,
    "second": 1.97,
    "singular": 0.78,
    "short form": 0.47,
    "chat": 0.82,
    "policy of words": 1.96,
    "product": 1.59,
    "foreign": 3.81,
    "strange": 9.66,
}
REASONS: Mapping[str, str] = {
    **dict.fromkeys(
        ("order", "noun or order", "order with object", "later order"), "gives an order"
    ),
    **dict.fromkeys(("asked", "second", "singular", "exclaims"), "speaks to the reader"),
    **dict.fromkeys(("asks", "asks what"), "asks the reader something"),
    "chat": "speaks of instructions and replies",
    **dict.fromkeys(
        ("product", "policy of words", "short form"), "reads as a request to a chatbot"
    ),
    "unrelated": "has nothing to do with the sentences around it",
    "foreign": "is in another language",
    "strange": "is not made of words",
}
BIAS = -3.65
THRESHOLD = 0.4
BESIDE = 0.1
"""The chance from which a sentence counts as planted, and beside one that does."""

_INVISIBLE = "".join(
    map(
        chr,
        (
            *range(0xE0000, 0xE0080),
            *range(0x202A, 0x202F),
            *range(0x2066, 0x206A),
            *range(0x200B, 0x200E),
            0x2060,
            0xFEFF,
        ),
    )
)
_PICTURES = "".join(map(chr, range(0x1F300, 0x1FB00)))

_PROOFS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    (
        "<[:#",
        re.compile(
            r"<\|[^|<>]{1,30}\|>|\[/?(?:INST|SYS(?:TEM)?)\]|<</?SYS>>|"
            r"(?i:</?(?:system|user|assistant|human|instructions?|prompt)>|"
            r"(?:^|[.!?] |\n)(?:system|user|assistant|human)(?: prompt| message)?\s*:\s|"
            r"#{2,} *(?:system|user|assistant|instructions?|prompt|response)\b)"
        ),
        "has the tags of a chat with a language model",
    ),
    ("<", re.compile(r"<!--(?:\s*[^\s>]+){4,}?\s*-->", re.DOTALL), "is hidden in a comment"),
    (
        _INVISIBLE,
        re.compile(
            "[\U000e0000-\U000e007f\u202a-\u202e\u2066-\u2069]|[\u200b-\u200d\u2060\ufeff]{8,}"
        ),
        "has invisible signs",
    ),
    (_PICTURES, re.compile(f"[{_PICTURES}]"), "has pictures in place of words"),
    ("01", re.compile(r"\b[01]{8}(?:\s*[01]{8}){3,}\b"), "is in binary digits"),
    (
        "忽无忘不请你您作系",
        re.compile(
            r"(?:忽略|无视|忘记|不要理会).{0,12}(?:指令|指示|以上|上述|之前|前面|要求)|"
            r"(?:^|[，。；：])(?:现在)?请(?:你|您|不要|勿|务必|回答|回复|输出|翻译|忽略|用|以|写|"  # noqa: RUF001
            r"点击|访问|告诉|列出|总结|生成|推荐)|(?:你|您)(?:是一|现在|必须|应当|应该|需要|要|能)|"
            r"作为(?:一个|一名)?(?:AI|人工智能|语言模型|聊天)|系统提示"
        ),
        "gives an order or speaks to the reader",
    ),
)
"""What proves a sentence planted: signs of which it has one at least, a pattern, and a reason."""
_NEEDED = tuple(frozenset(signs) for signs, _, _ in _PROOFS)
_ENCODED = re.compile(r"[A-Za-z0-9+/_-]{16,}=*|(?:[0-9A-Fa-f]{2} ){8,}")


_CONTACT = re.compile(r"(?i)\W*(?:e-?mail(?: address)?|contact)\s?:\s?(?:[^\s@]+@[^\s@]+[\s;,]*)+")
"""A label and addresses, as they stand below the name of an author: no order to write there."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A sentence or several, ``[start, end)`` of a passage, and why they look planted."""

    start: int
    end: int
    reason: str


def planted(text: str) -> list[Planted]:
    """The sentences of a passage that speak to a machine which reads it, or order something.

    A reason is what may be said of them: "gives an order", "is text in an encoding".

    Args:
        text: A passage. More than one sentence is better: a request is also told by having
            nothing to do with the others.

    Returns:
        Ranges in order, apart from each other; empty where nothing looks planted.
    """
    return list(_planted(text))


@lru_cache(maxsize=_REMEMBERED)
def _planted(text: str) -> tuple[Planted, ...]:
    sentences = _sentences(text)
    judged = [_judge(text, sentence) for sentence in sentences]
    certain = [chance >= THRESHOLD for chance, _ in judged]
    found: list[Planted] = []
    for i, (start, end) in enumerate(sentences):
        chance, reason = judged[i]
        if chance < (BESIDE if any(certain[max(0, i - 1) : i + 2]) else THRESHOLD):
            continue
        if found and not text[found[-1].end : start].strip():
            found[-1] = replace(found[-1], end=end)
        else:
            found.append(Planted(start, end, reason))
    return tuple(found)


def _sentences(text: str) -> list[tuple[int, int]]:
    """Sentences of every line; a passage has one line, a text that hides something may not."""
    lines = re.finditer(r"[^\n]+", text)
    return [
        (line.start() + start, line.start() + end)
        for line in lines
        for start, end in split_sentences(line.group())
    ]


def _judge(text: str, sentence: tuple[int, int]) -> tuple[float, str]:
    """The chance that a sentence is planted, and what speaks most for it."""
    whole = text[slice(*sentence)]
    signs = frozenset(whole)
    if "@" in signs and _CONTACT.fullmatch(whole):
        return 0.0, ""
    for needed, (_, proof, reason) in zip(_NEEDED, _PROOFS, strict=True):
        if not needed.isdisjoint(signs) and proof.search(whole):
            return 1.0, reason
    if _is_encoded(whole):
        return 1.0, "is text in an encoding"
    if _is_disguised(whole):
        return 1.0, "is English written backwards or in a cipher"
    worth = {name: WEIGHTS[name] * value for name, value in features(text, sentence).items()}
    chance = 1 / (1 + math.exp(-BIAS - sum(worth.values())))
    if chance < BESIDE:
        return chance, ""
    return chance, REASONS[max(REASONS, key=lambda name: worth[name])]


def _is_disguised(text: str) -> bool:
    """Whether a sentence without English words has some, read backwards or with letters shifted."""
    words = re.findall("[a-z]+", text.lower())
    if len(words) < 4 or share(words, FUNCTION_WORDS) > 0.1:
        return False
    forms = [
        [word[::-1] for word in words],
        *([_shift(w, by) for w in words] for by in range(1, 26)),
    ]
    forms.append([word.translate(_MIRROR) for word in words])
    return any(share(form, FUNCTION_WORDS) >= 0.25 for form in forms)


def _shift(word: str, by: int) -> str:
    return "".join(chr((ord(letter) - 97 + by) % 26 + 97) for letter in word)


def _is_encoded(text: str) -> bool:
    """Whether a run of signs decodes to readable text."""
    runs = _ENCODED.findall(text)
    return any(_is_readable(decoded) for run in runs for decoded in _decoded(run.replace(" ", "")))


def _decoded(run: str) -> Iterator[bytes]:
    padded = run.rstrip("=") + "=" * (-len(run.rstrip("=")) % 4)
    for decode, signs in (
        (base64.urlsafe_b64decode, padded.replace("+", "-").replace("/", "_")),
        (base64.b32decode, run.rstrip("=") + "=" * (-len(run.rstrip("=")) % 8)),
        (binascii.unhexlify, run),
    ):
        with contextlib.suppress(ValueError):
            yield decode(signs)


def _is_readable(data: bytes) -> bool:
    text = data.decode("ascii", "replace")
    letters = sum(c.isalpha() or c == " " for c in text)
    return len(text) >= 10 and letters >= 0.7 * len(text) and "\ufffd" not in text
