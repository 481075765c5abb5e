"""What happens while a question is being answered, as `Assistant.stream` tells it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.types import Answer, Hit, Sentence


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The passages were found, best first; ``standalone`` is a follow-up as understood."""

    hits: tuple[Hit, ...]
    standalone: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """The model wrote more of the answer: ``text`` follows what it wrote before.

    It is as the model wrote it, markers unchecked; `Done` has the checked text.
    """

    text: str


@dataclass(frozen=True, slots=True)
class SentenceVerified:
    """A sentence is complete, and was compared with what it cites."""

    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Done:
    """The answer, checked; nothing follows."""

    answer: Answer


Event = Retrieved | Token | SentenceVerified | Done
