"""Each thing that is compared, as a user of `verify` sees it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.verification.verify import Check, Claim, verify
from ingest.errors import BadSettings
from ingest.sentences import split_sentences
from ingest.types import Passage
from tests.assistant.test_search import tiny_cross_encoder
from tests.assistant.verification.helpers import HARBOUR, ORCHARD, check
from vectorstore.protocols import Embedder, PassageVectors


@pytest.mark.parametrize(
    "true",
    [
        "The harbour council was founded in 1987 by Norway and Denmark.",
        "In 1987 Norway and Denmark founded the harbour council.",
        "Denmark and Norway founded the harbour council in 1987.",
        "The council does not collect tolls from small boats.",
        "The council of Norway and Denmark doesn't collect tolls from small boats.",
        "Its three wardens live on the fees of large ships.",
        "Norway sued Denmark over a pier in May 1994.",
        "Denmark was sued by Norway over a pier in May 1994.",
        "62% of the fishers increased their catch.",
        "Holm argues that the council does not collect tolls from small boats.",
    ],
)
def test_what_the_source_says_is_supported(true: str, embedder: Embedder) -> None:
    found = check(true, HARBOUR, embedder=embedder)
    assert (found.verdict, found.reasons) == ("supported", ())
    assert found.evidence


@pytest.mark.parametrize(
    ("false", "reason"),
    [
        ("In 1989 Norway and Denmark founded the harbour council.", "the number 1989"),
        ("The council's four wardens live on the fees of large ships.", "the number four"),
        ("In June 1994 Norway sued Denmark over a pier.", "the number June"),
        ("72 percent of the fishers increased their catch.", "the number 72 percent"),
        ("The council does collect tolls from small boats.", "negated in one"),
        ("The council collects tolls from small boats.", "negated in one"),
        ("Its three wardens do not live on the fees of large ships.", "negated in one"),
        ("62 percent of the fishers decreased their catch.", '"decreased"'),
        ("In 1987 Norway and Iceland founded the harbour council.", 'the name "Iceland"'),
        ("In May 1994 Denmark sued Norway over a pier.", "have changed places"),
        ("Denmark sued Norway over a pier in May 1994.", "have changed places"),
    ],
)
def test_what_the_source_does_not_say_is_told(false: str, reason: str, embedder: Embedder) -> None:
    found = check(false, HARBOUR, embedder=embedder)
    assert found.verdict in {"partly", "not supported"}
    assert any(reason in told for told in found.reasons)


def test_a_citation_moved_to_another_passage(embedder: Embedder) -> None:
    text = "The council does not collect tolls from small boats."
    found = check(text, ORCHARD, embedder=embedder)
    assert found.verdict == "not supported"
    assert found.reasons
    assert check(text, ORCHARD, HARBOUR, embedder=embedder).verdict == "supported"


def test_a_sentence_put_together_from_two_passages(embedder: Embedder) -> None:
    text = "The growers share two pumps, and the council does not collect tolls from small boats."
    assert check(text, ORCHARD, HARBOUR, embedder=embedder).verdict == "supported"
    alone = check(text, ORCHARD, embedder=embedder).score
    assert alone < check(text, ORCHARD, HARBOUR, embedder=embedder).score


@pytest.mark.parametrize(
    "false",
    [
        "Exports fell by a third.",
        "Exports shrank by a third.",
        "Poverty grew.",
        "Exports rose by a half, and poverty declined.",
    ],
)
def test_verbs_of_direction_and_fractions(false: str, embedder: Embedder) -> None:
    source = "Exports rose by a third, and poverty declined."
    assert check(false, source, embedder=embedder).verdict != "supported"
    assert check("Exports rose by a third.", source, embedder=embedder).verdict == "supported"


def test_evidence_is_the_sentence_that_says_it(embedder: Embedder) -> None:
    found = check(
        "Small boats pay the council no tolls.", ORCHARD, HARBOUR, embedder=embedder
    ).evidence
    assert found
    assert found.passage == 1
    assert HARBOUR[found.start : found.end].startswith("It does not collect tolls")


@pytest.mark.parametrize("sources", [(), ("",), (" \n", "")])
def test_without_a_source_nothing_is_supported(sources: Sequence[str], embedder: Embedder) -> None:
    found = check("The growers share two pumps.", *sources, embedder=embedder)
    assert found == Check("not supported", 0.0, ("it cites no passage",), None)


def test_chinese_in_its_own_language_and_in_another(embedder: Embedder) -> None:
    source = "港口理事会成立于1987年。它不向小船收费。"
    assert check("港口理事会成立于1987年", source, embedder=embedder).verdict == "supported"
    other_year = check("港口理事会成立于1988年。", source, embedder=embedder)
    assert other_year.verdict != "supported"
    assert "the number 1988 is not in the source" in other_year.reasons
    assert check("他说「它不向大船收费」", source, embedder=embedder).verdict == "quote not found"
    across = check("挪威和丹麦于1987年成立了港口理事会。", HARBOUR, embedder=embedder)
    assert across.verdict == "partly"
    assert "another language" in across.reasons[0]


@pytest.mark.parametrize(
    ("text", "source", "verdict"),
    [
        ("全球治理不需要各国合作。", "全球治理需要各国合作。", "not supported"),
        ("全球治理无需各国合作。", "全球治理需要各国合作。", "not supported"),
        ("社会组织是政府的附属机构。", "社会组织不是政府的附属机构。", "not supported"),
        ("治理的概念包括五个核心部分。", "治理的概念包括三个核心部分。", "partly"),
        ("全球治理无需各国合作。", "全球治理不需要各国合作。", "supported"),
        ("核心部分有三个\uff0c治理的概念包括它们。", "治理的概念包括三个核心部分。", "supported"),
    ],
)
def test_chinese_denials_and_numerals(
    text: str, source: str, verdict: str, embedder: Embedder
) -> None:
    found = check(text, source, embedder=embedder)
    assert found.verdict == verdict
    assert bool(found.reasons) is (verdict != "supported")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "—",
        "…",
        "?!",
        "1987",
        "a" * 2_000,
        "治" * 3_000,
        "亿" * 3_000,
        "和" * 3_000 + "\uff1a“一个合作的过程”",
        "pier " * 3_000,
        "\U0001f600 \U0001d52d \x00 \ufeff",
    ],
)
def test_nothing_crashes(text: str, embedder: Embedder) -> None:
    for source in (HARBOUR, "…", "治理", "x" * 900):
        check(text, source, embedder=embedder)
        check(HARBOUR, text, embedder=embedder)


def test_a_very_long_sentence_is_still_compared(embedder: Embedder) -> None:
    long = HARBOUR.replace(". ", ", and ") * 3
    assert check(long, HARBOUR, embedder=embedder).verdict == "supported"
    assert check(long.replace("1987", "1887"), HARBOUR, embedder=embedder).verdict != "supported"


class Counting:
    """An embedder that counts how often it is asked, and for how many texts."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.record = embedder.record
        self.asked: list[int] = []

    def encode_passages(self, passages: Sequence[Passage]) -> PassageVectors:
        self.asked.append(len(passages))
        return self._embedder.encode_passages(passages)


