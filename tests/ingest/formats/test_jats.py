from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.formats.jats import read
from ingest.reader import parse
from tests.ingest.formats import bombs

PATH = Path("paper.xml")
ARTICLE = "<article>{}</article>"
FRONT = """<article article-type="research-article" xml:lang="en-GB"
  xmlns:xlink="http://www.w3.org/1999/xlink"><front>
<journal-meta><journal-title-group><journal-title>Town Studies</journal-title></journal-title-group>
</journal-meta><article-meta>
<article-id pub-id-type="pmid">1</article-id>
<article-id pub-id-type="doi">10.1234/Towns.1</article-id>
<title-group>
<article-title>On <italic>towns</italic><xref ref-type="fn" rid="f">*</xref></article-title>
<subtitle>A view</subtitle></title-group>
<contrib-group>
<contrib contrib-type="author">
<name><surname>van Roe</surname><given-names>Jane</given-names></name>
<xref ref-type="aff" rid="a1">1</xref></contrib>
<contrib contrib-type="author"><collab>The Town Group</collab></contrib>
<contrib contrib-type="editor">
<name><surname>Doe</surname><given-names>Ed</given-names></name></contrib>
<aff id="a1"><label>1</label><institution>Town University</institution>,
<country>Norway</country></aff>
<aff id="e1"><institution>Editors' House</institution></aff>
</contrib-group>
<pub-date pub-type="epub"><year>2019</year></pub-date>
<pub-date pub-type="ppub"><year>2020</year></pub-date>
<abstract><sec><title>Aim</title><p>We ask what towns do.</p></sec>
<sec><title>Result</title><p>We know it by now.</p></sec></abstract>
<abstract abstract-type="summary"><title>Author summary</title>
<p>In short, we know it.</p></abstract>
<abstract abstract-type="graphical"><p>A picture.</p></abstract>
<kwd-group><kwd>towns</kwd><kwd>roads</kwd></kwd-group>
</article-meta></front>{}</article>"""


def read_article(body: str, back: str = "", front: str = ARTICLE) -> Document:
    return read(front.format(f"<body>{body}</body><back>{back}</back>").encode(), PATH)


def blocks(body: str, back: str = "") -> list[str]:
    return read_article(body, back).text.strip().split("\n\n")


def test_the_front_is_taken_over() -> None:
    document = read_article("<p>x</p>", front=FRONT)
    assert {claim.field: claim.value for claim in document.claims} == {
        "title": "On towns: A view",
        "authors": ("Jane van Roe", "{The Town Group}"),
        "affiliations": ("Town University, Norway",),
        "abstract": "We ask what towns do. We know it by now.",
        "keywords": ("towns", "roads"),
        "venue": "Town Studies",
        "doi": "10.1234/towns.1",
        "year": 2020,
        "language": "en",
    }
    assert {claim.where for claim in document.claims} == {"article front"}
    assert document.text.split("\n\n")[:6] == [
        "# On towns: A view",
        "## Abstract",
        "Aim: We ask what towns do.",
        "Result: We know it by now.",
        "## Author summary",
        "In short, we know it.",
    ]


META = (
    "<article><front><article-meta><title-group><article-title>On towns</article-title>"
    "</title-group>{}</article-meta></front></article>"
)


def claimed(meta: str, field: str) -> object:
    claims = read(META.format(meta).encode(), PATH).claims
    return next((claim.value for claim in claims if claim.field == field), None)


def test_groups_are_authors_by_all_of_their_name() -> None:
    groups = (
        "<institution>World Bank</institution>",
        "The <italic>Alpha</italic> Group<xref ref-type='aff' rid='a'><sup>1</sup></xref>",
        "Town Group<contrib-group><contrib><name><surname>Roe</surname></name></contrib>"
        "</contrib-group>",
    )
    contributors = (f"<contrib><collab>{group}</collab></contrib>" for group in groups)
    meta = f"<contrib-group>{''.join(contributors)}</contrib-group>"
    assert claimed(meta, "authors") == ("{World Bank}", "{The Alpha Group}", "{Town Group}", "Roe")


