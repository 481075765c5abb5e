"""Whose claim a sentence reports: constructions by rule, and sentences of the five papers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.second_hand import second_hand
from ingest.cleaning import clean
from ingest.passages import make_passages
from ingest.reader import read_paper
from ingest.sentences import split_sentences
from ingest.types import Paper, Passage

AUTHORS = ("Zhang Yi", "Jane Roe")
LABELS = Path(__file__).with_name("second_hand.jsonl")


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Ostrom argues that users can govern a commons.", "Ostrom"),
        ("Elinor Ostrom (1990) has shown it, and argued that users can govern.", "Elinor Ostrom"),
        ("Ostrom (1990) argues that users can govern a commons.", "Ostrom"),
        ("In 1990, Elinor Ostrom also pointed out that users can govern it.", "Elinor Ostrom"),
        ("Keohane and Nye hold that power is diffuse.", "Keohane and Nye"),
        ("According to Max Weber, the state has a monopoly.", "Max Weber"),
        ("According to the American scholar Rosenau, order needs no rulers.", "Rosenau"),
        ("In the words of Hannah Arendt, power is acting in concert.", "Hannah Arendt"),
        ("In Weber's view, the state has a monopoly.", "Weber"),
        ("As Rosenau puts it, order needs no rulers.", "Rosenau"),
        ("As the president once said, trade is a bridge.", "president"),
        ('Rosenau: "Order needs no rulers."', None),
        ("Order needs no rulers (Rosenau, 1992).", "Rosenau"),
        ("Power is diffuse (Keohane & Nye, 1977, p. 5).", "Keohane & Nye"),
        ("The World Bank defines governance as the use of power.", "World Bank"),
        ("The committee stated that the goals had been met.", "committee"),
        ("Some critics claim that the bank serves its founders.", "Some critics"),
        ("The bank was called by its critics “a tool”.", "its critics"),
        ("Many scholars have proposed the concept of a regime.", "Many scholars"),
        ("President Mary Poe once pointed out that trade is a bridge.", "Mary Poe"),
        ("Professor Poe, in his book on trade, writes that it is a bridge.", "Poe"),
        ("While Poe stated that trade is a bridge, the king had doubts.", "Poe"),
        ("Susan Strange defines a regime as a fad.", "Susan Strange"),
        ("What Poe calls “the long bridge” is trade.", "Poe"),
        ("Poe's claim that trade is a bridge is old.", "Poe"),
        ("According to the “Charter of Bridges”, trade is free.", "Charter of Bridges"),
        ("In the charter, it is stated that trade is free.", "charter"),
        ("Many countries and Poe believed that trade is a bridge.", "Many countries and Poe"),
        ("European states that trade with others grow.", None),
        ("An analysis of Poe suggests that trade is a bridge.", None),
        ("The king proposed the “bridge” to his neighbours.", None),
        ("奥斯特罗姆认为，使用者可以治理公地。", "奥斯特罗姆"),  # noqa: RUF001
        ("俞可平（2000）指出，治理不同于统治。", "俞可平"),  # noqa: RUF001
        ("一些学者认为，治理不同于统治。", "一些学者"),  # noqa: RUF001
        ("We argue that users can govern a commons.", None),
        ("This paper argues that users can govern a commons.", None),
        ("The author holds that users can govern a commons.", None),
        ("In this paper, we suggest that users can govern a commons.", None),
        ("Jane Roe argues that users can govern a commons.", None),
        ("Zhang holds that users can govern a commons.", None),
        ("本文认为，使用者可以治理公地。", None),  # noqa: RUF001
        ("笔者认为，使用者可以治理公地。", None),  # noqa: RUF001
        ("The theory holds that users can govern a commons.", None),
        ("Research suggests that users can govern a commons.", None),
        ("It is said that users can govern a commons.", None),
        ("The results suggest that users can govern a commons.", None),
        ("According to the results, users govern the commons well.", None),
        ("Users can govern a commons, and states can help them.", None),
        ("The commons calls for rules, and the state for taxes.", None),
        ("The reform was carried out in Kenya (2010).", None),
    ],
)
def test_a_sentence(sentence: str, name: str | None) -> None:
    assert second_hand(sentence, 0, len(sentence), AUTHORS) == name


def test_a_quote_that_an_earlier_sentence_opened() -> None:
    text = 'Ostrom said: "Users can govern. They need no state. They need rules." It rained.'
    places = [
        (text.index(part), name)
        for part, name in (
            ("They need no", "Ostrom"),
            ("They need rules", "Ostrom"),
            ("It rained", None),
        )
    ]
    assert [second_hand(text, at, at + 9, AUTHORS) for at, _ in places] == [n for _, n in places]


def test_a_pronoun_stands_for_whom_the_sentence_before_names() -> None:
    text = "In 1992, James Rosenau edited a book on order. He believed that it needs no rulers."
    assert second_hand(text, text.index("He"), len(text), AUTHORS) == "James Rosenau"


def test_a_quote_of_several_sentences_names_everybody_whom_they_report() -> None:
    text = (
        "Keohane and Nye define order as habit. The World Bank defines it as the use of power. "
        "Nye argues that it grows. Lamps burn."
    )
    assert second_hand(text, 0, len(text), AUTHORS) == "Keohane and Nye; World Bank"


def test_only_the_words_that_are_meant() -> None:
    text = "Ostrom argues that users can govern. The dune is high."
    assert second_hand(text, 0, 10, AUTHORS) == "Ostrom"
    assert second_hand(text, text.index("The"), len(text), AUTHORS) is None
    assert second_hand("", 0, 0, AUTHORS) is None


def sentences_of(paper: Path) -> dict[tuple[str, int, int], tuple[Passage, int, int, Paper]]:
    """The sentences of a paper's passages, by the paper and where they stand in its source."""
    parsed = read_paper(paper)
    found = {}
    for passage in make_passages(parsed, lambda text: len(text) // 4):
        cleaned = clean(parsed.text, passage.spans)
        for start, end in split_sentences(passage.text):
            spans = cleaned.source_spans(start, end, passage.spans)
            place = (parsed.paper.id, spans[0].start, spans[-1].end)
            found[place] = (passage, start, end, parsed.paper)
    return found


def test_sentences_of_the_five_papers(papers_folder: Path) -> None:
    """The rules were widened by what the checks showed: see docs/injection.md for first figures."""
    sentences = {k: v for file in papers_folder.glob("*.md") for k, v in sentences_of(file).items()}
    right = told = wanted = 0
    for row in map(json.loads, LABELS.read_text("utf-8").splitlines()):
        if row["set"] != "rules":
            passage, start, end, paper = sentences[row["paper"], row["start"], row["end"]]
            name = second_hand(passage.text, start, end, paper.authors)
            right += name is not None and name == row["name"]
            told += name is not None
            wanted += row["name"] is not None
    assert wanted == 17
    assert right >= 0.9 * told
    assert right >= 0.7 * wanted
