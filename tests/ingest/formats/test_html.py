from __future__ import annotations

from pathlib import Path

import pytest

from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.formats.html import decode, read
from tests.ingest.formats import bombs

PATH = Path("paper.html")
TEXT = "The council of the town meets in the hall, and everybody may come and listen to it."


def page(body: str, head: str = "") -> Document:
    return read(
        f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), PATH
    )


def blocks(body: str, head: str = "") -> list[str]:
    return page(body, head).text.strip().split("\n\n")


def test_headings_paragraphs_and_text_beside_them() -> None:
    body = "<h1>On  towns</h1>Loose <b>text</b><p>A_b <i>c</i></p>tail<div>d<br>e</div><h2>M</h2>f"
    assert blocks(body) == [
        "# On towns",
        "Loose text",
        r"A\_b c",
        "tail",
        "d\ne",
        "## M",
        "f",
    ]


@pytest.mark.parametrize(
    "beside",
    [
        "<nav><ul><li><a href='/'>Home</a></li></ul></nav>",
        "<div role='navigation'><p>Go to the next page of this journal</p></div>",
        "<header><div>Town Journal</div></header>",
        "<footer><p>Imprint and contact of the publisher</p></footer>",
        "<aside><h3>Also of interest</h3><p>Another thing</p></aside>",
        "<div id='onetrust-banner-sdk'><p>We use cookies to make this site work for you</p></div>",
        "<div class='cookie-notice'><p>We use cookies to make this site work for you</p></div>",
        "<div role='note' class='hatnote'>For other towns, see <a href='/t'>Town</a>.</div>",
        "<table class='box-Sources ambox'><tr><td>This page needs more sources.</td></tr></table>",
        "<div class='cookie-banner'><p>We use cookies to make this site work for you</p></div>",
        "<ul class='main-menu'><li><a href='/a'>A</a></li><li><a href='/b'>B</a></li></ul>",
        "<div class='share-buttons'><a href='#'>Post it</a> <a href='#'>Send it</a></div>",
        "<div id='comments'><p>A reader wrote a remark that is no part of the paper.</p></div>",
        "<div style='display: none'><p>Nobody sees this</p></div>",
        "<p hidden>Nobody sees this</p>",
        "<div aria-hidden='true'>Nobody hears this</div>",
        "<script>var a = '<p>x</p>';</script><style>p { color: red }</style>",
        "<noscript><p>Turn scripts on</p></noscript><template><p>Later</p></template>",
        "<form><label>Name <input value='x'></label><button>Send</button></form>",
        "<iframe src='http://127.0.0.1:9/'>frame</iframe><svg><text>drawn</text></svg>",
        "<table><tr><td><a href='/1'>One</a></td><td><a href='/2'>Two</a></td></tr></table>",
    ],
)
def test_what_is_not_the_main_content_is_left_out(beside: str) -> None:
    main = f"<h1>On towns</h1><p>{TEXT}</p><p>{TEXT}</p>"
    for body in (
        f"{beside}<main>{main}</main>",
        f"{beside}<div><div>{main}</div></div>",
        f"<article>{main}</article>{beside}",
    ):
        assert blocks(body) == ["# On towns", TEXT, TEXT]


def test_what_is_left_out_is_said() -> None:
    left = page(f"<nav><a>Home</a><a>All papers</a></nav><main><p>{TEXT}</p><img></main>").left_out
    assert [(part.what, part.count) for part in left] == [
        ("words beside the main content", 3),
        ("pictures", 1),
    ]


@pytest.mark.parametrize("named", ["has-sidebar", "content-with-menu", "no-comments nav-open"])
def test_names_take_out_nothing_that_holds_the_text(named: str) -> None:
    body = f"<div class='{named}'><p>{TEXT}</p></div>"
    assert blocks(body) == [TEXT]