@pytest.mark.parametrize(
    ("dates", "year"),
    [
        ({"nihms-submitted": 2018, "epub-ppub": 2020}, 2020),
        ({"received": 2017, "corrected": 2019}, 2019),
        ({"epub": 2018, "epub-ppub": 2019, "ppub": 2020}, 2020),
        ({"submitted": 2018}, 2018),
    ],
)
def test_the_year_is_that_of_the_issue_if_known(dates: dict[str, int], year: int) -> None:
    given = (
        f"<pub-date pub-type='{kind}'><year>{value}</year></pub-date>"
        for kind, value in dates.items()
    )
    assert claimed("".join(given), "year") == year


def test_abstracts_are_read_once_also_in_other_languages() -> None:
    items = "<list><list-item><p>Towns grow.</p></list-item></list>"
    meta = (
        f"<abstract><p>We find:{items}</p><sec><title>End</title><p>So.</p><p>It is.</p></sec>"
        "</abstract><trans-abstract xml:lang='es'><title>Resumen</title><p>Hay pueblos.</p>"
        "</trans-abstract><trans-abstract xml:lang='fr'><p>Des villes.</p></trans-abstract>"
        "<trans-abstract abstract-type='graphical'><p>A picture.</p></trans-abstract>"
    )
    assert read(META.format(meta).encode(), PATH).text.split("\n\n")[1:] == [
        "## Abstract",
        "We find: Towns grow.",
        "End: So.",
        "It is.",
        "## Resumen",
        "Hay pueblos.",
        "## Abstract (fr)",
        "Des villes.\n",
    ]
    assert claimed(meta, "abstract") == "We find: Towns grow. So. It is."


def test_the_parts_become_elements() -> None:
    body = "<sec><title>Methods</title><p>We count towns by hand.</p></sec>"
    document = read_article(body, front=FRONT)
    parsed = parse(document, paper_id="0" * 64, path=PATH)
    assert [(e.kind, e.section) for e in parsed.elements] == [
        ("abstract", ("Abstract",)),
        ("abstract", ("Abstract",)),
        ("prose", ("Author summary",)),
        ("prose", ("Methods",)),
    ]


def test_nested_sections_and_blocks_within_paragraphs() -> None:
    body = (
        "<sec><label>1.</label><title>Methods</title><p>We count:<list list-type='order'>"
        "<list-item><p>towns</p><list list-type='bullet'><list-item><p>old</p></list-item></list>"
        "</list-item><list-item><p>roads</p></list-item></list>and write.</p>"
        "<sec><title>Data</title><disp-quote><p>So it is.</p></disp-quote></sec></sec>"
    )
    assert blocks(body) == [
        "## 1. Methods",
        "We count:",
        "1. towns\n  - old\n2. roads",
        "and write.",
        "### Data",
        "So it is.",
    ]


@pytest.mark.parametrize(
    ("marked", "written"),
    [
        ("Known [<xref ref-type='bibr'>1</xref>,<xref ref-type='bibr'>3</xref>].", "Known [1,3]."),
        ("Known (<xref ref-type='bibr'>1</xref>).", "Known [1]."),
        ("Known<xref ref-type='bibr'><sup>1</sup></xref>.", "Known<sup>1</sup>."),
        (
            "Known<sup><xref ref-type='bibr'>1</xref>-<xref ref-type='bibr'>3</xref></sup>.",
            "Known<sup>1-3</sup>.",
        ),
        ("<xref ref-type='bibr'>Roe 2019</xref> knows.", "Roe 2019 knows."),
        ("See <xref ref-type='fig'>Fig 1</xref>.", "See Fig 1."),
        ("CO<sub>2</sub> by ha<sup>-1</sup> and 10<sup>-3</sup>.", "CO2 by ha-1 and 10^-3."),
    ],
)
def test_marks_and_raised_text(marked: str, written: str) -> None:
    assert blocks(f"<p>{marked}</p>") == [written]


