"""Quotes are located, checked, and never said twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Answer, Assistant, Passage, Span
from assistant.condense import Query, queries
from assistant.gate import Decision
from assistant.quoting import MAX_CHARACTERS, answer_by_quoting, locate
from assistant.quoting.frames import frame

SOURCE = (
    "Tide wardens keep the sluice<sup>[4]</sup>. They meet at\n"
    "the lock house, in the¶\n\n---\n\nstorm months only. Then they rest.\n"
)


def passage(text: str, *spans: Span) -> Passage:
    return Passage("p", "paper", text, (), spans)


def test_a_quote_is_cut_where_cleaning_left_something_out() -> None:
    cut = SOURCE.index("¶") + 1
    rest = SOURCE.index("storm")
    text = (
        "Tide wardens keep the sluice. They meet at the lock house, in the storm months only. "
        "Then they rest."
    )
    spans = (Span(0, cut), Span(rest, len(SOURCE) - 1))
    start, end = text.index("They"), text.index(" Then")
    quote, places = locate(SOURCE, passage(text, *spans), start, end)
    assert quote == "They meet at the lock house, in the storm months only."
    assert [SOURCE[a:b] for a, b in places] == [
        "They meet at",
        "the lock house, in the",
        "storm months only.",
    ]


def test_a_quote_that_the_source_does_not_hold_has_no_place() -> None:
    text = "Tide wardens sell the sluice."
    assert locate(SOURCE, passage(text, Span(0, 44)), 0, len(text)) == (text, ())


def test_a_passage_whose_file_was_swapped_is_not_cited(samples: Assistant) -> None:
    known = samples.search("smart governance", k=1)[0].passage
    assert locate("Another text altogether.", known, 0, 20)[1] == ()


@pytest.fixture
def echoes(tmp_path: Path) -> Iterator[Assistant]:
    same = "Dune associations decide together which paths stay open."
    (tmp_path / "a.md").write_text(f"# Dunes one\n\n{same} They meet in May.\n", "utf-8")
    (tmp_path / "b.md").write_text(f"# Dunes two\n\n{same} They print a map.\n", "utf-8")
    long = " ".join(
        f"Dune association number {i} keeps its own paths and meets." for i in range(80)
    )
    (tmp_path / "c.md").write_text(f"# Dunes three\n\n{long}\n", "utf-8")
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add([tmp_path / "a.md", tmp_path / "b.md", tmp_path / "c.md"])
        yield assistant


def test_the_same_sentence_of_two_papers_is_two_passages_and_one_quote(echoes: Assistant) -> None:
    question = "Who decides which dune paths stay open?"
    texts = [hit.passage.text for hit in echoes.search(question)]
    assert len([text for text in texts if "decide together" in text]) == 2
    assert echoes.ask(question).text.count("decide together") == 1


def test_an_answer_keeps_its_length(echoes: Assistant) -> None:
    answer = echoes.ask("What do dune associations keep?")
    assert answer.answered
    assert len(answer.text) <= MAX_CHARACTERS


def test_what_says_nothing_by_itself_is_not_quoted(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# Lamps\n\nLamp wardens. 4. The lamp wardens of the quay trim their lamps at dusk.\n\n"
        "# Acknowledgements\n\nThe lamp wardens are thanked for their lamps and for the quay.\n",
        "utf-8",
    )
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(tmp_path / "a.md")
        answer = quoted(assistant, "What do the lamp wardens of the quay do with their lamps?")
    assert [c.quote for c in answer.citations] == [
        "The lamp wardens of the quay trim their lamps at dusk."
    ]


LIGHTS = """# Lights of the harbour

Ada Quill

1. Rules

A lamp warden is a neighbour who trims the lamps of a quay for one winter. The town pays nobody.
The harbour chain has three duties of the lamp warden. First, the warden fills the oil of each
lamp before dusk. The oil comes from the storm weeks. Second, the warden cleans the glass when
salt dims it. Finally, the warden counts the lamps that went out and tells the chain.

2. Tolls

Every boat pays for light by (1) a jar of oil in spring, (2) a day of work in summer, and (3) a
basket of coal in winter.
"""

OARS = """# Oars of the harbour

Ben Reed

1. Rowers