@pytest.mark.parametrize(
    ("body", "block"),
    [
        ("<h2 id='social-governance'>Social governance</h2>", "## Social governance"),
        ("<h2 id='related-work'>Related work</h2>", "## Related work"),
        ("<h2 id='comments'>Comments</h2>", "## Comments"),
        ("<h3 id='search'><a href='#search'>Search</a></h3>", "### Search"),
        ("<p>Of <span class='term social'>social capital</span>.</p>", "Of social capital."),
        ("<p>Of <em id='sharing'>sharing</em> it.</p>", "Of sharing it."),
        ("<p>Of <a class='related' href='/x'>its kin</a>.</p>", "Of its kin."),
        ("<ul><li id='consent'>Consent</li><li>Vote</li></ul>", "- Consent\n- Vote"),
        ("<dl><dt id='social'>Social</dt><dd class='share'>A part.</dd></dl>", "- Social: A part."),
        ("<table><tr><td class='ads'>a</td><td>b</td></tr></table>", "| a | b |\n| --- | --- |"),
        ("<div class='section' id='related'><a href='/x'>Roe</a></div>", "Roe"),
    ],
)
def test_pieces_of_text_stay_whatever_they_are_called(body: str, block: str) -> None:
    assert blocks(f"<h1>On towns</h1><p>{TEXT}</p>{body}<p>{TEXT}</p>") == [
        "# On towns",
        TEXT,
        block,
        TEXT,
    ]


@pytest.mark.parametrize("called", ["mw-editsection", "headerlink", "noprint", "mw-cite-backlink"])
def test_pieces_that_are_surely_no_text_go(called: str) -> None:
    beside = f"<span class='{called}'>[<a href='/edit'>edit</a>]</span>"
    assert blocks(f"<p>{TEXT}</p><h2>Aim{beside}</h2><p>{TEXT}</p>") == [TEXT, "## Aim", TEXT]


@pytest.mark.parametrize(
    "called",
    [
        "sr-only",
        "off-screen",
        "offscreen",
        "visually-hidden",
        "visuallyhidden",
        "u-visually-hidden",
        "govuk-visually-hidden",
        "screen-reader-text",
        "screenreader-only",
        "a11y-hidden",
        "ref-overlay",
    ],
)
def test_words_that_nobody_sees_are_glued_to_none(called: str) -> None:
    unseen = f"<span class='x {called}'>Citation</span>"
    body = f"<h1>On towns</h1><p>{TEXT} (<a href='#r'>{unseen}Smith {unseen}2019</a>).</p>"
    assert blocks(body) == ["# On towns", f"{TEXT} (Smith 2019)."]


@pytest.mark.parametrize(
    ("body", "block"),
    [
        ("<h2 class='visually-hidden'>Abstract</h2>", "## Abstract"),
        ("<p class='not-sr-only'>Everybody sees it.</p>", "Everybody sees it."),
        ("<section id='cookie-notices'><p>On cookies.</p></section>", "On cookies."),
        ("<p>Of <span class='sr-only'><math><mi>x</mi></math></span>.</p>", "Of x."),
    ],
)
def test_what_is_only_called_unseen_stays(body: str, block: str) -> None:
    assert blocks(f"<h1>On towns</h1><p>{TEXT}</p>{body}<p>{TEXT}</p>") == [
        "# On towns",
        TEXT,
        block,
        TEXT,
    ]


def test_a_page_whose_text_is_called_unseen_keeps_it() -> None:
    assert blocks(f"<div class='offscreen'><h1>On towns</h1><p>{TEXT}</p></div>") == [
        "# On towns",
        TEXT,
    ]


