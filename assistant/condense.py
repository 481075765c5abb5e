"""Conversation to standalone queries, without a language model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from ingest.errors import BadHistory, BadQuery

_LEANS = re.compile(
    r"(?i)^(?:and|but|so|then|or|also|why|how|what else|which|when|where|who)\W*$"
    r"|^(?:and|but|so|or|also|tell me more|go on|more)\b"
    r"|\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those|"
    r"one|ones|former|latter|both|other|others|another|same|such|then|there|"
    r"first|second|third|fourth|fifth|last|next|previous|above|you said|you mentioned)\b"
    r"|它|她|(?<!其)他(?!国)|这|那(?!么)|(?<!因)此|(?<!应)该|(?<!尤)其(?![他实])|上述|"
    r"前者|后者|两者|二者|刚才|前面|前一|后一|另一|还有|第[一二三四五]|^(?:和|与|那么|而|再)"
)
"""Words by which a question leans on what was said before."""

_COMPLETE = re.compile(
    r"(?i)^(?:what|who)(?:['\u2019]s| is| are| was| were) \w|^define \w"
    r"|^(?:什么|谁)是\w|^\w+是(?:什么|谁)"
)
"""Beginnings of short questions that are no scraps."""

_COURTESY = re.compile(
    r"(?i)^\W*(?:(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|thanks?|thx|cheers|bye|"
    r"goodbye|ok(?:ay)?|great|perfect|there|again|you|so much|very much|a lot|"
    r"你好|您好|大家好|谢谢你?|多谢|再见|好的)(?!\w)\W*)+$"
)
"""Greetings and thanks, and nothing else."""

_FEW_WORDS = 3
_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_A_WORD = 2
"""Chinese characters that a word has, about."""

_WORD = re.compile(r"\w{2,}")

FUNCTION_WORDS = frozenset(
    "about above according after again against all also am an and another any are as at be because "
    "been before being below between both but by can could describe did do does down during each "
    "else ever example examples explain few first for from further get give go going got had has "
    "have he her here hers him his how if in into is it its just kind know last least less let "
    "like list many may me mean means might mine more most much must my name next no nor not now "
    "of off ok okay on once one ones only onto or other our ours out over own per please said same "
    "say says second shall she should since so some such talking tell than thank thanks that the "
    "their theirs them then there these they thing things think third this those through to too "
    "under until up upon us very was way ways we well were what when where which while who whom "
    "whose why will with would yes yet you your yours don ll re ve".split()
)
"""Words of a question that tell nothing of its subject."""

_CARRIED = 10
"""How many words of earlier turns a follow-up is searched with."""

_FADING = 0.8
"""What a word counts for less with every turn that has passed since."""

_LAST_ANSWER = 0.25
"""How much the place of the last answer counts; the question counts 1, as does it with words."""

MAX_QUESTION = 1_000
"""Characters; about what the embedder reads of a query (256 tokens)."""


class Query(NamedTuple):
    """What to search with; the ranking of one counts in proportion to its weight."""

    text: str
    weight: float = 1.0


def checked_question(question: str) -> str:
    """A question with its whitespace collapsed, and "?" for what is half a character.

    Args:
        question: What the user typed.

    Returns:
        The same in one line.

    Raises:
        BadQuery: It is no text, empty, or longer than `MAX_QUESTION` characters.
    """
    if not isinstance(question, str):
        raise BadQuery(f"The question is {question!r}; give text.")
    readable = question.encode(errors="replace").decode()
    stripped = " ".join(readable.split())
    if not any(character.isalnum() for character in stripped):
        raise BadQuery("The question is empty. Ask something in words.")
    if len(stripped) > MAX_QUESTION:
        raise BadQuery(
            f"The question has {len(stripped):,} characters; at most {MAX_QUESTION:,} are read. "
            "Ask it in a few sentences, or one part at a time."
        )
    return stripped


def queries(question: str, history: Sequence[Any] | None) -> list[Query]:
    """The queries to search with, and how much the ranking of each counts.

    A follow-up is searched as it stands, with the words that the user's earlier turns
    were about, and, for a quarter, by the last turn and its answer: what is asked next
    mostly stands near what was found before. Words rather than turns: glued to the
    turns before it, a question is buried. A question that stands by itself is searched
    alone, so that a change of subject is not answered from the old one.
    ``benchmarks/mtrag.py`` measures it.

    Args:
        question: A checked question.
        history: Earlier turns, oldest first.

    Returns:
        One query, or two or three for a follow-up.

    Raises:
        BadHistory: A turn lacks ``role`` or ``content``.
    """
    turns = checked_turns(history or ())
    asked = [turn["content"] for turn in turns if turn["role"] == "user"]
    if not asked or not leans_on_history(question):
        return [Query(question)]
    found = [Query(question)]
    if subject := carried(asked, question):
        found.append(Query(" ".join((*subject, question))))
    if turns[-1]["role"] == "assistant":
        last = " ".join(f"{asked[-1]} {turns[-1]['content']}".split())
        found.append(Query(last[:MAX_QUESTION], _LAST_ANSWER))
    return found


def leans_on_history(question: str) -> bool:
    """Whether a question needs the one before it: it points back, or is a scrap."""
    if is_courtesy(question):
        return False
    if _LEANS.search(question):
        return True
    others = re.findall(r"\w[\w'\u2019-]*", _HAN.sub(" ", question))
    words = len(others) + len(_HAN.findall(question)) / _HAN_A_WORD
    return words <= _FEW_WORDS and not _COMPLETE.search(question)


def is_courtesy(question: str) -> bool:
    """Whether a question only greets or thanks."""
    return bool(_COURTESY.match(question))


def carried(turns: Sequence[str], question: str) -> list[str]:
    """The words that turns were about and a question leaves out.

    A word weighs `_FADING` to the power of its turn's age, summed over its turns.

    Args:
        turns: What the user asked before, oldest first.
        question: The question.

    Returns:
        At most `_CARRIED` words in lower case, the weightiest first.
    """
    weights: dict[str, float] = {}
    for age, turn in enumerate(reversed(turns)):
        for word in dict.fromkeys(_WORD.findall(turn.lower())):
            weights[word] = weights.get(word, 0.0) + _FADING**age
    known = FUNCTION_WORDS.union(_WORD.findall(question.lower()))
    weightiest = sorted(weights, key=lambda word: -weights[word])
    return [word for word in weightiest if word not in known][:_CARRIED]


def checked_turns(history: Sequence[Any]) -> list[dict[str, str]]:
    """Earlier turns, checked.

    Args:
        history: What the caller gave.

    Returns:
        The same.

    Raises:
        BadHistory: It is no sequence, or a turn lacks ``role`` or ``content``.
    """
    if isinstance(history, str) or not isinstance(history, Sequence):
        raise BadHistory(f"The history is {history!r}; give a list of turns, oldest first.")
    turns: list[dict[str, str]] = []
    for i, turn in enumerate(history):
        role = turn.get("role") if isinstance(turn, dict) else None
        content = turn.get("content") if isinstance(turn, dict) else None
        if role not in {"user", "assistant"} or not isinstance(content, str):
            raise BadHistory(
                f"history[{i}] is {turn!r}; each turn is "
                '{"role": "user" or "assistant", "content": "…"}.'
            )
        turns.append({"role": str(role), "content": content})
    return turns