def test_an_answer_is_embedded_in_one_batch_and_passages_once(embedder: Embedder) -> None:
    counting = Counting(embedder)
    first = [
        Claim(f"Growers of plum number {n} water orchards.", (ORCHARD + " Plums.",))
        for n in range(20, 24)
    ]
    second = [Claim("A meeting decides who may use the pumps.", (ORCHARD + " Plums.",))]
    in_one = verify(first, counting)  # type: ignore[arg-type]
    verify(second, counting)  # type: ignore[arg-type]
    assert counting.asked == [5, 1]
    assert in_one == [verify([claim], embedder)[0] for claim in first]
    verify([Claim(ORCHARD, (ORCHARD,))], counting)  # type: ignore[arg-type]
    assert counting.asked == [5, 1]


def test_another_embedder_compares_words_alone(embedder: Embedder) -> None:
    class Other:
        record = type(embedder.record)("other", "0" * 64, 384, 256)

    true, false = "Norway and Denmark founded the council in 1987.", "Bananas ripen on the moon."
    checks = verify([Claim(true, (HARBOUR,)), Claim(false, (HARBOUR,))], Other())  # type: ignore[arg-type]
    assert [c.verdict for c in checks] == ["supported", "not supported"]


def test_a_cross_encoder_for_entailment(tmp_path: Path, embedder: Embedder) -> None:
    from sentence_transformers import CrossEncoder

    name = tiny_cross_encoder(tmp_path)
    text = "Growers water their orchards when it is dark."
    [found] = verify([Claim(text, (ORCHARD,))], embedder, nli=name)
    expected = float(CrossEncoder(name, device="cpu").predict([(ORCHARD, text)])[0])
    assert found.score == pytest.approx(expected, abs=1e-5)
    [wrong] = verify([Claim("The growers share five pumps.", (ORCHARD,))], embedder, nli=name)
    assert wrong.verdict != "supported"


def test_a_cross_encoder_that_is_not_there(tmp_path: Path, embedder: Embedder) -> None:
    with pytest.raises(BadSettings, match="cannot be loaded"):
        verify([Claim("Plums are blue.", (ORCHARD,))], embedder, nli=str(tmp_path / "none"))


def test_sentences_of_the_samples_are_supported_by_their_paragraphs(embedder: Embedder) -> None:
    text = (Path(__file__).parents[3] / "samples/liu.md").read_text("utf-8")
    paragraphs = [p for p in text.split("\n\n") if p.count(". ") >= 2][:8]
    cited = [(p[a:b], p) for p in paragraphs for a, b in split_sentences(p)]
    assert len(cited) > 15
    true = verify([Claim(text.replace(" ", "  "), (p,)) for text, p in cited], embedder)
    assert {found.verdict for found in true} == {"supported"}
    moved = verify([Claim(text, (HARBOUR,)) for text, _ in cited], embedder)
    assert "supported" not in {found.verdict for found in moved}


def test_a_term_in_quote_marks_has_to_be_the_sources(embedder: Embedder) -> None:
    told = "Its three “wardens” live on the fees of large ships."
    assert check(told, HARBOUR, embedder=embedder).verdict == "supported"
    invented = check(told.replace("wardens", "polymetrics"), HARBOUR, embedder=embedder)
    assert invented.verdict != "supported"
    assert 'the term "polymetrics" is not in the source' in invented.reasons