A rower is a neighbour who brings the pilot to the ships. Rowers trim no lamps, and they row at
dawn. The rowers elect a stroke every spring.
"""


@pytest.fixture
def harbour(tmp_path: Path) -> Iterator[Assistant]:
    (tmp_path / "lights.md").write_text(LIGHTS, "utf-8")
    (tmp_path / "oars.md").write_text(OARS, "utf-8")
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add([tmp_path / "lights.md", tmp_path / "oars.md"])
        yield assistant


def quoted(assistant: Assistant, question: str, max_characters: int = MAX_CHARACTERS) -> Answer:
    """An answer whatever the gate says."""
    found = assistant._queries(question, None)
    decision = Decision(answerable=True, score=1.0, unmentioned=())
    return answer_by_quoting(
        assistant._library,
        question,
        found,
        assistant.search(question),
        max_characters=max_characters,
        decision=decision,
    )


def test_a_list_over_several_sentences_is_quoted_whole(harbour: Assistant) -> None:
    text = quoted(harbour, "What are the three duties of the lamp warden?").text
    items = [line for line in text.splitlines() if line.startswith("- ")]
    assert [item.split(",")[0] for item in items if "warden" in item and "duties" not in item] == [
        "- “First",
        "- “Second",
        "- “Finally",
    ]
    assert "The oil comes from the storm weeks." in text


def test_a_list_within_a_sentence_is_shown_as_one(harbour: Assistant) -> None:
    answer = quoted(harbour, "Which payments for light does every boat make?")
    items = [line for line in answer.text.splitlines() if line.startswith("- ")]
    tolls = [item for item in items if item.startswith("- “(")]
    assert [item[3:6] for item in tolls] == ["(1)", "(2)", "(3)"]
    source = {paper.id: harbour.source(paper.id) for paper in harbour.papers()}
    for citation in answer.citations:
        found = "".join(source[citation.paper.id][a:b] for a, b in citation.spans)
        assert "".join(found.split()) == "".join(citation.quote.split())


def test_a_short_answer_makes_room_for_a_list_and_nothing_else(harbour: Assistant) -> None:
    question = "What are the three duties of the lamp warden?"
    short = quoted(harbour, question, max_characters=200)
    assert "Finally" in short.text
    assert len(short.text) < len(quoted(harbour, question).text)


def test_a_definition_comes_first(harbour: Assistant) -> None:
    answer = quoted(harbour, "What is a lamp warden?")
    assert answer.citations[0].quote.startswith("A lamp warden is")


def test_papers_that_are_compared_each_have_their_say(harbour: Assistant) -> None:
    answer = quoted(harbour, "What do Quill and Reed each say about neighbours?", 320)
    assert "Ada Quill:" in answer.text
    assert "Ben Reed:" in answer.text
    assert len(answer.sentences) == 2


def test_a_chinese_question_has_chinese_frames(harbour: Assistant) -> None:
    answer = quoted(harbour, "lamp warden 是什么意思")
    assert answer.text.startswith("Ada Quill\N{FULLWIDTH COLON}")
    assert "“A lamp warden is" in answer.text


def test_of_the_same_authors_the_title_tells(harbour: Assistant) -> None:
    lights = harbour.papers()[0]
    again = replace(lights, id="again", title="More lights")
    assert frame(lights, [lights, again], "en") == f"Ada Quill, “{lights.title}”:"
    assert frame(replace(lights, authors=()), [lights], "en") == f"“{lights.title}”:"
    dated = replace(lights, year=1999)
    assert frame(dated, [dated], "zh") == (
        "Ada Quill\N{FULLWIDTH LEFT PARENTHESIS}1999\N{FULLWIDTH RIGHT PARENTHESIS}"
        "\N{FULLWIDTH COLON}"
    )


def test_many_authors_are_named_in_short(harbour: Assistant) -> None:
    names = ("{Human Rights Watch}", "Nye, Joseph S., Jr.", "Ada Quill")
    many = replace(harbour.papers()[0], authors=names)
    assert frame(many, [many], "en") == "Human Rights Watch, Joseph S. Nye Jr. et al.:"
    assert frame(many, [many], "zh") == (
        "Human Rights Watch、Joseph S. Nye Jr.等\N{FULLWIDTH COLON}"
    )
    citation = quoted(harbour, "What is a lamp warden?").citations[0]
    assert replace(citation, paper=many).reference.startswith(
        "Human Rights Watch, Joseph S. Nye Jr. et al. Lights of the harbour. "
    )
    dated = replace(many, year=1999)
    assert replace(citation, paper=dated).reference.startswith(
        "Human Rights Watch, Joseph S. Nye Jr. et al. (1999). Lights of the harbour. "
    )


def test_markers_and_citations_agree(samples: Assistant) -> None:
    answer = samples.ask("What does participatory governance change?")
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [n for sentence in answer.sentences for n in sentence.citations] == numbers
    for citation in answer.citations:
        assert f"“{citation.quote}” [{citation.number}]" in answer.text


def test_the_queries_of_a_conversation() -> None:
    history = [
        {"role": "user", "content": "What is a dune?"},
        {"role": "assistant", "content": "A hill of sand."},
        {"role": "user", "content": "Who keeps it?"},
        {"role": "assistant", "content": "Its association."},
    ]
    last = Query("Who keeps it? Its association.", 0.25)
    assert queries("Why?", history) == [Query("Why?"), Query("keeps dune Why?"), last]
    assert queries("Why?", history[:3]) == [Query("Why?"), Query("keeps dune Why?")]
    assert queries("Who keeps such a dune?", history) == [Query("Who keeps such a dune?"), last]
    assert queries("Why?", []) == queries("Why?", None) == [Query("Why?")]
    assert queries("Why?", history[1:2]) == [Query("Why?")]
    assert queries("Which bread is baked in Lyon?", history) == [
        Query("Which bread is baked in Lyon?")
    ]


def test_a_change_of_subject_is_not_answered_from_the_old_one(samples: Assistant) -> None:
    history = [
        {"role": "user", "content": "What are the three parts of the concept of governance?"},
        {"role": "assistant", "content": "Object, process and negotiation."},
    ]
    assert not samples.ask("How do I bake sourdough bread?", history=history).answered