def test_the_title_block_of_pandoc_is_read() -> None:
    head = (
        "<meta name='generator' content='pandoc'><meta name='author' content='Jane Roe'>"
        "<meta name='author' content='John Doe'><meta name='dcterms.date' content='2021-03-04'>"
        "<title>On towns</title>"
    )
    body = (
        "<header id='title-block-header'><h1 class='title'>On towns</h1>"
        "<p class='author'>Jane Roe</p><p class='author'>John Doe</p><p class='date'>2021-03-04</p>"
        "<div class='abstract'><div class='abstract-title'>Abstract</div><p>We count towns.</p>"
        f"</div></header><h1 id='aim'>Aim</h1><p>{TEXT}</p>"
    )
    document = page(body, head)
    assert document.text.strip().split("\n\n") == [
        "# On towns",
        "Jane Roe",
        "John Doe",
        "2021-03-04",
        "Abstract",
        "We count towns.",
        "# Aim",
        TEXT,
    ]
    assert {c.field: c.value for c in document.claims} == {
        "authors": ("Jane Roe", "John Doe"),
        "year": 2021,
        "title": "On towns",
    }


def test_lists_of_links_in_the_text_stay() -> None:
    links = "<ul><li><a href='/a'>Roads</a></li><li><a href='/b'>Rivers</a></li></ul>"
    body = f"<main><h1>T</h1><p>{TEXT}</p><h2>See also</h2>{links}<p>{TEXT}</p></main>"
    assert "- Roads\n- Rivers" in blocks(body)


def test_nested_lists_and_definitions() -> None:
    body = (
        "<ol start='3'><li>one<ul><li><p>in</p></li></ul></li><li>two</li></ol>"
        "<dl><dt>Town</dt><dd>A large village.</dd></dl>"
    )
    assert blocks(body) == ["3. one\n  - in\n4. two", "- Town: A large village."]


def test_definitions_within_definitions_are_written_once() -> None:
    body = "<dl><dt>Town</dt><dd>Large.<dl><dt>Port</dt><dd>At sea.</dd></dl></dd></dl>"
    [written] = blocks(body)
    assert all(written.count(word) == 1 for word in ("Town", "Large", "Port", "At sea"))


def test_absurd_numbers_of_lists_and_spans() -> None:
    many = "9" * 5_000
    body = (
        f"<ol start='{many}'><li>one</li></ol>"
        f"<table><tr><td colspan='{many}'>a</td><td>b</td></tr><tr><td>c</td></tr></table>"
    )
    assert blocks(body)[0] == "1. one"


def test_tables_of_data_and_of_layout() -> None:
    body = (
        "<table><caption>Table 1. Towns</caption><tr><th colspan=2>Town</th><th>Size</th></tr>"
        "<tr><td rowspan=2>a|b</td><td>c</td><td>1</td></tr><tr><td>d</td><td>2</td></tr></table>"
        "<table><tr><td><h2>Left</h2><p>One.</p></td><td><p>Two.</p></td></tr></table>"
    )
    assert blocks(body) == [
        "Table 1. Towns",
        "| Town |  | Size |\n| --- | --- | --- |\n| a\\|b | c | 1 |\n|  | d | 2 |",
        "## Left",
        "One.",
        "Two.",
    ]


def test_a_table_that_claims_to_be_endless() -> None:
    cells = "<td colspan=99999999 rowspan=99999999>x</td>" * 3
    assert len(page(f"<table><tr>{cells}</tr><tr><td>y</td><td>z</td></tr></table>").text) < 5000


def test_notes_that_are_marked_up_stand_behind_their_marks() -> None:
    body = (
        "<p>One.<sup><a href='#fn1' id='r1'>1</a></sup></p><p>Two.</p>"
        "<section class='footnotes' role='doc-endnotes'><hr><ol><li id='fn1'><p>See Roe."
        "<a href='#r1' role='doc-backlink'>↩</a></p></li><li id='fn2'>Alone.</li></ol></section>"
    )
    assert blocks(body) == ["One.<sup>1</sup>", "[^1]: See Roe.", "Two.", "[^2]: Alone."]


