"""True sentences of answers, light paraphrases of them, and sentences made false by rule."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant import Assistant
from assistant.evaluation.golden import read_golden
from assistant.types import Answer
from assistant.verification.verify import Claim
from ingest.cleaning import clean_text
from ingest.sentences import split_sentences

LEAST_WORDS = 6
SEED = 20261125
_NEGATABLE = re.compile(
    r"\b(is|are|was|were|has|have|had|can|could|should|must|will|would|may|might|do|does|did)\b"
    r"(?! not\b)(?=\s)"
)
_NOT = re.compile(r"\b(?:do|does|did) not |(?<=\b) ?\bnot\b(?! only)")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?:(?: of)? [A-Z][a-z]+)*\b")
_NUMBER = re.compile(
    r"\b\d[\d,]*\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|twenty|hundred)\b"
)
_NUMBER_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty")
_OPENING = re.compile(
    r"^((?:In|By|For|With|Through|After|Since|Under|During|Among|From|At|On) [^,;:()]{5,90}), "
    r"(\w[^:;]+)([.?!])$"
)
_CONNECTORS = (
    (r"^However, ", "But "),
    (r"^Therefore, ", "So "),
    (r"^Secondly?, ", "Next, "),
    (r"\bin order to\b", "to"),
    (r"\bsuch as\b", "like"),
    (r"\bdue to\b", "because of"),
    (r"\bat the same time\b", "meanwhile"),
    (r"\bin addition\b", "besides"),
    (r"\bfor example\b", "for instance"),
    (r"\bas well as\b", "and also"),
    (r", that is,", ", in other words,"),
    (r"\balthough\b", "though"),
    (r"\bThis paper\b", "The paper"),
)


@dataclass(frozen=True, slots=True)
class TrueSentence:
    """A sentence of an answer, the passage it is from, others near it, and its paper's names."""

    text: str
    passage: str
    others: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def claim(self) -> Claim:
        """The sentence, cited as it should be."""
        return Claim(self.text, (self.passage,))


def quoted_sentences(assistant: Assistant, golden: Path) -> list[TrueSentence]:
    """The sentences that the assistant's answers to golden questions quote, once each.

    Args:
        assistant: With the library that the questions are about.
        golden: The questions.

    Returns:
        Sentences of `LEAST_WORDS` words or more, without quote marks, so that nothing
        gives a changed one away. Their ``others`` are the other passages that the
        answer cites or names as near.
    """
    found: dict[str, TrueSentence] = {}
    for question in read_golden(golden):
        answer = assistant.ask(question.question, history=list(question.history))
        for citation in answer.citations:
            others = _others(answer, citation.passage.text)
            names = _names(assistant.source(citation.paper.id))
            for start, end in split_sentences(citation.quote):
                text = citation.quote[start:end]
                if len(text.split()) >= LEAST_WORDS:
                    found[text] = TrueSentence(text, citation.passage.text, others, names)
    return list(found.values())


def _others(answer: Answer, passage: str) -> tuple[str, ...]:
    near = [c.passage.text for c in answer.citations] + [h.passage.text for h in answer.nearest]
    return tuple(dict.fromkeys(text for text in near if text != passage))


def _names(source: str) -> tuple[str, ...]:
    return tuple(sorted(set(_NAME.findall(source))))


def reference_claims(questions: Path) -> list[Claim]:
    """The sentences of hand-written answers, each with all spans judged relevant.

    Args:
        questions: JSON Lines with ``answer`` and ``relevant``.

    Returns:
        The sentences of answers that have a relevant span.
    """
    found = []
    for row in map(json.loads, questions.read_text("utf-8").splitlines()):
        sources = tuple(clean_text(span["text"]) for span in row["relevant"])
        if sources:
            answer = row["answer"]
            found += [Claim(answer[a:b], sources) for a, b in split_sentences(answer)]
    return found