def test_notes_stand_behind_the_paragraph_with_their_mark() -> None:
    body = (
        "<p>One<xref ref-type='fn' rid='n1'><sup>1</sup></xref>.</p>"
        "<p>Two<fn id='n2'><label>2</label><p>Here.</p></fn>.</p><p>Three.</p>"
    )
    back = (
        "<fn-group><fn id='n1'><label>1</label><p>See Roe.</p></fn>"
        "<fn id='n3'><p>Alone.</p></fn></fn-group>"
    )
    assert blocks(body, back) == [
        "One<sup>1</sup>.",
        "[^1]: See Roe.",
        "Two<sup>2</sup>.",
        "[^2]: Here.",
        "Three.",
        "[^n3]: Alone.",
    ]


def test_tables_figures_and_boxes() -> None:
    body = (
        "<fig><label>Fig 1</label><caption><title>The town.</title><p>From above.</p></caption>"
        "<graphic/></fig>"
        "<table-wrap><label>Table 1</label><caption><p>Towns.</p></caption><table>"
        "<thead><tr><th colspan='2'>Town<sup>a</sup></th><th>Size</th></tr></thead>"
        "<tbody><tr><td rowspan='2'>x</td><td>y</td><td>1</td></tr>"
        "<tr><td>z</td><td>2</td></tr></tbody></table>"
        "<table-wrap-foot><fn><p><sup>a</sup>By name.</p></fn></table-wrap-foot></table-wrap>"
        "<boxed-text><caption><title>Box 1</title></caption><sec><title>Why</title><p>So.</p></sec>"
        "</boxed-text><p>After.</p>"
    )
    assert blocks(body) == [
        "Fig 1. The town. From above.",
        "Table 1. Towns.",
        "| Town<sup>a</sup> |  | Size |\n| --- | --- | --- |\n| x | y | 1 |\n|  | z | 2 |",
        "[^a]: By name.",
        "Box 1",
        "Why",
        "So.",
        "After.",
    ]


def test_tables_by_the_model_of_oasis() -> None:
    body = (
        "<table-wrap xmlns:o='http://docs.oasis-open.org/ns/oasis-exchange/table'>"
        "<caption><p>Towns.</p></caption><o:table><o:tgroup cols='3'><o:colspec colname='a'/>"
        "<o:colspec colname='b'/><o:colspec colname='c'/>"
        "<o:thead><o:row><o:entry namest='a' nameend='b'>Town</o:entry><o:entry>Size</o:entry>"
        "</o:row></o:thead><o:tbody><o:row><o:entry morerows='1'>x</o:entry><o:entry>y</o:entry>"
        "<o:entry>1</o:entry></o:row><o:row><o:entry>z</o:entry><o:entry>2</o:entry></o:row>"
        "</o:tbody></o:tgroup></o:table></table-wrap>"
    )
    assert blocks(body) == [
        "Towns.",
        "| Town |  | Size |\n| --- | --- | --- |\n| x | y | 1 |\n|  | z | 2 |",
    ]


def test_the_lines_of_verse_stay_apart() -> None:
    verse = (
        "<verse-group><verse-line>Towns are red</verse-line><verse-line>Roads are blue"
        "</verse-line></verse-group>"
    )
    assert blocks(f"{verse}<p>So:{verse}</p>") == [
        "Towns are red\nRoads are blue",
        "So:",
        "Towns are red\nRoads are blue",
    ]


def test_formulas_are_read_once() -> None:
    math = (
        "<math><mrow><mi>y</mi><mo>=</mo><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow>"
        "<mn>2</mn></mfrac><mo>+</mo><msqrt><mi>x</mi></msqrt></mrow></math>"
    )
    tex = r"<tex-math>\documentclass{x}\begin{document}$$y=2$$\end{document}</tex-math>"
    both = f"<alternatives>{tex}{math}<graphic/></alternatives>"
    body = (
        f"<p>So <inline-formula>{both}</inline-formula> holds.</p>"
        f"<p>And <disp-formula>{tex}</disp-formula> too.</p>"
    )
    assert blocks(body) == ["So y=(a+b)/2+√x holds.", "And y=2 too."]


