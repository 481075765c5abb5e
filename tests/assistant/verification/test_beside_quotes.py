"""Quotes in a sentence, what is cut out of them, and the words beside them."""

from __future__ import annotations

import pytest

from assistant.verification.verify import Check, Evidence
from tests.assistant.verification.helpers import HARBOUR, ORCHARD, check
from vectorstore.protocols import Embedder


def test_quotes_are_looked_for_letter_by_letter(embedder: Embedder) -> None:
    frame = "Holm (2001), in Harbours: "
    good = check(f"{frame}“The growers share two pumps”", HARBOUR, ORCHARD, embedder=embedder)
    start = ORCHARD.index("The growers")
    assert good == Check("supported", 1.0, (), Evidence(1, start, start + 27))
    altered = check(f"{frame}“The growers share three pumps”", ORCHARD, embedder=embedder)
    assert altered.verdict == "quote not found"
    assert altered.reasons == ("the quote “The growers share three pumps” is not in the source",)
    assert altered.evidence is None
    both = f"{frame}“The growers share two pumps” “and decide in a weekly meeting”"
    assert check(both, ORCHARD, embedder=embedder).verdict == "quote not found"


DENIED = "negated in one and not in the other"


BESIDE = "what stands beside the quote is not in the source"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Norway owns the pier.", "It is not true that Norway owns the pier."),
        ("Norway owns the pier.", "Some scholars wrongly believe that Norway owns the pier."),
        ("Norway owns the pier.", "It is a myth that Norway owns the pier."),
        ("Holm: “Norway owns the pier”.", "It is not true that Norway owns the pier."),
        ("港口向小船收费。", "有人错误地认为港口向小船收费。"),
    ],
)
def test_what_is_cut_out_of_a_denial_is_not_supported(
    text: str, source: str, embedder: Embedder
) -> None:
    found = check(text, source, embedder=embedder)
    assert (found.verdict, found.reasons) == ("not supported", (DENIED,))


def test_what_is_cut_out_of_a_sentence_is_compared(embedder: Embedder) -> None:
    found = check("Two pumps are shared", "We say: Two pumps are shared.", embedder=embedder)
    assert found.verdict == "supported"
    assert found.score < 1


@pytest.mark.parametrize(
    ("text", "verdict", "reason"),
    [
        ("Norway alone decides everything: “The growers share two pumps”.", "partly", BESIDE),
        ("Norway “share two pumps and decide”.", "partly", BESIDE),
        ("It is not so that “The growers share two pumps”.", "not supported", DENIED),
        ("Holm does not write: “The growers share two pumps”.", "not supported", DENIED),
        ("This is false: “The growers share two pumps”.", "not supported", DENIED),
        ("It is a myth that “The growers share two pumps”.", "not supported", DENIED),
        (
            "Orchards in the valley are not watered at night: “The growers share two pumps”.",
            "not supported",
            DENIED,
        ),
    ],
)
def test_a_quote_does_not_bear_out_the_words_beside_it(
    text: str, verdict: str, reason: str, embedder: Embedder
) -> None:
    found = check(text, ORCHARD, embedder=embedder)
    assert (found.verdict, found.reasons) == (verdict, (reason,))


@pytest.mark.parametrize(
    "frame",
    [
        "Holm: ",
        "Holm and Berg (2001) write: ",
        "As Anna Holm (2001, p. 3) puts it: ",
        "According to Holm, ",
        "Anna Holm argues that ",
        "The authors also note that ",
        "It says ",
        "张毅\uff082001\uff09写道\uff1a",
        "张毅认为",
    ],
)
def test_who_says_a_quote_is_no_claim(frame: str, embedder: Embedder) -> None:
    found = check(f"{frame}“The growers share two pumps”.", ORCHARD, embedder=embedder)
    assert (found.verdict, found.score) == ("supported", 1.0)


def test_somebody_else_who_says_a_quote(embedder: Embedder) -> None:
    text = "Anna Holm argues that “The growers share two pumps”."
    found = check(text, f"Peter Berg argues: {ORCHARD}", embedder=embedder)
    assert found.verdict == "partly"
    assert found.reasons == ('the name "Anna Holm" is not in the source',)


def test_a_quote_beside_what_the_source_says(embedder: Embedder) -> None:
    text = "In the valley orchards are watered at night, and “The growers share two pumps”."
    assert check(text, ORCHARD, embedder=embedder).verdict == "supported"


def test_a_bare_denial_says_something(embedder: Embedder) -> None:
    assert check("They do not.", ORCHARD, embedder=embedder).verdict == "not supported"


def test_typography_does_not_alter_a_quote(embedder: Embedder) -> None:
    source = "They wrote: “It\u2019s a well-\nknown co-operation — of eﬀort.”"
    for quote in (
        "It's a well-known co-operation",
        "It\u2019s a wellknown cooperation \u2013 of effort",
    ):
        assert check(f"It says “{quote}”", source, embedder=embedder).verdict == "supported"


def test_a_true_quote_does_not_carry_what_stands_beside_it(embedder: Embedder) -> None:
    text = "“The growers share two pumps”, and bananas ripen on the moon every 300 years."
    assert check(text, ORCHARD, embedder=embedder).verdict != "supported"