def paraphrased(sentence: TrueSentence) -> Claim | None:
    """A sentence that says the same in a slightly other form, or None where no rule applies.

    A parenthesis is dropped, what comes before the first comma is put last, and
    connectors are exchanged.
    """
    text = re.sub(r" \([^()]*\)", "", sentence.text)
    for pattern, instead in _CONNECTORS:
        text = re.sub(pattern, instead, text)
    if match := _OPENING.match(text):
        first, rest, stop = match.groups()
        text = f"{rest[0].upper()}{rest[1:]}, {first[0].lower()}{first[1:]}{stop}"
    return Claim(text, sentence.claim.sources) if text != sentence.text else None


def negated(sentence: TrueSentence, random: np.random.Generator) -> Claim | None:
    """Without its "not", or else with one behind one of its auxiliary verbs."""
    text = sentence.text
    if _NOT.search(text):
        return _changed(sentence, _NOT.sub("", text, count=1))
    places = [match.end() for match in _NEGATABLE.finditer(text)]
    if not places:
        return None
    at = places[int(random.integers(len(places)))]
    return _changed(sentence, f"{text[:at]} not{text[at:]}")


def renumbered(sentence: TrueSentence, random: np.random.Generator) -> Claim | None:
    """With one of its numbers changed."""
    places = list(_NUMBER.finditer(sentence.text))
    if not places:
        return None
    match = places[int(random.integers(len(places)))]
    return _changed(sentence, _with(sentence.text, match, _other_number(match[0], random)))


def renamed(sentence: TrueSentence, random: np.random.Generator) -> Claim | None:
    """With two of its names exchanged, or one by another name of its paper."""
    places = list(_NAME.finditer(sentence.text))
    if not places:
        return None
    one = places[0]
    apart = [m for m in places if m[0] != one[0] and not _listed(sentence.text, one, m)]
    if apart and random.random() < 0.5:
        other = apart[0]
        text = _with(_with(sentence.text, other, one[0]), one, other[0])
        return _changed(sentence, text)
    match = places[int(random.integers(len(places)))]
    strangers = [name for name in sentence.names if name not in sentence.passage]
    if not strangers:
        return None
    stranger = strangers[int(random.integers(len(strangers)))]
    return _changed(sentence, _with(sentence.text, match, stranger))


def moved(sentence: TrueSentence, random: np.random.Generator) -> Claim | None:
    """Cited to another passage that the answer cites or that was found near."""
    others = [text for text in sentence.others if sentence.text not in text]
    if not others:
        return None
    return Claim(sentence.text, (others[int(random.integers(len(others)))],))


FAMILIES: dict[str, Callable[[TrueSentence, np.random.Generator], Claim | None]] = {
    "negated": negated,
    "number changed": renumbered,
    "names swapped or replaced": renamed,
    "citation moved": moved,
}


def corruptions(
    sentences: Sequence[TrueSentence], n: int, seed: int = SEED
) -> Iterator[tuple[str, Claim]]:
    """Make sentences false.

    Args:
        sentences: True ones.
        n: How many of each family.
        seed: Which sentences are drawn, and how they are changed.

    Yields:
        The family and a false claim; sentences are drawn again, with another change,
        where too few allow one.
    """
    for family, change in FAMILIES.items():
        random = np.random.default_rng(seed)
        made: dict[Claim, None] = {}
        for _ in range(20):
            for place in random.permutation(len(sentences)):
                claim = change(sentences[int(place)], random)
                if claim and len(made) < n:
                    made[claim] = None
        yield from ((family, claim) for claim in made)


def _changed(sentence: TrueSentence, text: str) -> Claim | None:
    return Claim(text, sentence.claim.sources) if text not in sentence.passage else None


def _listed(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether two names stand in one list, where their order says nothing."""
    return not re.search(
        r"[a-z]{2,}", re.sub(r"\band\b|\bor\b", "", text[one.end() : other.start()])
    )


def _with(text: str, match: re.Match[str], instead: str) -> str:
    return text[: match.start()] + instead + text[match.end() :]


def _other_number(text: str, random: np.random.Generator) -> str:
    if text[0].isdigit():
        value = int(text.replace(",", ""))
        return str(value + int(random.integers(1, 10)))
    others = [word for word in _NUMBER_WORDS if word != text]
    return others[int(random.integers(len(others)))]
