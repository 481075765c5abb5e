from __future__ import annotations

import pytest

from ingest.cleaning import CleanText, clean, clean_spans, clean_text
from ingest.types import Span


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("councils<sup>[4]</sup> decide", "councils decide"),
        ("councils [3] decide [1, 2], and [4-6].", "councils decide, and."),
        ("The vote passed.[7]. The mayor left.", "The vote passed. The mayor left."),
        ("The vote passed. [12] The mayor left.", "The vote passed. The mayor left."),
        ("as the clerk said[^2] later", "as the clerk said later"),
        ("[^note]: See the minutes.", "See the minutes."),
        (
            "The vote passed.¹² The hall of 30 m² emptied.",
            "The vote passed. The hall of 30 m² emptied.",
        ),
        ("power ¶ and duty † alike‡", "power and duty alike"),
        ("duty ÿ and power", "duty and power"),
        ("Ana Ruÿz spoke", "Ana Ruÿz spoke"),
        (r"\* A note. \*Another.", "A note. Another."),
        (r"a \[bracket\] and \_one\_", "a [bracket] and _one_"),
        ("*light*, **strong** and ***both***.", "light, strong and both."),
        ("**Abstract:***With* care", "Abstract:With care"),
        ("_light_ and __strong__", "light and strong"),
        ("the field snake_case and x_i", "the field snake_case and x_i"),
        ("2*3=6, a*b, x**2, (a+b)*(c+d), 2 * 3", "2*3=6, a*b, x**2, (a+b)*(c+d), 2 * 3"),
        ("**治理**是过程", "治理是过程"),
        ("公共\n治理", "公共治理"),
        ("public\nvalue", "public value"),
        ("gover\u00ad\nnance and co\u00adoperation", "governance and cooperation"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("page\x0cbreak and\u00a0space", "page break and space"),
        ("see [the law](https://law.example/a_(b)) now", "see the law now"),
        ('see [the law](<https://law.example/a_(b)> "Law") now', "see the law now"),
        ("see [the\nlaw](law.html) now", "see the law now"),
        ("![Map](map.png) [![Badge](b.svg)](https://b.example)Text", "Text"),
        ("the index f[x](y) of it", "the index f[x](y) of it"),
        ("at <https://law.example/a> now", "at https://law.example/a now"),
        ('a <b>bold</b> <a href="x.html" class=k>link</a><br/> x', "a bold link x"),
        ("if a <b and c> d then", "if a <b and c> d then"),
        ("p < 0.05 and q > 2", "p < 0.05 and q > 2"),
        ("<!-- hidden: note --> seen", "seen"),
        ("## A heading", "A heading"),
        ("> quoted\n> twice", "quoted twice"),
        ("- one\n* two\n+ three\n• four", "one two three four"),
        ("1. one\n2. two", "1. one 2. two"),
        ("| a | b |\n|---|:-:|\n| 1 | 2 |", "a | b 1 | 2"),
        ("```python\nx = 1\n```", "python x = 1"),
        ("the vote [3]of 1999", "the vote of 1999"),
        ("## Aim {#sec:aim .wide}", "Aim"),
        ("# References {-}", "References"),
        ("![Map](map.png){#fig:map width=50%} [law](l.html){target=_blank}", "law"),
        ("::: {.callout-note}\nThe vote.\n:::", "The vote."),
        (": Table 1: Votes {#tbl:votes}", "Table 1: Votes"),
        (r"x^{-} {-} and {a=b} or \frac{1}{2} {2}", r"x^{-} {-} and {a=b} or \frac{1}{2} {2}"),
        ("the vote: {open} ::: so", "the vote: {open} ::: so"),
        ("the `vote` field", "the vote field"),
        ("  much \t space\r\n here ", "much space here"),
        ("", ""),
        ("¶ ** ` \n", "**"),
    ],
)
def test_rules(source: str, expected: str) -> None:
    assert clean_text(source) == expected


def test_every_character_has_its_origin() -> None:
    source = "The **vote**<sup>3</sup>  was [open](x.html)."
    cleaned = clean(source, (Span(0, len(source)),))
    assert cleaned.text == "The vote was open."
    pairs = zip(cleaned.text, cleaned.origins, strict=True)
    assert all(c == " " or source[o] == c for c, o in pairs)


def test_pieces_are_joined_with_one_space() -> None:
    source = "The council and\n\n7\n\nthe mayor agree."
    cleaned = clean(source, (Span(0, 15), Span(20, len(source))))
    assert cleaned.text == "The council and the mayor agree."
    assert cleaned.source_spans(4, 25, (Span(0, 15), Span(20, len(source)))) == (
        Span(4, 15),
        Span(20, 29),
    )


def test_verbatim_spans_end_where_something_was_deleted() -> None:
    source = "An *open* vote,\nheld [2] now"
    cleaned = clean(source, (Span(0, len(source)),))
    spans = cleaned.verbatim_spans(0, len(cleaned.text))
    assert [source[s:e] for s, e in spans] == ["An ", "open", "vote,", "held", "now"]
    assert all(source[s:e] in cleaned.text for s, e in spans)


def test_nothing_is_cleaned_to_nothing() -> None:
    assert clean("text", ()) == CleanText("", ())


def cleaned(text: str) -> str:
    """A hard-wrapped text, cleaned whole."""
    whole = (Span(0, len(text)),)
    assert clean(text, whole).text == clean_spans(text, whole)
    return clean(text, whole).text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("The distri-\nbution of the de-\r\nvelopment", "The distribution of the development"),
        ("> The distri-\n> bution", "The distribution"),
        ("a co-production, and co-\nproduction", "a co-production, and co-production"),
        (
            "a town, that Anglo-\nSaxon one of 1990-\n1995",
            "a town, that Anglo-Saxon one of 1990-1995",
        ),
        ("the pre-\nand post-war towns", "the pre- and post-war towns"),
        ("the Neder-\nlands -\nand others --\nit is", "the Nederlands - and others -- it is"),
        ("of a non-\n- b\n- c", "of a non- b c"),
        ("of a non-\n2. c", "of a non- 2. c"),
    ],
)
def test_words_that_line_ends_part_are_whole_again(source: str, expected: str) -> None:
    assert cleaned(source) == expected


def test_a_text_that_parts_no_words_keeps_its_hyphens() -> None:
    lines = ["The council meets every month in the hall of the town."] * 30
    assert cleaned("\n".join([*lines, "It plans long-", "term."])).endswith("It plans long-term.")


def test_words_of_the_whole_text_decide_on_a_hyphen() -> None:
    source = "The council trusts co-production.\n\nIt wants co-\nproduction of the de-\nvelopment."
    start = source.index("It")
    found = clean(source, (Span(start, len(source)),))
    assert found.text == "It wants co-production of the development."
    assert all(c == " " or source[o] == c for c, o in zip(found.text, found.origins, strict=True))
    at = found.text.index("development")
    places = found.verbatim_spans(at, at + len("development"))
    assert [source[a:b] for a, b in places] == ["de", "velopment"]


def test_halves_of_a_word_on_two_pages_are_one_word() -> None:
    source = "It is a good de-\n\n7\n\nvelopment of towns, and gov-\nernance."
    halves = (Span(0, 16), Span(21, len(source)))
    assert clean(source, halves).text == "It is a good development of towns, and governance."