def test_what_stands_in_a_line() -> None:
    body = (
        "<p>10<sup>-3</sup> km<sup>2</sup> of CO<sub>2</sub>, said <q>Roe</q>.<sup>4</sup></p>"
        "<p>Gone<del> away</del><wbr>, <ruby>治<rt>zhì</rt></ruby></p>"
        "<p>So <span style='display:none'><math><mi>a</mi><mo>=</mo><msup><mi>b</mi><mn>2</mn>"
        "</msup><annotation>a=b^2</annotation></math></span><img alt='a = b'> holds.</p>"
        "<pre>x = 1\n\n# y</pre><h2>Data<a href='#data'>¶</a></h2>"
    )
    assert blocks(body) == [
        "10^-3 km2 of CO2, said “Roe”.<sup>4</sup>",
        "Gone, 治",
        "So a=b^2 holds.",
        "```\nx = 1\n\\# y\n```",
        "## Data",
    ]


def test_the_title_is_taken_from_where_there_is_one() -> None:
    head = "<title>Towns - Journal</title>"
    link = "<a href='/'>Town Journal</a>"
    for header, title in (
        ("<h1>On towns</h1>", "# On towns"),
        (f"<h1>{link}</h1>", "# Towns - Journal"),
        ("Town Journal", "# Towns - Journal"),
        (f"{link} <ul><li>{link}</li></ul><h1>On towns</h1>", "# Towns - Journal"),
    ):
        body = f"<header>{header}</header><h2>Aim</h2><p>{TEXT}</p>"
        assert blocks(body, head)[:2] == [title, "## Aim"]
    assert blocks("<h1>On towns</h1><p>x</p>", head)[0] == "# On towns"
    assert blocks("<header><h1>On towns</h1></header><p>x</p>")[0] == "# On towns"


def test_the_tags_of_the_head() -> None:
    tags = {
        "citation_title": "On towns",
        "citation_author": "Roe, Jane",
        "citation_Author": "John Doe",
        "citation_publication_date": "2019/05/01",
        "citation_journal_title": "Town Studies",
        "citation_doi": "https://doi.org/10.1234/Town.1",
        "citation_keywords": "towns; roads",
        "DC.Language": "de-DE",
    }
    head = "".join(f'<meta name="{name}" content="{value}">' for name, value in tags.items())
    claims = page("<p>x</p>", f"{head}<title>Page</title>").claims
    assert {c.field: c.value for c in claims if c.where == "citation tags"} == {
        "title": "On towns",
        "authors": ("Jane Roe", "John Doe"),
        "year": 2019,
        "venue": "Town Studies",
        "doi": "10.1234/town.1",
        "keywords": ("towns", "roads"),
        "language": "de",
    }
    assert ("title", "Page", "page title") in claims


@pytest.mark.parametrize(
    ("tags", "authors", "where"),
    [
        (
            [
                ("citation_author", "van der Berg, J. P."),
                ("citation_author", "Mar Sol, Ana Eva"),
            ],
            ("J. P. van der Berg", "Ana Eva Mar Sol"),
            "citation tags",
        ),
        ([("citation_author", "Jane Roe")], ("Jane Roe",), "citation tags"),
        ([("citation_authors", "Roe, Jane; Doe, J.")], ("Jane Roe", "J. Doe"), "citation tags"),
        ([("author", "Roe, Jane"), ("author", "Doe, J.")], ("Jane Roe", "J. Doe"), "citation tags"),
        ([("author", "Jane Roe and John Doe")], ("Jane Roe", "John Doe"), "document properties"),
        ([("author", "Jane Roe"), ("citation_author", "A. Doe")], ("A. Doe",), "citation tags"),
        ([("author", "admin of 3 sites")], None, None),
    ],
)
def test_who_the_tags_say_wrote_it(
    tags: list[tuple[str, str]], authors: object, where: str | None
) -> None:
    head = "".join(f'<meta name="{name}" content="{value}">' for name, value in tags)
    claims = page("<p>x</p>", head).claims
    found = next((claim for claim in claims if claim.field == "authors"), None)
    assert (found and found.value, found and found.where) == (authors, where)