def test_references_come_last_and_one_by_one() -> None:
    back = (
        "<ref-list><title>References</title>"
        "<ref><label>1</label><mixed-citation><name><surname>Roe</surname><given-names>J</given-names>"
        "</name>. Towns. <year>2019</year>.</mixed-citation></ref>"
        "<ref><element-citation><person-group><name><surname>Doe</surname><given-names>A</given-names>"
        "</name></person-group><article-title>Roads</article-title><year>2018</year>"
        "</element-citation></ref></ref-list><ack><p>We thank all.</p></ack>"
        "<app-group><app><title>Appendix A</title><p>More.</p></app></app-group>"
    )
    assert blocks("<p>x</p>", back)[1:] == [
        "## Acknowledgements",
        "We thank all.",
        "## Appendix A",
        "More.",
        "## References",
        "1. Roe J. Towns. 2019.",
        "Doe A. Roads. 2018.",
    ]


def test_what_is_left_out_is_said() -> None:
    article = (
        "<article><body><p>x<graphic/></p></body>"
        "<sub-article><body><p>Review.</p></body></sub-article></article>"
    )
    document = read(article.encode(), PATH)
    assert document.text == "x\n"
    assert {(left.what, left.count) for left in document.left_out} == {
        ("pictures", 1),
        ("further documents", 1),
    }


def test_named_characters_of_a_dtd_that_is_not_read() -> None:
    doctype = '<!DOCTYPE article PUBLIC "-//NLM//DTD" "journalpublishing.dtd">'
    for before in ("", doctype):
        text = read(
            f"{before}<article><body><p>a&nbsp;&eacute; &lt;</p></body></article>".encode(), PATH
        )
        assert text.text == "a é \\<\n"


@pytest.mark.parametrize("bomb", [bombs.laughs, bombs.quadratic])
@pytest.mark.parametrize("root", ["<article><body><p>{}</p></body></article>", "<article a='{}'/>"])
def test_bombs_are_refused(bomb: Callable[[str], str], root: str) -> None:
    with pytest.raises(UnreadableFile, match=r"^paper\.xml: .*XML bombs"):
        read(bomb(root).encode(), PATH)


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and the paths that it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}/secret", asked
        running.shutdown()
        thread.join()


@pytest.mark.parametrize(
    "reach", [bombs.outside, bombs.outside_definitions, bombs.included, bombs.styled]
)
def test_nothing_outside_of_the_file_is_read(
    reach: Callable[[str, str], str], server: tuple[str, list[str]], tmp_path: Path
) -> None:
    address, asked = server
    secret = tmp_path / "secret.txt"
    secret.write_text("<!ENTITY secret 'opened'>opened")
    root = "<article><body><p>Shown {}.</p></body></article>"
    for target in (address, secret.as_uri(), str(secret)):
        text = read(reach(root, target).encode(), PATH).text
        assert text.startswith("Shown")
        assert "opened" not in text
    assert asked == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<article><body><p>x", "damaged XML"),
        (b"<article>" + b"<sec>" * 300 + b"</sec>" * 300 + b"</article>", "damaged XML"),
        (b"<article><p>&unknown;</p></article>", "damaged XML.*unknown"),
        (b"\x00", "damaged XML"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=rf"^paper\.xml: .*{message}.*anew"):
        read(data, PATH)


def test_the_deepest_that_is_well_formed_is_read() -> None:
    body = "<sec>" * 250 + "<p>Deep.</p>" + "</sec>" * 250
    try:
        assert blocks(body) == ["Deep."]
    except UnreadableFile as error:
        assert "nested more deeply" in str(error)  # noqa: PT017 - either is right