@pytest.mark.parametrize("tag", ["name='date'", "property='article:published_time'"])
def test_when_the_tags_say_it_was_published(tag: str) -> None:
    claims = page("<p>x</p>", f"<meta {tag} content='2022-02-14T09:00:00+00:00'>").claims
    assert claims == (("year", 2022, "document properties"),)


def test_pages_of_dublin_core_and_of_other_sites() -> None:
    head = (
        "<meta name='DC.title' content='On towns'>"
        "<meta name='DC.creator' content='Roe, J.; Doe, A.'>"
        "<meta name='dc.identifier' content='urn:x'><meta name='dc.identifier' "
        "content='doi:10.1234/a'><meta name='dc.date' content='soon'>"
    )
    values = {c.field: c.value for c in page("<p>x</p>", head).claims}
    assert values == {"title": "On towns", "authors": ("J. Roe", "A. Doe"), "doi": "10.1234/a"}
    head = "<title>Site</title><meta property='og:title' content='On towns'>"
    assert page("<p>x</p>", head).claims == (("title", "On towns", "page title"),)


@pytest.mark.parametrize(
    ("data", "text", "notice"),
    [
        ("Räte".encode(), "Räte", ""),
        ("\ufeffRäte".encode("utf-16-le"), "Räte", ""),
        ("\ufeffRäte".encode("utf-16-be"), "Räte", ""),
        (b"<meta charset=iso-8859-1>R\xe4te \x93x\x94", "Räte “x”", ""),
        (b"<meta content='text/html; charset=gb2312'>" + "治理".encode("gb18030"), "治理", ""),
        ('<?xml version="1.0" encoding="koi8-r"?>мир'.encode("koi8-r"), "мир", ""),
        (b"<meta charset=utf-16>R\xc3\xa4te", "Räte", ""),
        (b"<meta charset=no-such>R\xc3\xa4te", "Räte", ""),
        (b"<meta charset=hex>41", "41", ""),
        (b"R\xe4te", "Räte", "declares no encoding"),
        (b"<meta charset=utf-8>R\xe4te", "R\ufffdte", "not those of the encoding"),
    ],
)
def test_the_encoding_is_the_declared_one(data: bytes, text: str, notice: str) -> None:
    decoded, notices = decode(data)
    assert decoded.endswith(text)
    assert [notice in given for given in notices] == ([True] if notice else [])


def test_xhtml_is_read_as_xml() -> None:
    space = "http://www.w3.org/1999/xhtml"
    head = f"<?xml version='1.0'?><html xmlns='{space}'><head><script/></head>"
    data = head + "<body><p>x&nbsp;y</p>{}"
    assert read(data.format("</body></html>").encode(), PATH).text == "x y\n"
    assert read(data.format("<p>not closed").encode(), PATH).text


def test_bombs_and_bytes_of_control_do_no_harm() -> None:
    for bomb in (bombs.laughs, bombs.quadratic):
        assert (
            len(read(bomb("<html><body><p>{}</p></body></html>").encode(), PATH).text) < 3_000_000
        )
    assert page("<p>a&#2;b\x02c\x03\x00d</p>").text == "abcd\n"


@pytest.mark.parametrize("data", [b"<div>" * 100_000 + b"x", b"<table><tr><td>" * 5_000])
def test_pages_too_deep_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"^paper\.html: .*nested.*PDF"):
        read(data, PATH)


def test_deep_pages_are_read_or_refused() -> None:
    data = b"<div>" * 240 + TEXT.encode()
    try:
        assert read(data, PATH).text == f"{TEXT}\n"
    except UnreadableFile as error:
        assert "nested" in str(error)  # noqa: PT017 - either is right


@pytest.mark.parametrize("data", [b"<!doctype html>", b"<html></html>", b"<html><!-- x -->"])
def test_empty_pages(data: bytes) -> None:
    try:
        assert read(data, PATH).text.strip() == ""
    except UnreadableFile as error:
        assert "Nothing to add" in str(error)  # noqa: PT017 - either is right
